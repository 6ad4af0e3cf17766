#include "client/cli/enum_words.h"

namespace sild::cli {
namespace {

std::string Word(const google::protobuf::EnumValueDescriptor& value) {
  const std::string& zero = value.type()->FindValueByNumber(0)->name();
  const std::size_t prefix = zero.rfind("UNSPECIFIED");
  std::string word = value.name().substr(prefix);
  for (char& letter : word) {
    if (letter == '_') {
      letter = '-';
    } else if (letter >= 'A' && letter <= 'Z') {
      letter = static_cast<char>(letter - 'A' + 'a');
    }
  }
  return word;
}

}  // namespace

std::vector<std::string> WordsOf(const google::protobuf::EnumDescriptor& descriptor) {
  std::vector<std::string> words;
  for (int i = 0; i < descriptor.value_count(); ++i) {
    if (descriptor.value(i)->number() != 0) {
      words.push_back(Word(*descriptor.value(i)));
    }
  }
  return words;
}

std::string WordFor(const google::protobuf::EnumDescriptor& descriptor, int number) {
  if (number == 0) {
    return "";
  }
  const google::protobuf::EnumValueDescriptor* value = descriptor.FindValueByNumber(number);
  return value == nullptr ? std::to_string(number) : Word(*value);
}

int NumberFor(const google::protobuf::EnumDescriptor& descriptor, std::string_view word) {
  for (int i = 0; i < descriptor.value_count(); ++i) {
    if (descriptor.value(i)->number() != 0 && Word(*descriptor.value(i)) == word) {
      return descriptor.value(i)->number();
    }
  }
  return 0;
}

}  // namespace sild::cli

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <google/protobuf/descriptor.h>
#include <google/protobuf/generated_enum_reflection.h>

namespace sild::cli {

// How people write the values of an API's enum: `keep-all` for `WRITE_POLICY_KEEP_ALL`. Each value
// begins with the enum's name, and zero is `…_UNSPECIFIED`, which has no word.

// The words of an enum in the order of its numbers.
std::vector<std::string> WordsOf(const google::protobuf::EnumDescriptor& descriptor);

// The word for `number`: empty for zero, and the number itself for a value newer than this
// program.
std::string WordFor(const google::protobuf::EnumDescriptor& descriptor, int number);

// The number of the value that `word` stands for, or 0 if there is none.
int NumberFor(const google::protobuf::EnumDescriptor& descriptor, std::string_view word);

template <typename Enum>
std::vector<std::string> WordsOf() {
  return WordsOf(*google::protobuf::GetEnumDescriptor<Enum>());
}

template <typename Enum>
std::string WordFor(Enum value) {
  return WordFor(*google::protobuf::GetEnumDescriptor<Enum>(), value);
}

template <typename Enum>
Enum ValueFor(std::string_view word) {
  return static_cast<Enum>(NumberFor(*google::protobuf::GetEnumDescriptor<Enum>(), word));
}

}  // namespace sild::cli

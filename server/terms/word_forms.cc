#include "server/terms/word_forms.h"

#include <algorithm>
#include <utility>

#include "server/terms/affix_file.h"
#include "server/terms/term_text.h"
#include "server/text/utf8.h"

namespace sild::terms {
namespace {

constexpr std::uint32_t kMinAcronymLetters = 2;
constexpr std::uint32_t kMaxAcronymLetters = 6;

}  // namespace

TermWord ReadTermWord(std::string_view word) {
  const TermText read = ReadTermText(word);
  if (read.tokens.size() != 1 || read.tokens[0].is_symbol) {
    return {};
  }
  const TermToken& token = read.tokens[0];
  return {FoldWord(read.Folded(token)), token.has_capital,
          token.has_capital && token.leading_capitals == token.letters &&
              token.letters >= kMinAcronymLetters && token.letters <= kMaxAcronymLetters};
}

void WordForms::Add(std::string form) {
  if (!form.empty() && forms_.size() < kMaxForms && known_.insert(form).second) {
    forms_.push_back(std::move(form));
  }
}

void WordForms::AddAll(std::string_view stem, std::string_view endings) {
  for (const std::string_view ending : Split(endings)) {
    Add(std::string(stem).append(ending == "-" ? "" : ending));
  }
}

void WordForms::AddAll(const std::vector<std::string>& forms) {
  for (const std::string& form : forms) {
    Add(form);
  }
}

std::vector<Form> WordForms::ToForms(std::string_view word) const {
  std::vector<Form> result{{std::string(word), HitClass::kStrict}};
  for (const std::string& form : forms_) {
    if (form != word) {
      result.push_back({form, HitClass::kStrict});
    }
  }
  return result;
}

std::string_view LastChar(std::string_view word) { return word.substr(WithoutLast(word).size()); }

std::string_view WithoutLast(std::string_view word) {
  std::size_t end = word.empty() ? 0 : word.size() - 1;
  while (end > 0 && !text::IsCharStart(word[end])) {
    --end;
  }
  return word.substr(0, end);
}

std::size_t Length(std::string_view word) { return text::CountChars(word); }

bool EndsInOneOf(std::string_view word, std::string_view endings) {
  const std::vector<std::string_view> split = Split(endings);
  return std::any_of(split.begin(), split.end(),
                     [word](std::string_view ending) { return word.ends_with(ending); });
}

bool IsOneOf(std::string_view word, std::string_view words) {
  const std::vector<std::string_view> split = Split(words);
  return std::find(split.begin(), split.end(), word) != split.end();
}

std::vector<std::string_view> Split(std::string_view text) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    parts.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

std::string Replaced(std::string_view word, std::string_view old_ending,
                     std::string_view new_ending) {
  return std::string(word.substr(0, word.size() - old_ending.size())).append(new_ending);
}

}  // namespace sild::terms

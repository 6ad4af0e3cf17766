#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "server/model/text_offset.h"

namespace sild::text {

// What a search does with upper and lower case.
enum class LetterCase { kIgnore, kKeep };

// Returns the form in which a search compares `text`, which must be UTF-8 in normal form C: that in
// which tokens are compared (`TokenizedText::Folded`), with ё as е and U+02BC as an apostrophe;
// without white space and what cannot be seen. What is appended to a text appends to its form.
std::string SearchForm(std::string_view text, LetterCase letter_case);
void AppendSearchForm(std::string_view text, LetterCase letter_case, std::string& form);

// A whole text in that form, but with each run of what separates tokens (white space and what
// cannot be seen) as one space: letters that stand together here are of one token, unless of a tag
// or of a script without spaces.
class SearchText {
 public:
  // `original` must be UTF-8.
  SearchText(std::string_view original, LetterCase letter_case);

  const std::string& text() const { return text_; }

  // Returns the bytes of the original that became `range` of `text()`, which must be cut at code
  // points and not be empty. What is set aside right behind a character belongs to it.
  ByteRange ToOriginal(ByteRange range) const {
    return {begins_[range.begin], ends_[range.end - 1]};
  }

 private:
  std::string text_;
  std::vector<std::uint32_t> begins_;  // By byte of `text_`: of the character in the original.
  std::vector<std::uint32_t> ends_;
};

}  // namespace sild::text

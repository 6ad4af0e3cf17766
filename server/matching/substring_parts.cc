#include "server/matching/substring_parts.h"

#include <algorithm>
#include <map>
#include <utility>

#include "server/text/char_table.h"
#include "server/text/search_form.h"
#include "server/text/utf8.h"

namespace sild::matching {
namespace {

using text::CharClass;
using text::TokenClass;

// Whether a word can go on with `c`, as it stands in a `text::SearchText`.
bool HoldsWordTogether(const text::CharTable& table, char32_t c) {
  return (table.ClassOf(c) != CharClass::kPunctuation && table.ClassOf(c) != CharClass::kSpace) ||
         c == U'\'' || c == U'&' || c == U'_' || c == U'~';
}

// Whether digits can go on with `c`; the space may be one that does not break.
bool HoldsDigitsTogether(char32_t c) { return c == U'.' || c == U',' || c == U':' || c == U' '; }

// Cuts a substring into parts: runs of letters, digits and the marks in them, each letter of a
// script without spaces, and punctuation. Before and behind it anything may stand.
class PartCutter {
 public:
  std::vector<SubstringPart> Cut(std::string_view substring) && {
    for (std::size_t at = 0; at < substring.size();) {
      const std::size_t begin = at;
      const char32_t c = text::NextChar(substring, at);
      Take(c, substring.substr(begin, at - begin));
      before_ = c;
    }
    if (is_in_run_) {
      parts_.back().text += '*';
    }
    std::vector<SubstringPart> different;
    for (SubstringPart& part : parts_) {
      if (std::find(different.begin(), different.end(), part) == different.end()) {
        different.push_back(std::move(part));
      }
    }
    return different;
  }

 private:
  void Take(char32_t c, std::string_view bytes) {
    const CharClass is = table_.ClassOf(c);
    const bool is_letter = is == CharClass::kLetter;
    const bool is_digit = is == CharClass::kDigit;
    if (is_in_run_ && (is_letter || is_digit || is == CharClass::kMark)) {
      SubstringPart& run = parts_.back();
      run.text += bytes;
      run.kind = is_digit ? run.kind : SubstringPart::Kind::kWord;
      return;
    }
    EndRun(c);
    if (table_.ExtendsCluster(c)) {
      return;  // What extends a mark of punctuation is in no word.
    }
    if (is_letter || is_digit || is == CharClass::kSyllable) {
      BeginRun(is, bytes);
    } else if (is == CharClass::kPunctuation && !HoldsWordTogether(table_, c) &&
               !HoldsDigitsTogether(c) && c != U'…') {
      parts_.push_back({SubstringPart::Kind::kPunctuation, std::string(bytes)});
    }
  }

  void BeginRun(CharClass is, std::string_view bytes) {
    const bool is_digit = is == CharClass::kDigit;
    const bool may_go_on = before_ == 0 || HoldsWordTogether(table_, before_) ||
                           (is_digit && HoldsDigitsTogether(before_));
    std::string pattern = may_go_on ? "*" : "";
    pattern += bytes;
    is_in_run_ = is != CharClass::kSyllable;
    pattern += is_in_run_ ? "" : "*";
    parts_.push_back(
        {is_digit ? SubstringPart::Kind::kWordOrNumber : SubstringPart::Kind::kWord, pattern});
  }

  void EndRun(char32_t c) {
    if (!is_in_run_) {
      return;
    }
    is_in_run_ = false;
    SubstringPart& run = parts_.back();
    if (HoldsWordTogether(table_, c) ||
        (run.kind == SubstringPart::Kind::kWordOrNumber && HoldsDigitsTogether(c))) {
      run.text += '*';
    }
  }

  const text::CharTable& table_ = text::CharTable::Get();
  std::vector<SubstringPart> parts_;
  char32_t before_ = 0;  // The character before, 0 at first.
  bool is_in_run_ = false;
};

// A stretch of the substring without spaces, which a tag has.
struct Place {
  std::size_t begin = 0;
  std::size_t end = 0;

  friend auto operator<=>(const Place&, const Place&) = default;
};
using Places = std::map<Place, std::vector<FoldedKey>>;

// Adds the places where a tag and the substring can be laid one over the other so that what both
// cover is equal.
void AddPlaces(std::string_view substring, std::string_view tag, FoldedKey key, Places& places) {
  if (tag.empty()) {
    return;
  }
  if (tag.size() > substring.size() && tag.find(substring) != std::string_view::npos) {
    places[{0, substring.size()}].push_back(key);
  }
  for (std::size_t at = substring.find(tag.back()); at < substring.size();
       at = substring.find(tag.back(), at + 1)) {
    if (at + 1 < std::min(tag.size(), substring.size()) &&
        tag.ends_with(substring.substr(0, at + 1))) {
      places[{0, at + 1}].push_back(key);
    }
  }
  for (std::size_t at = substring.find(tag.front()); at < substring.size();
       at = substring.find(tag.front(), at + 1)) {
    const std::size_t size = std::min(tag.size(), substring.size() - at);
    if (substring.substr(at, size) == tag.substr(0, size)) {
      places[{at, at + size}].push_back(key);
    }
  }
}

Places PlacesOfTags(const ConcordanceQuery& query, const Vocabulary& vocabulary,
                    const std::function<bool()>& is_cancelled) {
  Places places;
  std::string form;
  const std::uint32_t count = vocabulary.other_count();
  for (std::uint32_t number = 0; number < count && !(is_cancelled && is_cancelled()); ++number) {
    const FoldedKey key = vocabulary.OtherKey(number);
    if (ClassOf(key) == TokenClass::kTag) {
      form.clear();
      text::AppendSearchForm(vocabulary.FoldedOf(key), query.letter_case(), form);
      AddPlaces(query.compact(), form, key, places);
    }
  }
  return places;
}

// Returns for each byte of a text without its spaces where it stands in the text.
std::vector<std::size_t> BytesWithoutSpaces(std::string_view text) {
  std::vector<std::size_t> bytes;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != ' ') {
      bytes.push_back(at);
    }
  }
  return bytes;
}

}  // namespace

std::vector<SubstringWay> WaysOf(const ConcordanceQuery& query, const Vocabulary& vocabulary,
                                 const std::function<bool()>& is_cancelled) {
  const std::string_view substring = query.substring();
  const Places places = PlacesOfTags(query, vocabulary, is_cancelled);
  const std::vector<std::size_t> bytes = BytesWithoutSpaces(substring);
  const auto cut = [&](std::size_t begin, std::size_t end) {
    return begin == end ? std::string_view()
                        : substring.substr(bytes[begin], bytes[end - 1] + 1 - bytes[begin]);
  };
  std::vector<SubstringWay> ways;
  ways.push_back({PartCutter().Cut(substring), {}});
  for (const auto& [place, tags] : places) {
    // What lies between this tag and where the next one may lie is in no tag.
    std::size_t begin = 0;
    std::size_t end = bytes.size();
    for (const auto& [other, other_tags] : places) {
      begin = other.end <= place.begin ? std::max(begin, other.end) : begin;
      end = other.begin >= place.end ? std::min(end, other.begin) : end;
    }
    // No token goes on in the tag, as none does behind a space.
    std::vector<SubstringPart> parts = PartCutter().Cut(std::string(cut(begin, place.begin)) + " ");
    for (SubstringPart& part : PartCutter().Cut(" " + std::string(cut(place.end, end)))) {
      parts.push_back(std::move(part));
    }
    ways.push_back({std::move(parts), tags});
  }
  return ways;
}

}  // namespace sild::matching

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <absl/container/flat_hash_map.h>
#include <absl/status/status.h>
#include <absl/status/statusor.h>

namespace sild::terms {

// Returns `text` in lower case and with е for ё, as dictionaries and rules of inflection see words.
// `text` must be UTF-8 in normal form C.
std::string FoldWord(std::string_view text);

// What a lemma must end in for a rule to apply: Hunspell's little patterns of characters, sets
// (`[ab]`, `[^ab]`) and dots.
class SuffixCondition {
 public:
  SuffixCondition() = default;  // Met by every word.

  // Returns what is wrong with `pattern`, a condition in UTF-8, or nothing and sets `condition`.
  static std::string Parse(std::string_view pattern, SuffixCondition& condition);

  // Whether `word`, folded, meets it.
  bool Matches(std::string_view word) const;

 private:
  struct Place {
    std::u32string chars;
    bool is_negated = false;  // With no characters: any character.
  };
  std::vector<Place> places_;
};

// Makes a form of a lemma that meets `condition`: takes `strip` off its end and puts `add` there.
struct SuffixRule {
  std::uint16_t paradigm = 0;
  std::string strip;
  std::string add;
  SuffixCondition condition;
};

// What a Hunspell .aff file says of suffixes. Prefixes derive other words, and compounding accepts
// too much; both are left out, as are suffixes upon suffixes.
class AffixFile {
 public:
  // Reads the bytes of the file; `name` is for messages. `InvalidArgument` with name and line if
  // they are malformed or use what is not understood.
  static absl::StatusOr<AffixFile> Parse(std::string_view bytes, std::string_view name);

  // Turns bytes of the file or of the .dic file beside it into UTF-8.
  absl::StatusOr<std::string> Decode(std::string_view bytes, std::string_view name) const;

  // Sets `paradigms` to those that `flags`, as it stands behind a lemma, names: sorted, each once;
  // flags of other meaning are left out. Returns what is wrong with `flags`, or nothing.
  std::string ReadFlags(std::string_view flags, std::vector<std::uint16_t>& paradigms,
                        bool& is_forbidden) const;

  // All rules, by paradigm, and the number of paradigms, of which some may have no rules.
  const std::vector<SuffixRule>& rules() const { return rules_; }
  std::size_t paradigm_count() const { return paradigms_.size(); }

 private:
  enum class FlagType { kChar, kLong, kNumber };
  class Parser;

  std::string SplitFlags(std::string_view flags, std::vector<char32_t>& split) const;

  std::string encoding_ = "ISO8859-1";
  FlagType flag_type_ = FlagType::kChar;
  char32_t forbidden_ = 0;  // The flag of words that are none; 0: there is no such flag.
  absl::flat_hash_map<char32_t, std::uint16_t> paradigms_;
  std::vector<SuffixRule> rules_;
};

}  // namespace sild::terms

#include "server/terms/dictionary.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <fstream>
#include <iterator>
#include <limits>

#include <xxhash.h>

#include "server/text/utf8.h"

namespace sild::terms {
namespace {

namespace fs = std::filesystem;

// Far more than the largest dictionary; keeps offsets in 32 bits.
constexpr std::uintmax_t kMaxFileBytes = 512u << 20;

absl::StatusOr<std::string> ReadFile(const fs::path& path) {
  std::error_code error;
  const std::uintmax_t size = fs::file_size(path, error);
  std::ifstream file(path, std::ios::binary);
  if (error || !file) {
    return absl::NotFoundError("there is no readable " + path.filename().string());
  }
  if (size > kMaxFileBytes) {
    return absl::InvalidArgumentError(path.filename().string() + ": more than 512 MiB");
  }
  return std::string(std::istreambuf_iterator<char>(file), {});
}

// Of a slot; at most half of the slots are taken, so that one of 16 words that are no lemmas
// passes.
constexpr std::size_t kFilterBitsPerSlot = 8;

// The bit of a hash in a filter of so many 64 bits, a power of two. Slots are told by other bits.
std::size_t FilterBit(std::uint64_t hash, std::size_t size) {
  return static_cast<std::size_t>(hash >> 32) & (size * 64 - 1);
}

std::string HashOf(std::string_view affixes, std::string_view words) {
  XXH3_state_t* state = XXH3_createState();
  XXH3_128bits_reset(state);
  XXH3_128bits_update(state, affixes.data(), affixes.size());
  XXH3_128bits_update(state, words.data(), words.size());
  XXH128_canonical_t canonical;
  XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(state));
  XXH3_freeState(state);
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  for (const unsigned char byte : canonical.digest) {
    hex += kDigits[byte >> 4];
    hex += kDigits[byte & 15];
  }
  return hex;
}

std::string WordsName(std::string_view name) { return std::string(name) + ".dic"; }

absl::Status Wrong(std::string_view name, std::size_t line, const std::string& problem) {
  return absl::InvalidArgumentError(WordsName(name) + ":" + std::to_string(line) + ": " + problem);
}

bool IsNumber(std::string_view line) {
  const std::string_view digits = line.substr(0, line.find_last_not_of(" \t\r") + 1);
  return !digits.empty() && digits.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

absl::StatusOr<Dictionary> Dictionary::Load(const fs::path& stem) {
  const absl::StatusOr<std::string> affixes = ReadFile(stem.string() + ".aff");
  if (!affixes.ok()) {
    return affixes.status();
  }
  const absl::StatusOr<std::string> words = ReadFile(stem.string() + ".dic");
  if (!words.ok()) {
    return words.status();
  }
  return Parse(*affixes, *words, stem.filename().string());
}

absl::StatusOr<Dictionary> Dictionary::Parse(std::string_view affixes, std::string_view words,
                                             std::string_view name) {
  absl::StatusOr<AffixFile> rules = AffixFile::Parse(affixes, std::string(name) + ".aff");
  if (!rules.ok()) {
    return rules.status();
  }
  Dictionary dictionary(*std::move(rules));
  dictionary.version_ = HashOf(affixes, words);
  const absl::StatusOr<std::string> decoded = dictionary.affixes_.Decode(words, WordsName(name));
  if (!decoded.ok()) {
    return decoded.status();
  }
  std::size_t line = 0;
  for (std::string_view rest = *decoded; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view text = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (++line == 1) {
      if (!IsNumber(text)) {
        return Wrong(name, line, "must be the number of entries");
      }
    } else if (const std::string problem = dictionary.ReadEntry(text); !problem.empty()) {
      return Wrong(name, line, problem);
    }
  }
  if (dictionary.records_.empty()) {
    return Wrong(name, line, "there are no entries");
  }
  dictionary.Link();
  return dictionary;
}

// Returns what is wrong with an entry, or nothing. What stands behind a space is no part of it.
std::string Dictionary::ReadEntry(std::string_view line) {
  line = line.substr(0, line.find_first_of(" \t\r"));
  if (line.empty()) {
    return {};
  }
  const std::size_t slash = std::min(line.find('/', 1), line.size());
  std::vector<std::uint16_t> paradigms;
  bool is_forbidden = false;
  std::string problem =
      affixes_.ReadFlags(line.substr(std::min(slash + 1, line.size())), paradigms, is_forbidden);
  if (!problem.empty() || is_forbidden) {
    return problem;
  }
  const std::string_view written = line.substr(0, slash);
  const std::string word = FoldWord(written);
  if (word.size() > std::numeric_limits<std::uint16_t>::max() ||
      paradigms.size() > std::numeric_limits<std::uint8_t>::max()) {
    return "an entry that is too long";
  }
  std::size_t first_end = 0;
  text::NextChar(written, first_end);
  const bool has_capital = FoldWord(written.substr(0, first_end)) != written.substr(0, first_end);
  records_.push_back({static_cast<std::uint32_t>(words_.size()),
                      static_cast<std::uint32_t>(flags_.size()),
                      static_cast<std::uint16_t>(word.size()),
                      static_cast<std::uint8_t>(paradigms.size()), has_capital});
  words_ += word;
  flags_.insert(flags_.end(), paradigms.begin(), paradigms.end());
  return {};
}

// Makes the tables, once all entries are read.
void Dictionary::Link() {
  words_.shrink_to_fit();
  flags_.shrink_to_fit();
  std::stable_sort(records_.begin(), records_.end(),
                   [this](const Record& a, const Record& b) { return Word(a) < Word(b); });
  records_.shrink_to_fit();
  slots_.assign(std::bit_ceil(records_.size() * 2), kNone);
  filter_.assign(std::max<std::size_t>(1, slots_.size() * kFilterBitsPerSlot / 64), 0);
  for (std::size_t i = 0; i < records_.size(); ++i) {
    const std::string_view word = Word(records_[i]);
    if (i > 0 && Word(records_[i - 1]) == word) {
      continue;
    }
    const std::uint64_t hash = XXH3_64bits(word.data(), word.size());
    const std::size_t bit = FilterBit(hash, filter_.size());
    filter_[bit / 64] |= std::uint64_t{1} << bit % 64;
    std::size_t slot = hash & (slots_.size() - 1);
    while (slots_[slot] != kNone) {
      slot = (slot + 1) & (slots_.size() - 1);
    }
    slots_[slot] = static_cast<std::uint32_t>(i);
  }
  for (std::uint32_t i = 0; i < affixes_.rules().size(); ++i) {
    const SuffixRule& rule = affixes_.rules()[i];
    first_rule_.resize(std::max<std::size_t>(first_rule_.size(), rule.paradigm + 1U), i);
    std::vector<Exchange>& exchanges = exchanges_[rule.add];
    const auto known = std::find_if(exchanges.begin(), exchanges.end(), [&rule](const auto& other) {
      return other.strip == rule.strip;
    });
    Exchange& exchange = known != exchanges.end() ? *known : exchanges.emplace_back();
    exchange.strip = rule.strip;
    exchange.rules.push_back(&rule);
    longest_add_ = std::max(longest_add_, rule.add.size());
  }
  first_rule_.resize(affixes_.paradigm_count() + 1,
                     static_cast<std::uint32_t>(affixes_.rules().size()));
}

DictionaryEntry Dictionary::Entry(std::size_t index) const {
  const Record& record = records_[index];
  return {Word(record), std::span(flags_).subspan(record.flags_begin, record.flags_count),
          record.has_capital};
}

std::uint32_t Dictionary::FirstOf(std::string_view word) const {
  const std::uint64_t hash = XXH3_64bits(word.data(), word.size());
  const std::size_t bit = FilterBit(hash, filter_.size());
  if ((filter_[bit / 64] >> bit % 64 & 1) == 0) {
    return kNone;
  }
  std::size_t slot = hash & (slots_.size() - 1);
  while (slots_[slot] != kNone && Word(records_[slots_[slot]]) != word) {
    slot = (slot + 1) & (slots_.size() - 1);
  }
  return slots_[slot];
}

std::vector<DictionaryEntry> Dictionary::Find(std::string_view word) const {
  std::vector<DictionaryEntry> entries;
  for (std::size_t i = FirstOf(word); i < records_.size() && Word(records_[i]) == word; ++i) {
    entries.push_back(Entry(i));
  }
  return entries;
}

bool Dictionary::HasRule(const Exchange& exchange, std::uint32_t index) const {
  const DictionaryEntry entry = Entry(index);
  return std::any_of(exchange.rules.begin(), exchange.rules.end(), [&](const SuffixRule* rule) {
    return std::binary_search(entry.paradigms.begin(), entry.paradigms.end(), rule->paradigm) &&
           rule->condition.Matches(entry.lemma);
  });
}

template <typename Visit>
void Dictionary::VisitEntriesWithForm(std::string_view form, const Visit& visit) const {
  const std::size_t longest = std::min(longest_add_, form.size());
  std::string lemma;
  for (std::size_t size = 0; size <= longest; ++size) {
    const std::size_t stem = form.size() - size;
    const auto known = exchanges_.find(form.substr(stem));
    if (known == exchanges_.end()) {
      continue;
    }
    for (const Exchange& exchange : known->second) {
      lemma.assign(form.substr(0, stem)).append(exchange.strip);
      for (std::uint32_t i = FirstOf(lemma); i < records_.size() && Word(records_[i]) == lemma;
           ++i) {
        if (HasRule(exchange, i) && !visit(i)) {
          return;
        }
      }
    }
  }
}

std::vector<DictionaryEntry> Dictionary::EntriesWithForm(std::string_view form) const {
  std::vector<std::uint32_t> indexes;
  VisitEntriesWithForm(form, [&](std::uint32_t index) {
    indexes.push_back(index);
    return true;
  });
  std::sort(indexes.begin(), indexes.end());
  indexes.erase(std::unique(indexes.begin(), indexes.end()), indexes.end());
  std::vector<DictionaryEntry> entries;
  for (const std::uint32_t index : indexes) {
    if (Word(records_[index]) != form) {
      entries.push_back(Entry(index));
    }
  }
  return entries;
}

bool Dictionary::HasForm(std::string_view form) const {
  bool has_form = HasLemma(form);
  if (!has_form) {
    VisitEntriesWithForm(form, [&](std::uint32_t) {
      has_form = true;
      return false;
    });
  }
  return has_form;
}

void Dictionary::AppendForms(std::string_view lemma, std::uint16_t paradigm,
                             std::vector<std::string>& forms) const {
  for (std::uint32_t i = first_rule_[paradigm]; i < first_rule_[paradigm + 1U]; ++i) {
    const SuffixRule& rule = affixes_.rules()[i];
    if (lemma.size() > rule.strip.size() && lemma.ends_with(rule.strip) &&
        rule.condition.Matches(lemma)) {
      forms.emplace_back(lemma.substr(0, lemma.size() - rule.strip.size())).append(rule.add);
    }
  }
}

}  // namespace sild::terms

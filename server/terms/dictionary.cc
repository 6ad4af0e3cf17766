#include "server/terms/dictionary.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <fstream>
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
  std::string bytes(static_cast<std::size_t>(size), '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  return bytes;
}

// Of a slot; at most half of the slots are taken, so that one of 16 words that are no lemmas
// passes.
constexpr std::size_t kFilterBitsPerSlot = 8;

// The hash of a word, which is made byte by byte, so that that of a word is made of its stem's.
constexpr std::uint64_t kHashSeed = 0x9AE16A3B2F90404F;
std::uint64_t AddToHash(std::uint64_t hash, std::string_view bytes) {
  for (const char byte : bytes) {
    hash = (hash ^ static_cast<unsigned char>(byte)) * 0x9E3779B97F4A7C15;
  }
  return hash;
}
std::uint64_t FinishHash(std::uint64_t hash) {
  hash = (hash ^ hash >> 32) * 0xD6E8FEB86659FD93;
  return hash ^ hash >> 32;
}

// The bit of a hash in a filter of so many 64 bits, a power of two. Slots are told by other bits.
std::size_t FilterBit(std::uint64_t hash, std::size_t size) {
  return static_cast<std::size_t>(hash >> 32) & (size * 64 - 1);
}
void AddToFilter(std::uint64_t hash, std::vector<std::uint64_t>& filter) {
  const std::size_t bit = FilterBit(hash, filter.size());
  filter[bit / 64] |= std::uint64_t{1} << bit % 64;
}
bool MayHave(const std::vector<std::uint64_t>& filter, std::uint64_t hash) {
  const std::size_t bit = FilterBit(hash, filter.size());
  return (filter[bit / 64] >> bit % 64 & 1) != 0;
}

// The first eight bytes of a word as a number, which is less if the word is, or the same.
std::uint64_t FirstBytes(std::string_view word) {
  std::uint64_t bytes = 0;
  for (std::size_t i = 0; i < sizeof(bytes); ++i) {
    bytes = bytes << 8 | (i < word.size() ? static_cast<unsigned char>(word[i]) : 0U);
  }
  return bytes;
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

// Reads the lines of a .dic file.
class Dictionary::Reader {
 public:
  explicit Reader(Dictionary& dictionary) : dictionary_(dictionary) {}

  // Returns what is wrong with an entry, or nothing. What stands behind a space is no part of it.
  std::string Read(std::string_view line) {
    const auto is_space = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
    line = line.substr(0, static_cast<std::size_t>(
                              std::find_if(line.begin(), line.end(), is_space) - line.begin()));
    if (line.empty()) {
      return {};
    }
    const std::size_t slash = std::min(line.find('/', 1), line.size());
    const Flags& flags = FlagsOf(line.substr(std::min(slash + 1, line.size())));
    if (!flags.problem.empty() || flags.is_forbidden) {
      return flags.problem;
    }
    const std::string_view written = line.substr(0, slash);
    const std::string word = FoldWord(written);
    if (word.size() > std::numeric_limits<std::uint16_t>::max()) {
      return kTooLong;
    }
    std::size_t first_end = 0;
    text::NextChar(written, first_end);
    const bool has_capital = FoldWord(written.substr(0, first_end)) != written.substr(0, first_end);
    dictionary_.records_.push_back({static_cast<std::uint32_t>(dictionary_.words_.size()),
                                    flags.begin, static_cast<std::uint16_t>(word.size()),
                                    flags.count, has_capital});
    dictionary_.words_ += word;
    return {};
  }

 private:
  static constexpr const char* kTooLong = "an entry that is too long";

  // What the flags of an entry say, and where they lie in `flags_`.
  struct Flags {
    std::string problem;
    bool is_forbidden = false;
    std::uint32_t begin = 0;
    std::uint8_t count = 0;
  };

  // Most entries have the flags of another one, and are read once.
  const Flags& FlagsOf(std::string_view written) {
    const auto [known, is_new] = known_.try_emplace(written);
    Flags& flags = known->second;
    if (is_new) {
      std::vector<std::uint16_t> paradigms;
      flags.problem = dictionary_.affixes_.ReadFlags(written, paradigms, flags.is_forbidden);
      if (!flags.is_forbidden && paradigms.size() > std::numeric_limits<std::uint8_t>::max()) {
        flags.problem = kTooLong;
      }
      std::vector<std::uint16_t>& all = dictionary_.flags_;
      flags.begin = static_cast<std::uint32_t>(all.size());
      flags.count = static_cast<std::uint8_t>(paradigms.size());
      all.insert(all.end(), paradigms.begin(), paradigms.end());
    }
    return flags;
  }

  Dictionary& dictionary_;
  absl::flat_hash_map<std::string_view, Flags> known_;  // Views of the file.
};

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
  Reader reader(dictionary);
  std::size_t line = 0;
  for (std::string_view rest = *decoded; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view text = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (++line == 1) {
      if (!IsNumber(text)) {
        return Wrong(name, line, "must be the number of entries");
      }
    } else if (const std::string problem = reader.Read(text); !problem.empty()) {
      return Wrong(name, line, problem);
    }
  }
  if (dictionary.records_.empty()) {
    return Wrong(name, line, "there are no entries");
  }
  dictionary.SortRecords();
  dictionary.LinkRules();
  dictionary.LinkRecords();
  return dictionary;
}

// By lemma, and of the same lemma as they stand in the file.
void Dictionary::SortRecords() {
  struct Place {
    std::uint64_t first_bytes = 0;
    std::uint32_t record = 0;
  };
  std::vector<Place> order;
  order.reserve(records_.size());
  for (std::uint32_t i = 0; i < records_.size(); ++i) {
    order.push_back({FirstBytes(Word(records_[i])), i});
  }
  // Files are nearly sorted, which this kind of sorting makes use of.
  std::stable_sort(order.begin(), order.end(), [this](const Place& a, const Place& b) {
    return a.first_bytes != b.first_bytes ? a.first_bytes < b.first_bytes
                                          : Word(records_[a.record]) < Word(records_[b.record]);
  });
  std::vector<Record> sorted;
  sorted.reserve(records_.size());
  for (const Place& place : order) {
    sorted.push_back(records_[place.record]);
  }
  records_ = std::move(sorted);
  words_.shrink_to_fit();
  flags_.shrink_to_fit();
}

// Makes the tables of lemmas, once the rules are known.
void Dictionary::LinkRecords() {
  slots_.assign(std::bit_ceil(records_.size() * 2), kNone);
  filter_.assign(std::max<std::size_t>(1, slots_.size() * kFilterBitsPerSlot / 64), 0);
  stems_.assign(filter_.size(), 0);
  for (std::size_t i = 0; i < records_.size(); ++i) {
    const std::string_view word = Word(records_[i]);
    const std::string_view last = i == 0 ? std::string_view() : Word(records_[i - 1]);
    if (word == last) {
      continue;
    }
    const auto shared = static_cast<std::size_t>(
        std::mismatch(word.begin(), word.end(), last.begin(), last.end()).first - word.begin());
    // Of the last one, whose stems need not be added again.
    const std::size_t last_stem = last.size() - std::min(longest_strip_, last.size());
    std::size_t stem = word.size() - std::min(longest_strip_, word.size());
    std::uint64_t open = AddToHash(kHashSeed, word.substr(0, stem));
    for (;; ++stem) {
      const bool is_known = i > 0 && stem >= last_stem && stem <= shared;
      if (!is_known && (stem == word.size() || text::IsCharStart(word[stem]))) {
        AddToFilter(FinishHash(open), stems_);
      }
      if (stem == word.size()) {
        break;
      }
      open = AddToHash(open, word.substr(stem, 1));
    }
    const std::uint64_t hash = FinishHash(open);
    AddToFilter(hash, filter_);
    std::size_t slot = hash & (slots_.size() - 1);
    while (slots_[slot] != kNone) {
      slot = (slot + 1) & (slots_.size() - 1);
    }
    slots_[slot] = static_cast<std::uint32_t>(i);
  }
}

void Dictionary::LinkRules() {
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
    longest_strip_ = std::max(longest_strip_, rule.strip.size());
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
  return FirstOf(FinishHash(AddToHash(kHashSeed, word)), word, {});
}

std::uint32_t Dictionary::FirstOf(std::uint64_t hash, std::string_view stem,
                                  std::string_view strip) const {
  if (!MayHave(filter_, hash)) {
    return kNone;
  }
  const auto is_word = [&](std::string_view word) {
    return word.size() == stem.size() + strip.size() && word.starts_with(stem) &&
           word.ends_with(strip);
  };
  std::size_t slot = hash & (slots_.size() - 1);
  while (slots_[slot] != kNone && !is_word(Word(records_[slots_[slot]]))) {
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
  const std::size_t first_stem = form.size() - std::min(longest_add_, form.size());
  std::uint64_t open = AddToHash(kHashSeed, form.substr(0, first_stem));
  for (std::size_t size = first_stem; size <= form.size(); ++size) {
    const std::string_view stem = form.substr(0, size);
    const std::string_view add = form.substr(size);
    const std::uint64_t stem_hash = open;
    open = AddToHash(open, add.substr(0, 1));
    const auto known =
        MayHave(stems_, FinishHash(stem_hash)) ? exchanges_.find(add) : exchanges_.end();
    if (known == exchanges_.end()) {
      continue;
    }
    for (const Exchange& exchange : known->second) {
      const std::uint64_t hash = FinishHash(AddToHash(stem_hash, exchange.strip));
      const std::uint32_t first = FirstOf(hash, stem, exchange.strip);
      for (std::uint32_t i = first;
           i < records_.size() && (i == first || Word(records_[i]) == Word(records_[first])); ++i) {
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

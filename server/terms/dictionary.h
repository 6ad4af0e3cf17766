#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <absl/container/flat_hash_map.h>
#include <absl/status/statusor.h>

#include "server/terms/affix_file.h"

namespace sild::terms {

// A line of a dictionary: a lemma and the paradigms after which it is inflected. In the full-form
// lists that some dictionaries are, a lemma is any form.
struct DictionaryEntry {
  std::string_view lemma;                    // Folded as by `FoldWord`.
  std::span<const std::uint16_t> paradigms;  // Ascending; may be empty.
  bool has_capital = false;                  // Its first letter was one.
};

// A Hunspell dictionary read as data: lemma to forms, and back. Forms are made when asked for, so
// that 15 million of them need no memory. Immutable: safe for any number of threads. All words are
// folded, in UTF-8.
class Dictionary {
 public:
  // Reads `<stem>.aff` and `<stem>.dic`. `NotFound` if one is missing, `InvalidArgument` with file
  // and line if one is malformed.
  static absl::StatusOr<Dictionary> Load(const std::filesystem::path& stem);

  // The same from the files' bytes; `name` is for messages.
  static absl::StatusOr<Dictionary> Parse(std::string_view affixes, std::string_view words,
                                          std::string_view name);

  // Views of entries point into the dictionary and move with it.
  Dictionary(Dictionary&&) = default;
  Dictionary& operator=(Dictionary&&) = default;
  Dictionary(const Dictionary&) = delete;
  Dictionary& operator=(const Dictionary&) = delete;
  ~Dictionary() = default;

  // The hash (XXH3, 128 bits, in hexadecimal) of the bytes of both files.
  const std::string& version() const { return version_; }

  // All entries, by lemma.
  std::size_t size() const { return records_.size(); }
  DictionaryEntry Entry(std::size_t index) const;

  // Returns the entries whose lemma is `word`.
  std::vector<DictionaryEntry> Find(std::string_view word) const;

  // Whether there is an entry whose lemma is `word`.
  bool HasLemma(std::string_view word) const { return FirstOf(word) != kNone; }

  // Returns the entries that have `form` as a form and not as their lemma, each once.
  std::vector<DictionaryEntry> EntriesWithForm(std::string_view form) const;

  // Whether `form` is a lemma or a form of one. Some 0.3 µs.
  bool HasForm(std::string_view form) const;

  // Appends the forms of `lemma`, which need not be in the dictionary, after one paradigm to
  // `forms`, without the lemma itself.
  void AppendForms(std::string_view lemma, std::uint16_t paradigm,
                   std::vector<std::string>& forms) const;

 private:
  // Where an entry lies in `words_` and `flags_`.
  struct Record {
    std::uint32_t word_begin = 0;
    std::uint32_t flags_begin = 0;
    std::uint16_t word_size = 0;
    std::uint8_t flags_count = 0;
    bool has_capital = false;
  };
  // Rules that take off and add the same.
  struct Exchange {
    std::string_view strip;
    std::vector<const SuffixRule*> rules;
  };
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};

  explicit Dictionary(AffixFile affixes) : affixes_(std::move(affixes)) {}

  class Reader;

  void SortRecords();
  void LinkRecords();
  void LinkRules();
  std::string_view Word(const Record& record) const {
    return std::string_view(words_).substr(record.word_begin, record.word_size);
  }
  // The first record of a lemma, or `kNone`, which is past them all.
  std::uint32_t FirstOf(std::string_view word) const;
  bool HasRule(const Exchange& exchange, std::uint32_t index) const;

  // The slot of the lemma `stem` and `strip`, which has that hash, behind each other; of no lemma
  // one with `kNone`.
  std::uint32_t FirstOf(std::uint64_t hash, std::string_view stem, std::string_view strip) const;

  // Calls `visit` with the index of each entry that has `form` by a rule, until it returns false.
  template <typename Visit>
  void VisitEntriesWithForm(std::string_view form, const Visit& visit) const;

  AffixFile affixes_;
  std::string version_;
  std::string words_;
  std::vector<std::uint16_t> flags_;
  std::vector<Record> records_;
  std::vector<std::uint32_t> slots_;  // By hash of the lemma: the first of its records, or `kNone`.
  // Bits; of a lemma the one is set that its hash tells. Most words that are looked up are none,
  // and cost no miss of the cache so.
  std::vector<std::uint64_t> filter_;
  // The same of what is left of a lemma once a rule has taken off its strip, or as much as any.
  std::vector<std::uint64_t> stems_;
  std::vector<std::uint32_t> first_rule_;  // By paradigm, with one more at the end.
  absl::flat_hash_map<std::string_view, std::vector<Exchange>> exchanges_;  // By what is added.
  std::size_t longest_add_ = 0;                                             // In bytes.
  std::size_t longest_strip_ = 0;
};

}  // namespace sild::terms

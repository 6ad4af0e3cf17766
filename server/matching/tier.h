#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "server/matching/span_table.h"
#include "server/matching/vocabulary.h"

namespace sild::matching {

// What a document is known by to whoever keeps the texts: the first 32 bits of the hash of its
// text. Two texts may share one.
using TextHandle = std::uint32_t;

// Documents on their way into a tier.
struct DocumentList {
  std::vector<TextHandle> handles;
  std::vector<FormId> forms;        // Of all documents, one after another.
  std::vector<std::uint32_t> ends;  // Where each one's forms end.

  std::size_t size() const { return handles.size(); }
  std::span<const FormId> FormsOf(std::size_t document) const {
    const std::uint32_t begin = document == 0 ? 0 : ends[document - 1];
    return std::span(forms).subspan(begin, ends[document] - begin);
  }
  void Add(TextHandle handle, std::span<const FormId> document_forms) {
    handles.push_back(handle);
    forms.insert(forms.end(), document_forms.begin(), document_forms.end());
    ends.push_back(static_cast<std::uint32_t>(forms.size()));
  }
};

// A token of a stored document.
struct StoredToken {
  FoldedKey key;
  FormId form;
  std::int32_t form_gain;  // Of a word: what it can gain at most from a look-alike.
};

StoredToken MakeStoredToken(FormId form, const Vocabulary& vocabulary);

// Documents with the same number of tokens of each class lie side by side.
struct Run {
  std::int32_t weight = 0;
  std::int32_t numbers = 0;
  std::int32_t tags = 0;
  std::int32_t punctuation = 0;
  std::uint32_t first_document = 0;
};

// An immutable part of an index: its documents, sorted by weight, and for each token those that
// have it, punctuation that is everywhere left out. The documents are cut into blocks, so that what
// is counted during a search stays in the processor's cache and 16 bits number a document.
class Tier {
 public:
  static constexpr std::uint32_t kBlockBits = 16;
  static constexpr std::uint32_t kBlockDocuments = 1U << kBlockBits;

  // Takes documents of the texts of `vocabulary`, and counts them in its words.
  static Tier Build(const DocumentList& documents, Vocabulary& vocabulary);

  std::uint32_t size() const { return static_cast<std::uint32_t>(handles_.size()); }
  TextHandle handle(std::uint32_t document) const { return handles_[document]; }

  // By weight, numbers, tags, punctuation; behind the last one stands one that begins at `size()`.
  const std::vector<Run>& runs() const { return runs_; }

  // The run of a document, counted from `FirstRun` of its block.
  std::uint16_t RunInBlock(std::uint32_t document) const { return run_of_[document]; }
  std::uint32_t FirstRun(std::uint32_t block) const { return first_run_of_[block]; }

  const Run& RunOf(std::uint32_t document) const {
    return runs_[first_run_of_[document >> kBlockBits] + run_of_[document]];
  }

  // Brings what `Tokens` will read into the processor's cache, in two steps.
  void PrefetchPlace(std::uint32_t document) const {
    __builtin_prefetch(&begins_[document >> kGroupBits]);
    __builtin_prefetch(&run_of_[document]);
  }
  void PrefetchTokens(std::uint32_t document) const {
    __builtin_prefetch(&tokens_[begins_[document >> kGroupBits]]);
  }

  // Sets `tokens` to those of a document, in the order of the text.
  void Tokens(std::uint32_t document, std::vector<StoredToken>& tokens) const;

  // Calls `visit` with the number in `forms()`, which has each token once, of each of them.
  template <typename Visit>
  void ForEachForm(std::uint32_t document, Visit visit) const;
  const std::vector<StoredToken>& forms() const { return forms_; }

  // The documents that have a token: for each block that has some its number, how many there are,
  // less 1, and their numbers in the block in ascending order. Empty if none has it, or if it is
  // punctuation that more than one document in `kEverywhere` has.
  static constexpr std::uint32_t kEverywhere = 64;
  std::span<const std::uint16_t> DocumentsWith(FoldedKey key) const;

  // Whether some document has the token.
  bool Has(FoldedKey key) const { return LocalKey(key) != kFree; }

  // The documents by their cores.
  const SpanTable& spans() const { return spans_; }

  // The memory that it takes.
  std::size_t bytes() const;

  // Appends all documents to `list`.
  void AppendTo(DocumentList& list) const;

 private:
  friend class TierBuilder;
  friend class TierBytes;

  // A slot of a table by linear probing, with a key of the vocabulary and its number here.
  struct KeySlot {
    FoldedKey key;
    std::uint32_t local;
  };
  static constexpr std::uint32_t kFree = ~std::uint32_t{0};
  static constexpr std::size_t kMinSlots = 16;
  static std::size_t SlotOf(FoldedKey key, std::size_t size) {
    return ((key ^ key >> 20) * 2654435761U >> 5) & (size - 1);
  }

  // Where the numbers of a document's forms are in `tokens_`, and how many there are.
  struct Numbers {
    const std::uint8_t* begin;
    std::uint32_t count;
  };
  Numbers NumbersOf(std::uint32_t document) const;

  // Documents in groups, of each of which `begins_` tells where it begins: 3 bytes a document less.
  static constexpr std::uint32_t kGroupBits = 2;
  static constexpr std::uint32_t kGroupDocuments = 1U << kGroupBits;
  // Behind the tokens, so that eight bytes can be read at each of them.
  static constexpr std::size_t kPadding = 7;

  // Fills `key_slots_` with the keys of `forms_`, and returns them in the order in which they occur
  // there, which is the order of `list_begins_`.
  std::vector<FoldedKey> NumberKeys();

  // Returns the place of a key in that order, or `kFree`.
  std::uint32_t LocalKey(FoldedKey key) const;

  std::vector<TextHandle> handles_;
  std::vector<Run> runs_;
  std::vector<std::uint16_t> run_of_;
  std::vector<std::uint32_t> first_run_of_;  // By block.
  std::vector<std::uint32_t> begins_;        // By group: in `tokens_`.
  std::vector<std::uint8_t> tokens_;         // Indexes in `forms_`, 7 bits a byte, the last < 128.
  std::vector<StoredToken> forms_;           // The commonest first.
  std::vector<KeySlot> key_slots_;
  std::vector<std::uint32_t> list_begins_;  // By local key: in `postings_`.
  std::vector<std::uint16_t> postings_;
  SpanTable spans_;
};

template <typename Visit>
void Tier::ForEachForm(std::uint32_t document, Visit visit) const {
  const Numbers numbers = NumbersOf(document);
  const std::uint8_t* at = numbers.begin;
  for (std::uint32_t i = 0; i < numbers.count; ++i) {
    std::uint32_t number = *at & 0x7FU;
    for (std::uint32_t shift = 7; (*at++ & 0x80U) != 0; shift += 7) {
      number |= (*at & 0x7FU) << shift;
    }
    visit(number);
  }
}

}  // namespace sild::matching

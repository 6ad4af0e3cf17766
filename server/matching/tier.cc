#include "server/matching/tier.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <utility>

#include "server/matching/query_batch.h"
#include "server/matching/score.h"

namespace sild::matching {

using text::TokenClass;

namespace {

// How many tokens the documents of a run have.
std::uint32_t TokenCount(const Run& run) {
  const std::int32_t others = run.numbers + run.tags + run.punctuation;
  const std::int32_t word_weight = run.weight - run.numbers * WeightOf(TokenClass::kNumber) -
                                   run.tags * WeightOf(TokenClass::kTag) -
                                   run.punctuation * WeightOf(TokenClass::kPunctuation);
  return static_cast<std::uint32_t>(others + word_weight / WeightOf(TokenClass::kWord));
}

// Returns what is behind `count` numbers, of 7 bits a byte, the last below 128.
const std::uint8_t* Behind(const std::uint8_t* at, std::uint32_t count) {
  static_assert(std::endian::native == std::endian::little);
  constexpr std::uint64_t kHighBits = 0x8080808080808080U;
  while (count > 0) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, at, sizeof(bytes));
    std::uint64_t ends = ~bytes & kHighBits;
    const auto found = static_cast<std::uint32_t>(std::popcount(ends));
    if (found >= count) {
      for (; count > 1; --count) {
        ends &= ends - 1;
      }
      return at + std::countr_zero(ends) / 8 + 1;
    }
    count -= found;
    at += sizeof(bytes);
  }
  return at;
}

}  // namespace

StoredToken MakeStoredToken(FormId form, const Vocabulary& vocabulary) {
  const FoldedKey key = vocabulary.KeyOf(form);
  const bool is_word = ClassOf(key) == TokenClass::kWord;
  return {key, form, is_word ? FormGain(vocabulary.word(NumberOf(key)).chars) : 0};
}

// Makes one tier, step by step.
class TierBuilder {
 public:
  TierBuilder(const DocumentList& documents, Vocabulary& vocabulary)
      : documents_(documents), vocabulary_(vocabulary) {}

  Tier Build() && {
    NumberForms();
    SortDocuments();
    WriteDocuments();
    NumberKeys();
    WritePostings();
    tier_.spans_ = SpanTable(tier_);
    return std::move(tier_);
  }

 private:
  struct Profiled {
    std::uint64_t profile;  // Weight, numbers, tags, punctuation, most important first.
    std::uint32_t document;
  };
  static constexpr std::uint32_t kCountBits = 14;  // A text has at most 10,000 characters.
  static constexpr std::uint64_t kMaxCount = (1U << kCountBits) - 1;

  // Numbers the forms that occur, the commonest first, so that their numbers are short.
  void NumberForms() {
    std::vector<std::uint32_t> counts;
    for (const FormId form : documents_.forms) {
      if (form >= counts.size()) {
        counts.resize(std::max<std::size_t>(form + 1, counts.size() * 2));
      }
      ++counts[form];
    }
    std::vector<FormId> forms;
    for (FormId form = 0; form < counts.size(); ++form) {
      if (counts[form] > 0) {
        forms.push_back(form);
      }
    }
    std::sort(forms.begin(), forms.end(), [&](FormId a, FormId b) {
      return counts[a] != counts[b] ? counts[a] > counts[b] : a < b;
    });
    local_forms_.resize(counts.size());
    tier_.forms_.reserve(forms.size());
    for (const FormId form : forms) {
      local_forms_[form] = static_cast<std::uint32_t>(tier_.forms_.size());
      tier_.forms_.push_back(MakeStoredToken(form, vocabulary_));
    }
  }

  void SortDocuments() {
    order_.reserve(documents_.size());
    for (std::uint32_t document = 0; document < documents_.size(); ++document) {
      order_.push_back({ProfileOf(document), document});
    }
    std::sort(order_.begin(), order_.end(), [](const Profiled& a, const Profiled& b) {
      return a.profile != b.profile ? a.profile < b.profile : a.document < b.document;
    });
  }

  std::uint64_t ProfileOf(std::uint32_t document) const {
    std::array<std::uint64_t, 4> counts{};
    for (const FormId form : documents_.FormsOf(document)) {
      ++counts[static_cast<std::size_t>(ClassOf(tier_.forms_[local_forms_[form]].key))];
    }
    std::uint64_t weight = 0;
    std::uint64_t profile = 0;
    for (const TokenClass other :
         {TokenClass::kNumber, TokenClass::kTag, TokenClass::kPunctuation, TokenClass::kWord}) {
      const std::uint64_t count = counts[static_cast<std::size_t>(other)];
      weight += count * static_cast<std::uint64_t>(WeightOf(other));
      if (other != TokenClass::kWord) {
        profile = profile << kCountBits | std::min(count, kMaxCount);
      }
    }
    return weight << 3 * kCountBits | profile;
  }

  static Run RunOf(std::uint64_t profile, std::uint32_t first_document) {
    const auto count = [profile](std::uint32_t place) {
      return static_cast<std::int32_t>(profile >> place * kCountBits & kMaxCount);
    };
    return {static_cast<std::int32_t>(profile >> 3 * kCountBits), count(2), count(1), count(0),
            first_document};
  }

  void WriteDocuments() {
    const std::size_t size = order_.size();
    tier_.handles_.reserve(size);
    tier_.run_of_.reserve(size);
    tier_.begins_.reserve(size / Tier::kGroupDocuments + 1);
    tier_.tokens_.reserve(documents_.forms.size() * 7 / 4);
    for (std::uint32_t i = 0; i < size; ++i) {
      if (i == 0 || order_[i].profile != order_[i - 1].profile) {
        tier_.runs_.push_back(RunOf(order_[i].profile, i));
      }
      const auto run = static_cast<std::uint32_t>(tier_.runs_.size() - 1);
      if (i % Tier::kBlockDocuments == 0) {
        tier_.first_run_of_.push_back(run);
      }
      tier_.run_of_.push_back(static_cast<std::uint16_t>(run - tier_.first_run_of_.back()));
      tier_.handles_.push_back(documents_.handles[order_[i].document]);
      if (i % Tier::kGroupDocuments == 0) {
        tier_.begins_.push_back(static_cast<std::uint32_t>(tier_.tokens_.size()));
      }
      for (const FormId form : documents_.FormsOf(order_[i].document)) {
        WriteNumber(local_forms_[form]);
      }
    }
    tier_.tokens_.resize(tier_.tokens_.size() + Tier::kPadding);
    tier_.runs_.push_back({0, 0, 0, 0, static_cast<std::uint32_t>(size)});
    tier_.tokens_.shrink_to_fit();
  }

  void WriteNumber(std::uint32_t number) {
    while (number >= 0x80) {
      tier_.tokens_.push_back(static_cast<std::uint8_t>(number | 0x80));
      number >>= 7;
    }
    tier_.tokens_.push_back(static_cast<std::uint8_t>(number));
  }

  void NumberKeys() {
    keys_ = tier_.NumberKeys();
    local_keys_.reserve(tier_.forms_.size());
    for (const StoredToken& form : tier_.forms_) {
      local_keys_.push_back(tier_.LocalKey(form.key));
    }
  }

  // Calls `visit` with each document, in its place, and each of its different keys.
  template <typename Visit>
  void ForEachKey(Visit visit) {
    std::vector<std::uint32_t> last(keys_.size(), Tier::kFree);
    for (std::uint32_t i = 0; i < order_.size(); ++i) {
      for (const FormId form : documents_.FormsOf(order_[i].document)) {
        const std::uint32_t key = local_keys_[local_forms_[form]];
        if (last[key] != i) {
          last[key] = i;
          visit(i, key);
        }
      }
    }
  }

  void WritePostings() {
    std::vector<std::uint32_t> last_block(keys_.size(), Tier::kFree);
    PlaceLists(last_block);
    std::vector<std::uint32_t> at(tier_.list_begins_.begin(), tier_.list_begins_.end() - 1);
    std::vector<std::uint32_t> counts_at(keys_.size());
    std::fill(last_block.begin(), last_block.end(), Tier::kFree);
    ForEachKey([&](std::uint32_t document, std::uint32_t key) {
      const std::uint32_t block = document >> Tier::kBlockBits;
      if (tier_.list_begins_[key] == tier_.list_begins_[key + 1]) {
        return;
      }
      if (last_block[key] != block) {
        last_block[key] = block;
        tier_.postings_[at[key]] = static_cast<std::uint16_t>(block);
        counts_at[key] = at[key] + 1;
        at[key] += 2;
      } else {
        ++tier_.postings_[counts_at[key]];
      }
      tier_.postings_[at[key]++] = static_cast<std::uint16_t>(document);
    });
  }

  // Sets where the lists begin, and counts the documents in the vocabulary. `last_block` is a
  // buffer, all `kFree`, an element for each key.
  void PlaceLists(std::vector<std::uint32_t>& last_block) {
    std::vector<std::uint32_t> sizes(keys_.size());
    std::vector<std::uint32_t> documents(keys_.size());
    ForEachKey([&](std::uint32_t document, std::uint32_t key) {
      const std::uint32_t block = document >> Tier::kBlockBits;
      sizes[key] += last_block[key] == block ? 1 : 3;
      last_block[key] = block;
      ++documents[key];
    });
    vocabulary_.AddDocuments(static_cast<std::uint32_t>(order_.size()));
    tier_.list_begins_.resize(keys_.size() + 1);
    for (std::size_t key = 0; key < keys_.size(); ++key) {
      const bool is_everywhere = ClassOf(keys_[key]) == TokenClass::kPunctuation &&
                                 documents[key] > order_.size() / Tier::kEverywhere;
      tier_.list_begins_[key + 1] = tier_.list_begins_[key] + (is_everywhere ? 0 : sizes[key]);
      if (ClassOf(keys_[key]) == TokenClass::kWord) {
        vocabulary_.AddDocuments(NumberOf(keys_[key]), documents[key]);
      }
    }
    tier_.postings_.resize(tier_.list_begins_.back());
  }

  const DocumentList& documents_;
  Vocabulary& vocabulary_;
  Tier tier_;
  std::vector<std::uint32_t> local_forms_;  // By form in the vocabulary.
  std::vector<std::uint32_t> local_keys_;   // By local form.
  std::vector<FoldedKey> keys_;             // By local key.
  std::vector<Profiled> order_;
};

Tier Tier::Build(const DocumentList& documents, Vocabulary& vocabulary) {
  return TierBuilder(documents, vocabulary).Build();
}

Tier::Numbers Tier::NumbersOf(std::uint32_t document) const {
  const Run& run = RunOf(document);
  const std::uint32_t count = TokenCount(run);
  const std::uint32_t group = document & ~(kGroupDocuments - 1);
  std::uint32_t before = 0;
  for (std::uint32_t other = group; other < document; ++other) {
    before += other >= run.first_document ? count : TokenCount(RunOf(other));
  }
  return {Behind(tokens_.data() + begins_[document >> kGroupBits], before), count};
}

void Tier::Tokens(std::uint32_t document, std::vector<StoredToken>& tokens) const {
  tokens.clear();
  ForEachForm(document, [&](std::uint32_t form) { tokens.push_back(forms_[form]); });
}

std::vector<FoldedKey> Tier::NumberKeys() {
  std::vector<FoldedKey> keys;
  for (const StoredToken& form : forms_) {
    keys.push_back(form.key);
  }
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  const std::size_t slots = std::max(kMinSlots, std::bit_ceil(keys.size() * 4 / 3));
  key_slots_.assign(slots, {kFree, 0});
  keys.clear();
  for (const StoredToken& form : forms_) {
    if (LocalKey(form.key) != kFree) {
      continue;
    }
    std::size_t at = SlotOf(form.key, slots);
    while (key_slots_[at].key != kFree) {
      at = (at + 1) & (slots - 1);
    }
    key_slots_[at] = {form.key, static_cast<std::uint32_t>(keys.size())};
    keys.push_back(form.key);
  }
  return keys;
}

std::uint32_t Tier::LocalKey(FoldedKey key) const {
  for (std::size_t at = SlotOf(key, key_slots_.size());; at = (at + 1) & (key_slots_.size() - 1)) {
    if (key_slots_[at].key == kFree) {
      return kFree;
    }
    if (key_slots_[at].key == key) {
      return key_slots_[at].local;
    }
  }
}

std::span<const std::uint16_t> Tier::DocumentsWith(FoldedKey key) const {
  const std::uint32_t local = LocalKey(key);
  return local == kFree ? std::span<const std::uint16_t>()
                        : std::span(postings_).subspan(
                              list_begins_[local], list_begins_[local + 1] - list_begins_[local]);
}

std::size_t Tier::bytes() const {
  const auto size_of = [](const auto& array) { return array.capacity() * sizeof(array[0]); };
  return size_of(handles_) + size_of(runs_) + size_of(run_of_) + size_of(first_run_of_) +
         size_of(begins_) + size_of(tokens_) + size_of(forms_) + size_of(key_slots_) +
         size_of(list_begins_) + size_of(postings_) + spans_.bytes();
}

void Tier::AppendTo(DocumentList& list) const {
  std::vector<StoredToken> tokens;
  for (std::uint32_t document = 0; document < size(); ++document) {
    Tokens(document, tokens);
    for (const StoredToken& token : tokens) {
      list.forms.push_back(token.form);
    }
    list.handles.push_back(handles_[document]);
    list.ends.push_back(static_cast<std::uint32_t>(list.forms.size()));
  }
}

}  // namespace sild::matching

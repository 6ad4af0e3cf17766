#include "server/matching/span_table.h"

#include <bit>

#include "server/matching/text_index.h"
#include "server/matching/tier.h"

namespace sild::matching {
namespace {

constexpr std::size_t kBucketDocuments = 4;  // About, so that buckets take little beside them.
constexpr std::uint32_t kHashBits = 32;

using Filter = absl::FunctionRef<bool(TokenSpan)>;
using Visitor = absl::FunctionRef<void(std::uint32_t handle, TokenSpan core)>;

// Whether the core of a document has just these keys.
bool HasCore(const Tier& tier, std::uint32_t document, std::span<const FoldedKey> keys) {
  thread_local std::vector<StoredToken> tokens;
  tier.Tokens(document, tokens);
  const TokenSpan core =
      CoreOf(tokens, [](const StoredToken& token) { return ClassOf(token.key); });
  return std::equal(tokens.begin() + static_cast<std::ptrdiff_t>(core.begin),
                    tokens.begin() + static_cast<std::ptrdiff_t>(core.end), keys.begin(),
                    keys.end(),
                    [](const StoredToken& token, FoldedKey key) { return token.key == key; });
}

// Looks up the spans of a query that begin with its token `begin`.
void FindFrom(const Tier& tier, std::span<const FoldedKey> query, std::size_t begin,
              Filter is_wanted, Visitor visit) {
  const SpanTable& spans = tier.spans();
  const std::size_t end = std::min(query.size(), begin + spans.max_length());
  struct Sought {
    TokenSpan span;
    std::uint32_t hash;
  };
  thread_local std::vector<Sought> all_sought;
  all_sought.clear();
  SpanTable::Hash hash;
  for (std::size_t i = begin; i < end && query[i] != Vocabulary::kNoKey; ++i) {
    hash.Add(query[i]);
    const TokenSpan span{begin, i + 1};
    if (spans.HasLength(span.end - begin) && is_wanted(span)) {
      spans.Prefetch(hash.value());
      all_sought.push_back({span, hash.value()});
    }
  }
  for (const Sought& sought : all_sought) {
    spans.ForEach(sought.hash, [&](std::uint32_t document) {
      const std::size_t length = sought.span.end - begin;
      if (HasCore(tier, document, query.subspan(begin, length))) {
        visit(tier.handle(document), sought.span);
      }
    });
  }
}

// Looks for a core everywhere in a query.
void FindAll(std::span<const FoldedKey> core, std::span<const FoldedKey> query, Filter is_wanted,
             absl::FunctionRef<void(TokenSpan)> visit) {
  for (auto at = query.begin();; ++at) {
    at = std::search(at, query.end(), core.begin(), core.end());
    if (at == query.end()) {
      return;
    }
    const auto begin = static_cast<std::size_t>(at - query.begin());
    const TokenSpan place{begin, begin + core.size()};
    if (is_wanted(place)) {
      visit(place);
    }
  }
}

}  // namespace

SpanTable::SpanTable(const Tier& tier) {
  const std::size_t buckets = std::bit_ceil(tier.size() / kBucketDocuments + 2);
  shift_ = kHashBits - static_cast<std::uint32_t>(std::countr_zero(buckets));
  begins_.resize(buckets + 1);
  struct Entry {
    std::uint32_t hash;
    std::uint32_t document;
  };
  std::vector<Entry> found;
  found.reserve(tier.size());
  std::vector<StoredToken> tokens;
  for (std::uint32_t document = 0; document < tier.size(); ++document) {
    tier.Tokens(document, tokens);
    const TokenSpan core =
        CoreOf(tokens, [](const StoredToken& token) { return ClassOf(token.key); });
    if (core.empty()) {
      continue;
    }
    Hash hash;
    for (std::size_t i = core.begin; i < core.end; ++i) {
      hash.Add(tokens[i].key);
    }
    const std::size_t length = core.end - core.begin;
    has_length_.resize(std::max(has_length_.size(), length + 1));
    has_length_[length] = true;
    found.push_back({hash.value(), document});
    ++begins_[(hash.value() >> shift_) + 1];
  }
  for (std::size_t bucket = 0; bucket < buckets; ++bucket) {
    begins_[bucket + 1] += begins_[bucket];
  }
  documents_.resize(found.size());
  marks_.resize(found.size());
  std::vector<std::uint32_t> at(begins_.begin(), begins_.end() - 1);
  for (const Entry& entry : found) {
    const std::uint32_t place = at[entry.hash >> shift_]++;
    documents_[place] = entry.document;
    marks_[place] = MarkOf(entry.hash);
  }
}

std::size_t SpanTable::bytes() const {
  return documents_.capacity() * sizeof(std::uint32_t) + marks_.capacity() +
         begins_.capacity() * sizeof(std::uint32_t) + has_length_.capacity() / 8;
}

void FindContained(const TextIndex& index, std::span<const FoldedKey> query, Filter is_wanted,
                   absl::FunctionRef<bool()> is_cancelled, Visitor visit) {
  for (const TextIndex::TierPointer& tier : index.tiers()) {
    for (std::size_t begin = 0; begin < query.size(); ++begin) {
      if (is_cancelled()) {
        return;
      }
      FindFrom(*tier, query, begin, is_wanted, visit);
    }
  }
  const Vocabulary& vocabulary = index.lexicon().vocabulary;
  const FreshTier& fresh = index.fresh();
  std::vector<FoldedKey> keys;
  for (std::uint32_t document = 0, size = fresh.size(); document < size; ++document) {
    if (is_cancelled()) {
      return;
    }
    keys.clear();
    for (const FormId form : fresh[document].forms) {
      keys.push_back(vocabulary.KeyOf(form));
    }
    const TokenSpan core = CoreOf(keys, ClassOf);
    if (!core.empty()) {
      FindAll(std::span(keys).subspan(core.begin, core.end - core.begin), query, is_wanted,
              [&](TokenSpan place) { visit(fresh[document].handle, place); });
    }
  }
}

}  // namespace sild::matching

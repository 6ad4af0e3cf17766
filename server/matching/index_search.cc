#include "server/matching/index_search.h"

#include <algorithm>
#include <array>

#include "server/matching/query_batch.h"
#include "server/matching/score.h"

namespace sild::matching {
namespace {

using text::TokenClass;

constexpr std::size_t kCandidatesPerCheck = 256;  // Between questions whether to go on.

std::int32_t CommonGain(const TextProfile& query, TokenClass token_class, std::int32_t stored) {
  return std::min(query.counts[static_cast<std::size_t>(token_class)], stored) *
         WeightOf(token_class);
}

}  // namespace

void IndexSearch::Find(const TextIndex& index, IndexQuery& query, NearTextSink& sink) {
  const std::int32_t tenths = std::min(sink.NeededTenths(), kFullTenths);
  const auto tenths_now = [&sink] { return std::min(sink.NeededTenths(), kFullTenths); };
  candidates_.clear();
  seen_.assign(query.words().size(), Seen());
  for (std::uint16_t i = 0; i < index.tiers().size() && !sink.IsCancelled(); ++i) {
    if (query.profile().weight == 0) {
      CollectEmpty(*index.tiers()[i], i);
    } else {
      tier_search_.Collect(*index.tiers()[i], i, query, tenths, candidates_);
    }
  }
  CollectFresh(index.fresh(), query, tenths);
  SortCandidates();
  counts_.candidates += static_cast<std::int64_t>(sorted_.size());
  for (std::size_t i = 0; i < sorted_.size() && sorted_[i].bound >= tenths_now(); ++i) {
    if (i % kCandidatesPerCheck == kCandidatesPerCheck - 1 && sink.IsCancelled()) {
      return;
    }
    Prefetch(index, i);
    if (!Verify(index, sorted_[i], query, sink, tenths_now())) {
      return;
    }
  }
}

// A query without tokens is near to texts without tokens alone.
void IndexSearch::CollectEmpty(const Tier& tier, std::uint16_t number) {
  for (std::size_t i = 0; i + 1 < tier.runs().size() && tier.runs()[i].weight == 0; ++i) {
    for (std::uint32_t document = tier.runs()[i].first_document;
         document < tier.runs()[i + 1].first_document; ++document) {
      candidates_.push_back({document, number, kFullTenths});
    }
  }
}

void IndexSearch::CollectFresh(const FreshTier& fresh, const IndexQuery& query,
                               std::int32_t tenths) {
  const TextProfile& profile = query.profile();
  const std::uint32_t size = fresh.size();
  for (std::uint32_t i = 0; i < size; ++i) {
    const FreshTier::Document& document = fresh[i];
    const std::int32_t heavier = std::max(profile.weight, document.profile.weight);
    const std::int32_t needed = NeededGain(heavier, tenths);
    if (std::min(profile.weight, document.profile.weight) < needed) {
      continue;
    }
    const std::int32_t gain =
        CommonGain(profile, TokenClass::kWord, document.words) +
        CommonGain(profile, TokenClass::kNumber, document.profile.numbers) +
        CommonGain(profile, TokenClass::kTag, document.profile.tags) +
        CommonGain(profile, TokenClass::kPunctuation, document.profile.punctuation);
    if (gain >= needed) {
      const std::int64_t bound =
          heavier == 0 ? kFullTenths : std::int64_t{gain} * kFullTenths / heavier;
      candidates_.push_back({i, kFresh, static_cast<std::uint16_t>(bound)});
    }
  }
}

// Sorts by bound, the best first.
void IndexSearch::SortCandidates() {
  sorted_.resize(candidates_.size());
  std::array<std::uint32_t, kFullTenths + 2> places{};
  for (const Candidate& candidate : candidates_) {
    ++places[static_cast<std::size_t>(kFullTenths - candidate.bound + 1)];
  }
  for (std::size_t i = 1; i < places.size(); ++i) {
    places[i] += places[i - 1];
  }
  for (const Candidate& candidate : candidates_) {
    sorted_[places[static_cast<std::size_t>(kFullTenths - candidate.bound)]++] = candidate;
  }
}

void IndexSearch::Prefetch(const TextIndex& index, std::size_t next) const {
  constexpr std::size_t kFar = 8;
  constexpr std::size_t kNear = 4;
  if (next + kFar < sorted_.size() && sorted_[next + kFar].tier != kFresh) {
    index.tiers()[sorted_[next + kFar].tier]->PrefetchPlace(sorted_[next + kFar].document);
  }
  if (next + kNear < sorted_.size() && sorted_[next + kNear].tier != kFresh) {
    index.tiers()[sorted_[next + kNear].tier]->PrefetchTokens(sorted_[next + kNear].document);
  }
}

// Reads the candidate's tokens and profile, and returns its handle.
TextHandle IndexSearch::Load(const TextIndex& index, const Candidate& candidate,
                             const Vocabulary& vocabulary) {
  if (candidate.tier != kFresh) {
    const Tier& tier = *index.tiers()[candidate.tier];
    tier.Tokens(candidate.document, tokens_);
    profile_ = tier.RunOf(candidate.document);
    return tier.handle(candidate.document);
  }
  const FreshTier::Document& document = index.fresh()[candidate.document];
  tokens_.clear();
  for (const FormId form : document.forms) {
    tokens_.push_back(MakeStoredToken(form, vocabulary));
  }
  profile_ = document.profile;
  return document.handle;
}

// Looks closer and closer at a candidate. False if the sink wants no more.
bool IndexSearch::Verify(const TextIndex& index, const Candidate& candidate, IndexQuery& query,
                         NearTextSink& sink, std::int32_t tenths) {
  const TextHandle handle = Load(index, candidate, query.vocabulary());
  const std::int32_t heavier = std::max(query.profile().weight, profile_.weight);
  const std::int32_t needed = NeededGain(heavier, tenths) - OtherGain(query);
  ++number_;
  if (GainOfSameWords(query) < needed || GainOfAnyOrder(query) < needed) {
    return true;
  }
  ++counts_.distances;
  const std::int32_t limit = heavier - NeededGain(heavier, tenths);
  const std::int32_t distance = aligner_.Distance(tokens_, query, limit);
  return distance > limit || sink.Add(handle, distance);
}

// The most that tokens other than words can gain.
std::int32_t IndexSearch::OtherGain(const IndexQuery& query) const {
  return CommonGain(query.profile(), TokenClass::kNumber, profile_.numbers) +
         CommonGain(query.profile(), TokenClass::kTag, profile_.tags) +
         CommonGain(query.profile(), TokenClass::kPunctuation, profile_.punctuation);
}

// The most that words can gain if those that both texts have are aligned, and all others have the
// best look-alike that there can be; as `QueryBatch::LeastDistance`.
std::int32_t IndexSearch::GainOfSameWords(const IndexQuery& query) {
  std::int32_t same = 0;
  std::int32_t form_gain_of_same = 0;
  std::int32_t form_gain = 0;
  for (const StoredToken& token : tokens_) {
    if (ClassOf(token.key) != TokenClass::kWord) {
      continue;
    }
    form_gain += token.form_gain;
    const std::uint32_t word = query.IndexOf(NumberOf(token.key));
    if (word == IndexQuery::kNone) {
      continue;
    }
    Seen& seen = seen_[word];
    if (seen.number != number_) {
      seen = {number_, 0};
    }
    if (seen.count++ < query.words()[word].count) {
      same += kWordWeight;
      form_gain_of_same += token.form_gain;
    }
  }
  return same + std::min(form_gain, query.profile().form_gain) - form_gain_of_same;
}

// The most that words can gain if order does not matter and each may be aligned with any.
std::int32_t IndexSearch::GainOfAnyOrder(IndexQuery& query) {
  gains_.assign(query.words().size(), 0);
  std::int32_t gain_of_stored = 0;
  for (const StoredToken& token : tokens_) {
    if (ClassOf(token.key) != TokenClass::kWord) {
      continue;
    }
    const IndexQuery::Costs costs = query.CostsOf(NumberOf(token.key));
    gain_of_stored += kWordWeight - costs.least;
    for (std::uint32_t i = costs.begin; i < costs.end; ++i) {
      const auto [word, cost] = query.pool()[i];
      gains_[word] = std::max(gains_[word], kWordWeight - cost);
    }
  }
  std::int32_t gain_of_query = 0;
  for (std::size_t i = 0; i < gains_.size(); ++i) {
    gain_of_query += gains_[i] * query.words()[i].count;
  }
  return std::min(gain_of_query, gain_of_stored);
}

}  // namespace sild::matching

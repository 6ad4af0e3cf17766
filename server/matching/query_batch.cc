#include "server/matching/query_batch.h"

#include <algorithm>

#include "server/matching/char_distance.h"
#include "server/matching/score.h"

namespace sild::matching {

using text::Token;
using text::TokenClass;
using text::TokenizedText;

std::int32_t FormGain(std::uint32_t chars) {
  const auto length = static_cast<std::int32_t>(chars);
  return length < kFormMinChars ? 0 : kWordWeight - FormCost(1, length + 1);
}

TextProfile ProfileOf(const TokenizedText& text) {
  TextProfile profile;
  for (const Token& token : text.tokens) {
    profile.weight += WeightOf(token.token_class);
    ++profile.counts[static_cast<std::size_t>(token.token_class)];
    if (token.token_class == TokenClass::kWord) {
      profile.form_gain += FormGain(token.folded_chars);
    }
  }
  return profile;
}

QueryBatch::QueryBatch(const std::vector<Query>& queries) : common_(queries.size()) {
  queries_.reserve(queries.size());  // So that the views in `words_` stay right.
  for (const Query& query : queries) {
    Prepared& prepared = queries_.emplace_back();
    prepared.text = text::Tokenize(query.segment.text);
    prepared.profile = ProfileOf(prepared.text);
    prepared.joined = JoinedTokens(prepared.text);
    const auto number = static_cast<std::uint32_t>(queries_.size() - 1);
    for (const Token& token : prepared.text.tokens) {
      if (token.token_class != TokenClass::kWord) {
        continue;
      }
      std::vector<Occurrence>& found = words_[prepared.text.Folded(token)].occurrences;
      if (found.empty() || found.back().query != number) {
        found.push_back({number, 0});
      }
      ++found.back().count;
    }
  }
}

void QueryBatch::SetCandidate(const TokenizedText& text) {
  candidate_ = ProfileOf(text);
  ++candidate_number_;
  std::fill(common_.begin(), common_.end(), Common());
  for (const Token& token : text.tokens) {
    if (token.token_class != TokenClass::kWord) {
      continue;
    }
    const auto found = words_.find(text.Folded(token));
    if (found == words_.end()) {
      continue;
    }
    Word& word = found->second;
    if (word.candidate_number != candidate_number_) {
      word.candidate_number = candidate_number_;
      word.seen = 0;
    }
    for (const Occurrence& occurrence : word.occurrences) {
      if (word.seen < occurrence.count) {
        ++common_[occurrence.query].words;
        common_[occurrence.query].form_gain += FormGain(token.folded_chars);
      }
    }
    ++word.seen;
  }
}

std::int32_t QueryBatch::LeastDistance(std::size_t query) const {
  const TextProfile& profile = queries_[query].profile;
  const Common& common = common_[query];
  std::int32_t gain = common.words * kWordWeight +
                      std::min(profile.form_gain, candidate_.form_gain) - common.form_gain;
  for (const TokenClass other : {TokenClass::kNumber, TokenClass::kTag, TokenClass::kPunctuation}) {
    const auto index = static_cast<std::size_t>(other);
    gain += std::min(profile.counts[index], candidate_.counts[index]) * WeightOf(other);
  }
  return std::max(profile.weight, candidate_.weight) - gain;
}

}  // namespace sild::matching

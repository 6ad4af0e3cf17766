#include "server/matching/score.h"

#include <algorithm>

#include "server/matching/token_aligner.h"

namespace sild::matching {

std::int32_t WeightOf(const text::TokenizedText& text) {
  std::int32_t weight = 0;
  for (const text::Token& token : text.tokens) {
    weight += WeightOf(token.token_class);
  }
  return weight;
}

Similarity SimilarityOf(std::int32_t distance, std::int32_t weight) {
  if (distance >= weight) {
    return {0, distance, weight};
  }
  const auto tenths = std::int64_t{weight - distance} * kFullTenths / weight;
  return {std::min(static_cast<std::int32_t>(tenths), kMaxFuzzyTenths), distance, weight};
}

std::int32_t DistanceLimit(std::int32_t weight, std::int32_t tenths) {
  if (tenths > kMaxFuzzyTenths || weight == 0) {
    return tenths <= 0 ? weight : -1;
  }
  return static_cast<std::int32_t>(std::int64_t{weight} * (kFullTenths - tenths) / kFullTenths);
}

Similarity Compare(std::string_view query, std::string_view candidate) {
  const text::TokenizedText a = text::Tokenize(query);
  const text::TokenizedText b = text::Tokenize(candidate);
  const std::int32_t weight = std::max(WeightOf(a), WeightOf(b));
  if (a.normal == b.normal) {
    return {kFullTenths, 0, weight};
  }
  // Never beyond both weights together: everything deleted and inserted.
  return SimilarityOf(TokenAligner().Distance(b, a, 2 * weight), weight);
}

}  // namespace sild::matching

#include "server/matching/id_aligner.h"

#include <algorithm>
#include <cstdlib>

#include "server/matching/score.h"

namespace sild::matching {
namespace {

using text::TokenClass;

constexpr std::int32_t kUnreachable = 1 << 29;

// What one token for another of its class costs if folded forms differ and they are no look-alikes.
std::int32_t OtherTokenCost(TokenClass token_class) {
  return token_class == TokenClass::kNumber ? kOtherNumberCost
         : token_class == TokenClass::kTag  ? kOtherTagCost
                                            : WeightOf(token_class);
}

}  // namespace

std::int32_t IdAligner::Distance(std::span<const StoredToken> stored, IndexQuery& query,
                                 std::int32_t limit) {
  tokens_ = stored;
  Trim(stored, query);
  weights_.assign(1, 0);
  costs_.clear();
  for (std::size_t i = stored_.begin; i < stored_.end; ++i) {
    const FoldedKey key = stored[i].key;
    const bool is_word = ClassOf(key) == TokenClass::kWord;
    costs_.push_back(is_word ? query.CostsOf(NumberOf(key)) : IndexQuery::Costs{});
    weights_.push_back(weights_.back() + WeightOf(ClassOf(key)));
  }
  const std::size_t columns = query_.end - query_.begin;
  const std::int32_t* before = query.weights().data() + query_.begin;
  const std::int32_t difference = weights_.back() - (before[columns] - before[0]);
  if (std::abs(difference) > limit) {
    return limit + 1;
  }
  last_row_.assign(columns + 1, kUnreachable);
  row_.assign(columns + 1, kUnreachable);
  std::size_t begin = 0;  // Columns of the row that a way of at most `limit` can pass.
  std::size_t end = 0;
  for (std::size_t row = 0; row < weights_.size(); ++row) {
    const std::int32_t twice = 2 * weights_[row];
    while (end <= columns && twice - 2 * (before[end] - before[0]) >= difference - limit) {
      last_row_[end++] = kUnreachable;
    }
    while (begin < end && twice - 2 * (before[begin] - before[0]) > difference + limit) {
      ++begin;
    }
    if (FillRow(row, begin, end, query) > limit) {
      return limit + 1;
    }
    last_row_.swap(row_);
  }
  return last_row_[columns];
}

void IdAligner::Trim(std::span<const StoredToken> stored, const IndexQuery& query) {
  const std::vector<IndexQuery::Code>& codes = query.codes();
  stored_ = {0, stored.size()};
  query_ = {0, codes.size()};
  while (stored_.begin < stored_.end && query_.begin < query_.end &&
         stored[stored_.begin].form == codes[query_.begin].form) {
    ++stored_.begin;
    ++query_.begin;
  }
  while (stored_.begin < stored_.end && query_.begin < query_.end &&
         stored[stored_.end - 1].form == codes[query_.end - 1].form) {
    --stored_.end;
    --query_.end;
  }
}

std::int32_t IdAligner::CostOf(std::size_t stored, const IndexQuery::Code& code,
                               const IndexQuery& query) const {
  const StoredToken& token = tokens_[stored_.begin + stored];
  const TokenClass token_class = ClassOf(token.key);
  if (token_class != ClassOf(code.key)) {
    return std::max(WeightOf(token_class), code.weight);
  }
  if (token.key == code.key) {
    return token.form == code.form ? 0 : code.weight * kVariantPercent / 100;
  }
  if (token_class != TokenClass::kWord) {
    return OtherTokenCost(token_class);
  }
  const IndexQuery::Costs& costs = costs_[stored];
  for (std::uint32_t i = costs.begin; i < costs.end; ++i) {
    if (query.pool()[i].word == code.word) {
      return query.pool()[i].cost;
    }
  }
  return kWordWeight;
}

// Fills columns `[begin, end)` of a row and returns the least value. Beyond the old row's columns
// `last_row_` is unreachable.
std::int32_t IdAligner::FillRow(std::size_t row, std::size_t begin, std::size_t end,
                                const IndexQuery& query) {
  const IndexQuery::Code* codes = query.codes().data() + query_.begin;
  const std::int32_t weight = row == 0 ? 0 : weights_[row] - weights_[row - 1];
  std::int32_t least = kUnreachable;
  std::int32_t left = kUnreachable;
  if (begin > 0) {
    row_[begin - 1] = kUnreachable;
  }
  for (std::size_t column = begin; column < end; ++column) {
    std::int32_t best = row == 0 && column == 0 ? 0 : kUnreachable;
    if (row > 0 && column > 0 && last_row_[column - 1] < kUnreachable) {
      best = last_row_[column - 1] + CostOf(row - 1, codes[column - 1], query);
    }
    if (row > 0) {
      best = std::min(best, last_row_[column] + weight);
    }
    if (column > 0) {
      best = std::min(best, left + codes[column - 1].weight);
    }
    row_[column] = left = best;
    least = std::min(least, best);
  }
  return least;
}

}  // namespace sild::matching

#include "server/matching/token_aligner.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "server/matching/char_distance.h"
#include "server/matching/score.h"
#include "server/text/utf8.h"

namespace sild::matching {
namespace {

using text::Token;
using text::TokenClass;
using text::TokenizedText;

constexpr std::int32_t kUnreachable = 1 << 29;
constexpr std::size_t kCellsPerCheck = 1 << 16;  // Well under a millisecond.

// How many of `a`'s last tokens, up to `limit`, `b` ends with too.
std::size_t CommonEnd(const TokenizedText& a, const TokenizedText& b, std::size_t limit) {
  std::size_t count = 0;
  while (count < limit &&
         a.Surface(a.tokens[a.tokens.size() - 1 - count]) ==
             b.Surface(b.tokens[b.tokens.size() - 1 - count]) &&
         a.tokens[a.tokens.size() - 1 - count].token_class ==
             b.tokens[b.tokens.size() - 1 - count].token_class) {
    ++count;
  }
  return count;
}

std::size_t CommonBeginning(const TokenizedText& a, const TokenizedText& b) {
  const std::size_t limit = std::min(a.tokens.size(), b.tokens.size());
  std::size_t count = 0;
  while (count < limit && a.Surface(a.tokens[count]) == b.Surface(b.tokens[count]) &&
         a.tokens[count].token_class == b.tokens[count].token_class) {
    ++count;
  }
  return count;
}

std::uint64_t SignatureOf(std::u32string_view letters) {
  std::uint64_t signature = 0;
  for (const char32_t c : letters) {
    signature |= std::uint64_t{1} << c % 64;
  }
  return signature;
}

std::int32_t LookAlikeCostOf(std::u32string_view a, std::u32string_view b) {
  const auto longer = static_cast<std::int32_t>(std::max(a.size(), b.size()));
  const std::int32_t limit = longer * kFormMaxEditPercent / 100;
  return FormCost(WordDistance(a, b, limit), longer);
}

// What one token for another of its class costs if not even their folded forms are equal and they
// are no look-alikes.
std::int32_t OtherTokenCost(TokenClass token_class) {
  switch (token_class) {
    case TokenClass::kNumber:
      return kOtherNumberCost;
    case TokenClass::kTag:
      return kOtherTagCost;
    default:
      return WeightOf(token_class);
  }
}

}  // namespace

TokenAligner::TokenAligner(std::function<bool()> is_cancelled)
    : is_cancelled_(std::move(is_cancelled)) {}

std::int32_t TokenAligner::ReplaceCost(const TokenizedText& stored_text, const Token& stored,
                                       const TokenizedText& query_text, const Token& query) {
  if (stored.token_class != query.token_class) {
    return std::max(WeightOf(stored.token_class), WeightOf(query.token_class));
  }
  if (stored_text.Surface(stored) == query_text.Surface(query)) {
    return 0;
  }
  const std::string_view a = stored_text.Folded(stored);
  const std::string_view b = query_text.Folded(query);
  if (a == b) {
    return WeightOf(stored.token_class) * kVariantPercent / 100;
  }
  if (stored.token_class != TokenClass::kWord ||
      std::min(stored.folded_chars, query.folded_chars) < kFormMinChars) {
    return OtherTokenCost(stored.token_class);
  }
  return LookAlikeCostOf(text::ToUtf32(a), text::ToUtf32(b));
}

std::int32_t TokenAligner::Distance(const TokenizedText& stored, const TokenizedText& query,
                                    std::int32_t limit) {
  Load(stored, query);
  return Fill<false>(limit);
}

std::vector<TokenAligner::Step> TokenAligner::Steps(const TokenizedText& stored,
                                                    const TokenizedText& query,
                                                    std::int32_t distance) {
  Load(stored, query);
  if (Fill<true>(distance) > distance) {
    return {};
  }
  std::vector<Step> steps(suffix_, Step::kDiagonal);
  std::size_t i = stored_.codes.size();
  std::size_t j = query_.codes.size();
  while (i > 0 || j > 0) {
    const Step step = i == 0 ? Step::kInsert : j == 0 ? Step::kDelete : Recorded(i, j);
    i -= step == Step::kInsert ? 0 : 1;
    j -= step == Step::kDelete ? 0 : 1;
    steps.push_back(step);
  }
  steps.insert(steps.end(), prefix_, Step::kDiagonal);
  std::reverse(steps.begin(), steps.end());
  return steps;
}

void TokenAligner::Load(const TokenizedText& stored, const TokenizedText& query) {
  const std::size_t shorter = std::min(stored.tokens.size(), query.tokens.size());
  prefix_ = CommonBeginning(stored, query);
  suffix_ = CommonEnd(stored, query, shorter - prefix_);
  ids_.clear();
  LoadSide(stored, prefix_, stored.tokens.size() - suffix_, stored_);
  LoadSide(query, prefix_, query.tokens.size() - suffix_, query_);
  look_alike_costs_.assign(stored_.long_words.size() * query_.long_words.size(), kUnknown);
}

void TokenAligner::LoadSide(const TokenizedText& text, std::size_t begin, std::size_t end,
                            Side& side) {
  side.codes.clear();
  side.weights.assign(1, 0);
  side.long_words.clear();
  side.long_word_ids.clear();
  for (std::size_t i = begin; i < end; ++i) {
    const Token& token = text.tokens[i];
    const std::string_view folded = text.Folded(token);
    std::uint32_t long_word = kNone;
    if (token.token_class == TokenClass::kWord && token.folded_chars >= kFormMinChars) {
      const auto next = static_cast<std::uint32_t>(side.long_words.size());
      const auto [found, is_new] = side.long_word_ids.try_emplace(folded, next);
      if (is_new) {
        std::u32string letters = text::ToUtf32(folded);
        const std::uint64_t signature = SignatureOf(letters);
        side.long_words.push_back({std::move(letters), signature});
      }
      long_word = found->second;
    }
    const std::int32_t weight = WeightOf(token.token_class);
    side.codes.push_back(
        {token.token_class, weight, IdOf(text.Surface(token)), IdOf(folded), long_word});
    side.weights.push_back(side.weights.back() + weight);
  }
}

std::uint32_t TokenAligner::IdOf(std::string_view form) {
  return ids_.try_emplace(form, static_cast<std::uint32_t>(ids_.size())).first->second;
}

std::int32_t TokenAligner::CostOf(const Code& stored, const Code& query) {
  if (stored.token_class != query.token_class) {
    return std::max(stored.weight, query.weight);
  }
  if (stored.folded == query.folded) {
    return stored.surface == query.surface ? 0 : stored.weight * kVariantPercent / 100;
  }
  if (stored.long_word != kNone && query.long_word != kNone) {
    return LookAlikeCost(stored.long_word, query.long_word);
  }
  return OtherTokenCost(stored.token_class);
}

std::int32_t TokenAligner::LookAlikeCost(std::uint32_t stored, std::uint32_t query) {
  std::uint8_t& known = look_alike_costs_[stored * query_.long_words.size() + query];
  if (known == kUnknown) {
    const LongWord& a = stored_.long_words[stored];
    const LongWord& b = query_.long_words[query];
    const auto longer = static_cast<std::int32_t>(std::max(a.letters.size(), b.letters.size()));
    const int limit = longer * kFormMaxEditPercent / 100;
    // Each letter that only one of them has needs an edit.
    const bool is_near = std::popcount(a.signature & ~b.signature) <= limit &&
                         std::popcount(b.signature & ~a.signature) <= limit;
    known =
        static_cast<std::uint8_t>(is_near ? LookAlikeCostOf(a.letters, b.letters) : kWordWeight);
    IsCancelled(is_near ? a.letters.size() * b.letters.size() : 1);
  }
  return known;
}

// Fills the part of the matrix where a path of at most `limit` can run. A cell is there if the
// weights before it and those behind it together differ by no more than `limit`, since every unit
// of difference must be inserted or deleted.
template <bool kRecords>
std::int32_t TokenAligner::Fill(std::int32_t limit) {
  const std::size_t columns = query_.codes.size();
  const std::int32_t difference = stored_.weights.back() - query_.weights.back();
  if (std::abs(difference) > limit) {
    return limit + 1;
  }
  last_row_.assign(columns + 1, kUnreachable);
  row_.assign(columns + 1, kUnreachable);
  if (kRecords) {
    steps_.clear();
    row_begin_.assign(stored_.codes.size() + 1, 0);
  }
  std::size_t begin = 0;  // Columns of the row that are in reach: `[begin, end)`.
  std::size_t end = 0;
  std::size_t cells = 0;
  for (std::size_t row = 0; row <= stored_.codes.size(); ++row) {
    // 2 · (stored − query weight before the cell) must be in [difference ± limit].
    const std::int32_t twice = 2 * stored_.weights[row];
    while (end <= columns && twice - 2 * query_.weights[end] >= difference - limit) {
      last_row_[end] = kUnreachable;
      ++end;
    }
    while (begin < end && twice - 2 * query_.weights[begin] > difference + limit) {
      ++begin;
    }
    if (kRecords) {
      row_begin_[row] = cells - begin;  // Wraps around below 0, and back when a column is added.
      cells += end - begin;
      steps_.resize(cells / 4 + 1);
    }
    if (FillRow<kRecords>(row, begin, end) > limit || IsCancelled(end - begin)) {
      return limit + 1;
    }
    last_row_.swap(row_);
  }
  return std::min(last_row_[columns], limit + 1);
}

// Fills columns `[begin, end)` of a row and returns the least value. Beyond the old row's columns
// `last_row_` is unreachable.
template <bool kRecords>
std::int32_t TokenAligner::FillRow(std::size_t row, std::size_t begin, std::size_t end) {
  std::int32_t least = kUnreachable;
  std::int32_t left = kUnreachable;
  if (begin > 0) {
    row_[begin - 1] = kUnreachable;
  }
  for (std::size_t column = begin; column < end; ++column) {
    std::int32_t best = row == 0 && column == 0 ? 0 : kUnreachable;
    Step step = Step::kDiagonal;
    if (row > 0 && column > 0 && last_row_[column - 1] < kUnreachable) {
      best = last_row_[column - 1] + CostOf(stored_.codes[row - 1], query_.codes[column - 1]);
    }
    if (row > 0 && last_row_[column] + stored_.codes[row - 1].weight < best) {
      best = last_row_[column] + stored_.codes[row - 1].weight;
      step = Step::kDelete;
    }
    if (column > 0 && left + query_.codes[column - 1].weight < best) {
      best = left + query_.codes[column - 1].weight;
      step = Step::kInsert;
    }
    if (kRecords) {
      Record(row, column, step);
    }
    row_[column] = left = best;
    least = std::min(least, best);
  }
  return least;
}

void TokenAligner::Record(std::size_t row, std::size_t column, Step step) {
  const std::size_t cell = row_begin_[row] + column;
  steps_[cell / 4] |= static_cast<std::uint8_t>(static_cast<unsigned>(step) << cell % 4 * 2);
}

TokenAligner::Step TokenAligner::Recorded(std::size_t row, std::size_t column) const {
  const std::size_t cell = row_begin_[row] + column;
  return static_cast<Step>(steps_[cell / 4] >> cell % 4 * 2 & 3);
}

bool TokenAligner::IsCancelled(std::size_t cells) {
  cells_since_check_ += cells;
  if (!was_cancelled_ && cells_since_check_ >= kCellsPerCheck && is_cancelled_) {
    cells_since_check_ = 0;
    was_cancelled_ = is_cancelled_();
  }
  return was_cancelled_;
}

}  // namespace sild::matching

#include "tests/reference/score.h"

#include <algorithm>
#include <vector>

#include "server/text/utf8.h"

namespace sild::reference {
namespace {

using text::Token;
using text::TokenClass;
using text::TokenizedText;
using Matrix = std::vector<std::vector<std::int32_t>>;

std::int32_t Weight(const Token& token) {
  return token.token_class == TokenClass::kPunctuation ? 50 : 100;
}

std::int32_t ReplaceCost(const TokenizedText& a_text, const Token& a, const TokenizedText& b_text,
                         const Token& b) {
  if (a.token_class != b.token_class) {
    return std::max(Weight(a), Weight(b));
  }
  if (a_text.Surface(a) == b_text.Surface(b)) {
    return 0;
  }
  if (a_text.Folded(a) == b_text.Folded(b)) {
    return Weight(a) * 30 / 100;
  }
  if (a.token_class == TokenClass::kNumber) {
    return 30;
  }
  if (a.token_class == TokenClass::kTag || a.token_class == TokenClass::kPunctuation) {
    return 50;
  }
  const std::u32string left = text::ToUtf32(a_text.Folded(a));
  const std::u32string right = text::ToUtf32(b_text.Folded(b));
  const auto longer = static_cast<std::int32_t>(std::max(left.size(), right.size()));
  const std::int32_t edits = WordDistance(left, right);
  if (std::min(left.size(), right.size()) < 3 || edits * 100 > 40 * longer) {
    return 100;
  }
  return std::min(100, 40 + (60 * edits + longer / 2) / longer);
}

std::int32_t LetterDistance(std::u32string_view a, std::u32string_view b, bool has_swaps) {
  Matrix d(a.size() + 1, std::vector<std::int32_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        d[i][j] = static_cast<std::int32_t>(i + j);
        continue;
      }
      d[i][j] = std::min(
          {d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (has_swaps && i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
      }
    }
  }
  return d[a.size()][b.size()];
}

std::int32_t TotalWeight(const TokenizedText& text) {
  std::int32_t weight = 0;
  for (const Token& token : text.tokens) {
    weight += Weight(token);
  }
  return weight;
}

}  // namespace

std::int32_t WordDistance(std::u32string_view a, std::u32string_view b) {
  return LetterDistance(a, b, true);
}

std::int32_t CharDistance(std::u32string_view a, std::u32string_view b) {
  return LetterDistance(a, b, false);
}

std::int32_t TokenDistance(const TokenizedText& a, const TokenizedText& b) {
  const std::vector<Token>& x = a.tokens;
  const std::vector<Token>& y = b.tokens;
  Matrix d(x.size() + 1, std::vector<std::int32_t>(y.size() + 1));
  for (std::size_t i = 0; i <= x.size(); ++i) {
    for (std::size_t j = 0; j <= y.size(); ++j) {
      std::vector<std::int32_t> ways;
      if (i > 0) {
        ways.push_back(d[i - 1][j] + Weight(x[i - 1]));
      }
      if (j > 0) {
        ways.push_back(d[i][j - 1] + Weight(y[j - 1]));
      }
      if (i > 0 && j > 0) {
        ways.push_back(d[i - 1][j - 1] + ReplaceCost(a, x[i - 1], b, y[j - 1]));
      }
      d[i][j] = ways.empty() ? 0 : *std::min_element(ways.begin(), ways.end());
    }
  }
  return d[x.size()][y.size()];
}

matching::Similarity Compare(std::string_view query, std::string_view candidate) {
  const TokenizedText a = text::Tokenize(query);
  const TokenizedText b = text::Tokenize(candidate);
  const std::int32_t weight = std::max(TotalWeight(a), TotalWeight(b));
  if (a.normal == b.normal) {
    return {1000, 0, weight};
  }
  const std::int32_t distance = TokenDistance(a, b);
  const std::int32_t tenths = weight == 0 ? 0 : std::max(0, weight - distance) * 1000 / weight;
  return {std::min(tenths, 999), distance, weight};
}

}  // namespace sild::reference

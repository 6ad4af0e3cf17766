#include "server/matching/edit_script.h"

#include <algorithm>
#include <string_view>

#include "server/matching/score.h"
#include "server/text/char_table.h"
#include "server/text/utf8.h"

namespace sild::matching {
namespace {

using text::Token;
using text::TokenClass;
using text::TokenizedText;

EditKind KindOf(TokenClass token_class) {
  switch (token_class) {
    case TokenClass::kWord:
      return EditKind::kWord;
    case TokenClass::kNumber:
      return EditKind::kNumber;
    case TokenClass::kTag:
      return EditKind::kTag;
    case TokenClass::kPunctuation:
      break;
  }
  return EditKind::kPunctuation;
}

// Whether two texts differ in nothing but the case of their letters.
bool DifferInCase(std::string_view a, std::string_view b) {
  const text::CharTable& chars = text::CharTable::Get();
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() && j < b.size()) {
    if (chars.FoldCase(text::NextChar(a, i)) != chars.FoldCase(text::NextChar(b, j))) {
      return false;
    }
  }
  return i == a.size() && j == b.size();
}

// What a replacement changes. Of two classes the one that says more: word, tag, number,
// punctuation.
EditKind KindOf(const TokenizedText& stored_text, const Token& stored,
                const TokenizedText& query_text, const Token& query, std::int32_t points) {
  if (stored.token_class != query.token_class) {
    for (const TokenClass token_class : {TokenClass::kWord, TokenClass::kTag}) {
      if (stored.token_class == token_class || query.token_class == token_class) {
        return KindOf(token_class);
      }
    }
    return EditKind::kNumber;
  }
  // Folded forms are also equal where the kind of a quote, apostrophe or stress mark differs.
  if (stored_text.Folded(stored) == query_text.Folded(query) &&
      DifferInCase(stored_text.Surface(stored), query_text.Surface(query))) {
    return EditKind::kCase;
  }
  const bool is_form = stored.token_class == TokenClass::kWord && points < kWordWeight;
  return is_form ? EditKind::kForm : KindOf(stored.token_class);
}

// The place before token `next` of `text`; behind the last token if there is no such one.
ByteRange PlaceBefore(const TokenizedText& text, std::size_t next) {
  const std::uint32_t place = next < text.tokens.size() ? text.tokens[next].range.begin
                              : text.tokens.empty()     ? 0
                                                        : text.tokens.back().range.end;
  return {place, place};
}

Edit Deletion(const Token& token, ByteRange place) {
  return {EditOperation::kDelete, KindOf(token.token_class), token.range, place,
          WeightOf(token.token_class)};
}

Edit Insertion(const Token& token, ByteRange place) {
  return {EditOperation::kInsert, KindOf(token.token_class), place, token.range,
          WeightOf(token.token_class)};
}

}  // namespace

std::vector<Edit> MakeEditScript(const TokenizedText& stored, const TokenizedText& query,
                                 std::int32_t distance, TokenAligner& aligner) {
  std::vector<Edit> edits;
  std::size_t i = 0;
  std::size_t j = 0;
  for (const TokenAligner::Step step : aligner.Steps(stored, query, distance)) {
    if (step == TokenAligner::Step::kDelete) {
      edits.push_back(Deletion(stored.tokens[i], PlaceBefore(query, j)));
      ++i;
      continue;
    }
    if (step == TokenAligner::Step::kInsert) {
      edits.push_back(Insertion(query.tokens[j], PlaceBefore(stored, i)));
      ++j;
      continue;
    }
    const Token& a = stored.tokens[i++];
    const Token& b = query.tokens[j++];
    if (const auto points = TokenAligner::ReplaceCost(stored, a, query, b); points > 0) {
      edits.push_back(
          {EditOperation::kReplace, KindOf(stored, a, query, b, points), a.range, b.range, points});
    }
  }
  return edits;
}

}  // namespace sild::matching

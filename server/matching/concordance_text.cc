#include "server/matching/concordance_text.h"

#include <algorithm>
#include <string>

#include "server/matching/score.h"

namespace sild::matching {
namespace {

using text::Token;
using text::TokenizedText;

TextRank SizeOf(const TokenizedText& text) {
  TextRank rank;
  rank.weight = static_cast<std::uint32_t>(WeightOf(text));
  for (const Token& token : text.tokens) {
    rank.bytes += token.surface.end - token.surface.begin;
  }
  return rank;
}

}  // namespace

PieceFinder::PieceFinder(const ConcordanceQuery& query)
    : query_(query), pieces_(query.piece_count()) {}

std::optional<PieceFinder::Fit> PieceFinder::FitOf(std::span<const Occurrence> occurrences) {
  if (occurrences.size() < pieces_.size() && query_.options().mode == ConcordanceMode::kPhrase) {
    return std::nullopt;
  }
  std::fill(pieces_.begin(), pieces_.end(), Piece());
  return query_.options().mode == ConcordanceMode::kPhrase ? FitOfPhrase(occurrences)
                                                           : FitOfWords(occurrences);
}

std::optional<PieceFinder::Fit> PieceFinder::FitOfWords(std::span<const Occurrence> occurrences) {
  constexpr std::uint32_t kNone = ~std::uint32_t{0};
  const auto size = static_cast<std::uint32_t>(pieces_.size());
  const auto more_than_pieces = [size](std::uint32_t tokens) {
    return 2 * (tokens - std::min(tokens, size));
  };
  std::uint32_t missing = size;
  std::uint32_t spread = kNone;
  for (const auto& [token, use] : occurrences) {
    Piece& piece = pieces_[use.piece];
    missing -= piece.is_found ? 0 : 1;
    piece.is_found = true;
    piece.is_exact = piece.is_exact || use.is_exact;
    piece.last = token;
    if (use.piece == 0 || pieces_[use.piece - 1].has_begin) {
      // The last piece comes first, so that one token is not two pieces in order.
      piece.has_begin = true;
      piece.begin = use.piece == 0 ? token : pieces_[use.piece - 1].begin;
      if (use.piece + 1 == size) {
        spread = std::min(spread, more_than_pieces(token - piece.begin + 1));
      }
    }
    if (missing == 0 && spread > 0) {
      const auto first =
          std::min_element(pieces_.begin(), pieces_.end(),
                           [](const Piece& a, const Piece& b) { return a.last < b.last; });
      spread = std::min(spread, more_than_pieces(token - first->last + 1) + 1);
    }
  }
  if (missing > 0) {
    return std::nullopt;
  }
  const auto inexact =
      std::count_if(pieces_.begin(), pieces_.end(), [](const Piece& p) { return !p.is_exact; });
  return Fit{static_cast<std::uint32_t>(inexact), spread};
}

std::optional<PieceFinder::Fit> PieceFinder::FitOfPhrase(std::span<const Occurrence> occurrences) {
  const auto size = static_cast<std::uint32_t>(pieces_.size());
  phrases_.clear();
  std::optional<Fit> best;
  for (const auto& [token, use] : occurrences) {
    Piece& piece = pieces_[use.piece];
    const Piece* const before = use.piece == 0 ? nullptr : &pieces_[use.piece - 1];
    if (before != nullptr && !(before->has_begin && before->end + 1 == token)) {
      continue;
    }
    piece.has_begin = true;
    piece.end = token;
    piece.inexact = (before == nullptr ? 0 : before->inexact) + (use.is_exact ? 0 : 1);
    if (use.piece + 1 == size) {
      phrases_.push_back(token + 1 - size);
      best = Fit{best ? std::min(best->inexact, piece.inexact) : piece.inexact, 0};
    }
  }
  return best;
}

std::optional<FoundText> TextComparer::Compare(std::string_view text) {
  return query_.options().mode == ConcordanceMode::kSubstring ? CompareSubstring(text)
                                                              : CompareWords(text::Tokenize(text));
}

void TextComparer::FindOccurrences(const TokenizedText& text) {
  occurrences_.clear();
  for (std::uint32_t i = 0; i < text.tokens.size(); ++i) {
    const Token& token = text.tokens[i];
    query_.FindUses(token.token_class, text.Folded(token), uses_);
    for (const ConcordanceQuery::Use& use : uses_) {
      if (query_.HasCase(use.piece, text.Surface(token))) {
        occurrences_.push_back({i, use});
      }
    }
  }
}

std::optional<FoundText> TextComparer::CompareWords(const TokenizedText& text) {
  FindOccurrences(text);
  const std::optional<PieceFinder::Fit> fit = finder_.FitOf(occurrences_);
  if (!fit) {
    return std::nullopt;
  }
  FoundText found{SizeOf(text), {}};
  found.rank.inexact = fit->inexact;
  found.rank.spread = fit->spread;
  const auto add = [&](std::uint32_t first_token, std::uint32_t last_token) {
    const ByteRange range{text.tokens[first_token].range.begin, text.tokens[last_token].range.end};
    if (found.ranges.empty() || found.ranges.back().end <= range.begin) {
      found.ranges.push_back(range);
    }
  };
  if (query_.options().mode == ConcordanceMode::kPhrase) {
    const auto last = static_cast<std::uint32_t>(query_.piece_count() - 1);
    for (const std::uint32_t token : finder_.phrases()) {
      add(token, token + last);
    }
  } else {
    for (const Occurrence& occurrence : occurrences_) {
      add(occurrence.token, occurrence.token);
    }
  }
  return found;
}

std::optional<FoundText> TextComparer::CompareSubstring(std::string_view text) const {
  const text::SearchText form(text, query_.letter_case());
  const std::string& wanted = query_.substring();
  FoundText found;
  for (std::size_t at = form.text().find(wanted); at != std::string::npos;
       at = form.text().find(wanted, at + wanted.size())) {
    const auto begin = static_cast<std::uint32_t>(at);
    const ByteRange range =
        form.ToOriginal({begin, begin + static_cast<std::uint32_t>(wanted.size())});
    // Two that share a character of a text that is not in normal form C touch.
    if (found.ranges.empty() || found.ranges.back().end <= range.begin) {
      found.ranges.push_back(range);
    }
  }
  if (found.ranges.empty()) {
    return std::nullopt;
  }
  found.rank = SizeOf(text::Tokenize(text));
  return found;
}

}  // namespace sild::matching

#include "tests/reference/concordance.h"

#include <algorithm>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "server/text/languages.h"
#include "server/text/normalize.h"
#include "server/text/search_form.h"
#include "server/text/tokens.h"
#include "server/text/utf8.h"

namespace sild::reference {
namespace {

using matching::ConcordanceMode;
using matching::ConcordanceOptions;
using matching::FormsOfWord;
using matching::TextRank;
using text::LetterCase;
using text::Token;
using text::TokenClass;
using text::TokenizedText;

bool IsWordLike(TokenClass token_class) {
  return token_class == TokenClass::kWord || token_class == TokenClass::kNumber;
}

// What is compared: the search form of a word, and of anything else its folded form.
std::string FormOf(TokenClass token_class, const std::string& folded) {
  return token_class == TokenClass::kWord ? text::SearchForm(folded, LetterCase::kIgnore) : folded;
}

bool MatchesWildcards(std::u32string_view pattern, std::u32string_view word) {
  if (pattern.empty()) {
    return word.empty();
  }
  if (pattern[0] == U'*') {
    return MatchesWildcards(pattern.substr(1), word) ||
           (!word.empty() && MatchesWildcards(pattern, word.substr(1)));
  }
  return !word.empty() && (pattern[0] == U'?' || pattern[0] == word[0]) &&
         MatchesWildcards(pattern.substr(1), word.substr(1));
}

// A word of the query, or in a phrase any token.
struct Piece {
  TokenClass token_class = TokenClass::kWord;
  bool is_pattern = false;
  std::string surface;
  std::string folded;
  std::vector<std::string> forms;

  // 0: no, 1: another form, 2: itself.
  int IsToken(TokenClass other_class, const std::string& other_surface,
              const std::string& other_folded, bool match_case) const {
    const std::string cased = text::SearchForm(surface, LetterCase::kKeep);
    const std::string other_cased = text::SearchForm(other_surface, LetterCase::kKeep);
    const std::string other_form = FormOf(other_class, other_folded);
    if (is_pattern) {
      const bool matches =
          IsWordLike(other_class) &&
          MatchesWildcards(text::ToUtf32(text::SearchForm(surface, LetterCase::kIgnore)),
                           text::ToUtf32(other_form)) &&
          (!match_case || MatchesWildcards(text::ToUtf32(cased), text::ToUtf32(other_cased)));
      return matches ? 2 : 0;
    }
    if (other_class != token_class) {
      return 0;
    }
    if (other_form == FormOf(token_class, folded)) {
      return !match_case || token_class != TokenClass::kWord || cased == other_cased ? 2 : 0;
    }
    const bool is_form = std::find(forms.begin(), forms.end(), other_form) != forms.end();
    return is_form && (!match_case || AgreesInCase(cased, other_cased)) ? 1 : 0;
  }

  static bool AgreesInCase(const std::string& word, const std::string& other) {
    const std::u32string a = text::ToUtf32(word);
    const std::u32string b = text::ToUtf32(other);
    const auto folded = [](char32_t c) {
      std::string letter;
      text::AppendChar(c, letter);
      return text::SearchForm(letter, LetterCase::kIgnore);
    };
    const auto is_capital = [&](char32_t c) {
      std::string letter;
      text::AppendChar(c, letter);
      return folded(c) != letter;
    };
    std::size_t common = 0;
    while (common < a.size() && common < b.size() && folded(a[common]) == folded(b[common])) {
      if (a[common] != b[common]) {
        return false;
      }
      ++common;
    }
    return common > 0 || is_capital(a[0]) == is_capital(b[0]);
  }
};

std::vector<Piece> PiecesOf(const std::string& query, const ConcordanceOptions& options,
                            const FormsOfWord& forms_of_word) {
  const TokenizedText text = text::Tokenize(query);
  std::vector<Piece> pieces;
  const auto is_wildcard = [&](const Token& token) {
    return options.wildcards && (text.Surface(token)[0] == '*' || text.Surface(token)[0] == '?');
  };
  for (std::size_t i = 0; i < text.tokens.size(); ++i) {
    const Token& token = text.tokens[i];
    Piece piece{token.token_class,
                is_wildcard(token),
                std::string(text.Surface(token)),
                std::string(text.Folded(token)),
                {}};
    const bool is_word_like = IsWordLike(token.token_class) || piece.is_pattern;
    if (i > 0 && is_word_like && text.tokens[i - 1].surface.end == token.surface.begin) {
      const Token& before = text.tokens[i - 1];
      const bool was_word_like = IsWordLike(before.token_class) || is_wildcard(before);
      if (was_word_like && (piece.is_pattern || is_wildcard(before))) {
        pieces.back().surface += piece.surface;
        pieces.back().is_pattern = true;
        continue;
      }
    }
    pieces.push_back(piece);
  }
  for (Piece& piece : pieces) {
    if (!piece.is_pattern && piece.token_class == TokenClass::kWord && !options.whole_word) {
      for (const std::string& form : forms_of_word(piece.surface)) {
        piece.forms.push_back(text::SearchForm(text::Tokenize(form).folded, LetterCase::kIgnore));
      }
    }
  }
  return pieces;
}

// Without punctuation if there is anything else, and without repetitions.
std::vector<Piece> WordsOf(std::vector<Piece> pieces, bool match_case) {
  const auto is_mark = [](const Piece& piece) {
    return !piece.is_pattern && piece.token_class == TokenClass::kPunctuation;
  };
  std::erase_if(pieces, [](const Piece& piece) {
    return !piece.is_pattern && FormOf(piece.token_class, piece.folded).empty();
  });
  const bool has_words = !std::all_of(pieces.begin(), pieces.end(), is_mark);
  std::vector<Piece> words;
  std::set<std::tuple<bool, TokenClass, std::string>> seen;
  for (const Piece& piece : pieces) {
    const TokenClass token_class = piece.is_pattern ? TokenClass::kWord : piece.token_class;
    const std::string form = piece.is_pattern ? text::SearchForm(piece.surface, LetterCase::kIgnore)
                                              : FormOf(piece.token_class, piece.folded);
    const std::string cased = text::SearchForm(piece.surface, LetterCase::kKeep);
    if ((!has_words || !is_mark(piece)) &&
        seen.insert({piece.is_pattern, token_class, form + (match_case ? "|" + cased : "")})
            .second) {
      words.push_back(piece);
    }
  }
  return words;
}

struct Found {
  TextRank rank;
  std::vector<ByteRange> ranges;
};

// By piece and token: what `IsToken` says.
using Grid = std::vector<std::vector<int>>;

std::optional<Found> FindWords(const Grid& grid, const TokenizedText& text) {
  Found found;
  for (const std::vector<int>& row : grid) {
    const int best = row.empty() ? 0 : *std::max_element(row.begin(), row.end());
    if (best == 0) {
      return std::nullopt;
    }
    found.rank.inexact += best == 1 ? 1 : 0;
  }
  found.rank.spread = ~std::uint32_t{0};
  for (std::size_t begin = 0; begin < text.tokens.size(); ++begin) {
    for (std::size_t end = begin + 1; end <= text.tokens.size(); ++end) {
      std::size_t at = begin;
      bool has_all = true;
      bool is_in_order = true;
      for (const std::vector<int>& row : grid) {
        const auto is_there = [](int grade) { return grade > 0; };
        const auto first = row.begin() + static_cast<std::ptrdiff_t>(begin);
        const auto last = row.begin() + static_cast<std::ptrdiff_t>(end);
        has_all = has_all && std::any_of(first, last, is_there);
        while (at < end && row[at] == 0) {
          ++at;
        }
        is_in_order = is_in_order && at < end;
        ++at;
      }
      if (has_all) {
        const std::size_t more = end - begin > grid.size() ? end - begin - grid.size() : 0;
        found.rank.spread = std::min(found.rank.spread,
                                     static_cast<std::uint32_t>(2 * more + (is_in_order ? 0 : 1)));
      }
    }
  }
  for (std::size_t i = 0; i < text.tokens.size(); ++i) {
    if (std::any_of(grid.begin(), grid.end(), [i](const auto& row) { return row[i] > 0; })) {
      found.ranges.push_back(text.tokens[i].range);
    }
  }
  return found;
}

std::optional<Found> FindPhrase(const Grid& grid, const TokenizedText& text) {
  Found found;
  found.rank.inexact = ~std::uint32_t{0};
  for (std::size_t begin = 0; begin + grid.size() <= text.tokens.size(); ++begin) {
    std::uint32_t inexact = 0;
    bool has_all = true;
    for (std::size_t piece = 0; piece < grid.size(); ++piece) {
      has_all = has_all && grid[piece][begin + piece] > 0;
      inexact += grid[piece][begin + piece] == 1 ? 1 : 0;
    }
    if (has_all) {
      found.rank.inexact = std::min(found.rank.inexact, inexact);
      const ByteRange range{text.tokens[begin].range.begin,
                            text.tokens[begin + grid.size() - 1].range.end};
      if (found.ranges.empty() || found.ranges.back().end <= range.begin) {
        found.ranges.push_back(range);
      }
    }
  }
  return found.ranges.empty() ? std::nullopt : std::optional(found);
}

std::optional<Found> FindSubstring(const std::string& query, LetterCase letter_case,
                                   const std::string& text) {
  const std::string wanted = text::SearchText(query, letter_case).text();
  const text::SearchText form(text, letter_case);
  Found found;
  for (std::size_t at = 0; at + wanted.size() <= form.text().size();) {
    if (form.text().compare(at, wanted.size(), wanted) != 0) {
      ++at;
      continue;
    }
    const ByteRange range = form.ToOriginal(
        {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + wanted.size())});
    if (found.ranges.empty() || found.ranges.back().end <= range.begin) {
      found.ranges.push_back(range);
    }
    at += wanted.size();
  }
  return found.ranges.empty() ? std::nullopt : std::optional(found);
}

std::optional<Found> FindIn(const std::string& source, const std::string& query,
                            const ConcordanceOptions& options, const std::vector<Piece>& pieces) {
  const TokenizedText text = text::Tokenize(source);
  std::optional<Found> found;
  if (options.mode == ConcordanceMode::kSubstring) {
    found =
        FindSubstring(query, options.match_case ? LetterCase::kKeep : LetterCase::kIgnore, source);
  } else {
    Grid grid;
    for (const Piece& piece : pieces) {
      grid.emplace_back();
      for (const Token& token : text.tokens) {
        grid.back().push_back(piece.IsToken(token.token_class, std::string(text.Surface(token)),
                                            std::string(text.Folded(token)), options.match_case));
      }
    }
    found =
        options.mode == ConcordanceMode::kPhrase ? FindPhrase(grid, text) : FindWords(grid, text);
  }
  if (found) {
    for (const Token& token : text.tokens) {
      found->rank.weight += token.token_class == TokenClass::kPunctuation ? 50 : 100;
      found->rank.bytes += static_cast<std::uint32_t>(text.Surface(token).size());
    }
  }
  return found;
}

bool HasTarget(const UnitFilter& filter, const TranslationUnit& unit, const Variant& found) {
  return (!filter.minimum_status && filter.origins.empty()) ||
         std::any_of(unit.variants.begin(), unit.variants.end(), [&](const Variant& variant) {
           return variant.language != found.language && filter.MatchesTarget(variant);
         });
}

}  // namespace

matching::ConcordancePage SearchConcordance(const matching::ConcordanceRequest& request,
                                            const std::string& query,
                                            const ConcordanceOptions& options,
                                            const FormsOfWord& forms_of_word,
                                            const std::vector<TranslationUnit>& units) {
  std::vector<Piece> pieces = PiecesOf(query, options, forms_of_word);
  if (options.mode == ConcordanceMode::kAllWords) {
    pieces = WordsOf(pieces, options.match_case);
  }
  std::vector<matching::ConcordanceHit> hits;
  for (const TranslationUnit& unit : units) {
    const bool is_in_memory = std::find(request.memories.begin(), request.memories.end(),
                                        unit.name.parent()) != request.memories.end();
    if (!is_in_memory || !request.filter.MatchesUnit(unit)) {
      continue;
    }
    std::vector<const Variant*> variants;
    for (const Variant& variant : unit.variants) {
      if (text::LanguageKeyOf(variant.language) == text::LanguageKeyOf(request.language)) {
        variants.push_back(&variant);
      }
    }
    std::sort(variants.begin(), variants.end(), [&](const Variant* a, const Variant* b) {
      return std::pair(text::VarietyRank(request.language, a->language), a->language) <
             std::pair(text::VarietyRank(request.language, b->language), b->language);
    });
    for (const Variant* variant : variants) {
      if (const auto found = FindIn(variant->segment.text, query, options, pieces)) {
        if (HasTarget(request.filter, unit, *variant)) {
          hits.push_back(
              {unit, variant->language, found->ranges, {found->rank, unit.update_time, unit.name}});
        }
        break;
      }
    }
  }
  std::sort(hits.begin(), hits.end(), [](const auto& a, const auto& b) {
    return std::tuple(a.place.rank, -a.place.update_time.time_since_epoch(), a.place.name) <
           std::tuple(b.place.rank, -b.place.update_time.time_since_epoch(), b.place.name);
  });
  matching::ConcordancePage page;
  for (matching::ConcordanceHit& hit : hits) {
    if (request.after && !(*request.after < hit.place)) {
      continue;
    }
    if (page.hits.size() == request.max_hits) {
      page.has_more = true;
      break;
    }
    page.hits.push_back(std::move(hit));
  }
  return page;
}

}  // namespace sild::reference

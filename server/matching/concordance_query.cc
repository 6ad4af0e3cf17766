#include "server/matching/concordance_query.h"

#include <algorithm>
#include <utility>

#include "server/model/try.h"
#include "server/text/char_table.h"
#include "server/text/utf8.h"

namespace sild::matching {
namespace {

using text::LetterCase;
using text::Token;
using text::TokenClass;

bool IsWildcard(std::string_view surface) { return surface[0] == '*' || surface[0] == '?'; }

// Whether the letters that `form` shares with `word` from the first on are in the same case there;
// if it shares none, whether both begin with a capital or neither does.
bool AgreesInCase(std::string_view word, std::string_view form) {
  const text::CharTable& table = text::CharTable::Get();
  const auto is_capital = [&table](char32_t c) { return table.FoldCase(c) != c; };
  std::size_t in_word = 0;
  std::size_t in_form = 0;
  while (in_word < word.size() && in_form < form.size()) {
    const bool is_first = in_word == 0;
    const char32_t a = text::NextChar(word, in_word);
    const char32_t b = text::NextChar(form, in_form);
    if (table.FoldCase(a) != table.FoldCase(b)) {
      return !is_first || is_capital(a) == is_capital(b);
    }
    if (a != b) {
      return false;
    }
  }
  return true;
}

}  // namespace

std::string ConcordanceQuery::KeyOf(TokenClass token_class, std::string_view folded) {
  std::string key(1, static_cast<char>('0' + static_cast<int>(token_class)));
  return token_class == TokenClass::kWord ? key + text::SearchForm(folded, LetterCase::kKeep)
                                          : key.append(folded);
}

absl::StatusOr<ConcordanceQuery> ConcordanceQuery::Parse(std::string_view query,
                                                         const ConcordanceOptions& options,
                                                         const FormsOfWord& forms_of_word) {
  ConcordanceQuery result;
  result.options_ = options;
  SILD_CHECK_OK(options.mode == ConcordanceMode::kSubstring
                    ? result.TakeSubstring(query)
                    : result.TakeWords(query, forms_of_word));
  return result;
}

absl::Status ConcordanceQuery::TakeSubstring(std::string_view query) {
  substring_ = text::SearchText(query, letter_case()).text();
  compact_ = substring_;
  std::erase(compact_, ' ');
  return compact_.empty() ? absl::InvalidArgumentError(
                                "has nothing to look for; write at least one character that can "
                                "be seen")
                          : absl::OkStatus();
}

// Returns the longest stretch of the substring of letters, the marks in words, and spaces.
std::string_view ConcordanceQuery::LongestStretch() const {
  const text::CharTable& table = text::CharTable::Get();
  std::string_view longest;
  std::size_t begin = 0;
  bool is_in_word = false;
  for (std::size_t at = 0; at < substring_.size();) {
    const char32_t c = text::NextChar(substring_, at);
    const text::CharClass is = table.ClassOf(c);
    const bool goes_on = is_in_word && is == text::CharClass::kMark;
    const bool is_letter = is == text::CharClass::kLetter && !table.ExtendsCluster(c);
    is_in_word = goes_on || is_letter;
    if (!is_in_word && is != text::CharClass::kSpace) {
      begin = at;
    } else if (at - begin > longest.size()) {
      longest = std::string_view(substring_).substr(begin, at - begin);
    }
  }
  return longest;
}

// White space ends words, so only the first and the last one may be parts of longer ones.
std::optional<ConcordanceQuery> ConcordanceQuery::AsPhrase() const {
  if (options_.mode != ConcordanceMode::kSubstring) {
    return std::nullopt;
  }
  const std::string_view stretch = LongestStretch();
  std::string phrase = stretch.starts_with(' ') ? "" : "*";
  phrase.append(stretch).append(stretch.ends_with(' ') ? "" : "*");
  absl::StatusOr<ConcordanceQuery> query = Parse(phrase,
                                                 {.mode = ConcordanceMode::kPhrase,
                                                  .whole_word = true,
                                                  .match_case = options_.match_case,
                                                  .wildcards = true},
                                                 {});
  const bool is_of_use = query.ok() && (is_like_phrase() || query->piece_count() > 1);
  return is_of_use ? std::optional(*std::move(query)) : std::nullopt;
}

absl::Status ConcordanceQuery::TakeWords(std::string_view query, const FormsOfWord& forms_of_word) {
  std::vector<Piece> pieces = CutPieces(query, options_.wildcards);
  const auto is_mark = [](const Piece& piece) {
    return piece.token_class == TokenClass::kPunctuation;
  };
  const auto is_any_word = [](const Piece& piece) {
    return piece.is_pattern && piece.key.find_first_not_of("*?") == std::string::npos;
  };
  // Such as a stress mark alone.
  const auto is_nothing = [](const Piece& piece) {
    return !piece.is_pattern && piece.key.size() == 1;
  };
  if (options_.mode == ConcordanceMode::kAllWords) {
    std::erase_if(pieces, is_nothing);
    if (!std::all_of(pieces.begin(), pieces.end(), is_mark)) {
      std::erase_if(pieces, is_mark);
    }
  }
  if (std::all_of(pieces.begin(), pieces.end(), is_nothing)) {
    return absl::InvalidArgumentError("has nothing to look for; write at least one word");
  }
  const auto any_word = std::find_if(pieces.begin(), pieces.end(), is_any_word);
  if (any_word != pieces.end() && (options_.mode == ConcordanceMode::kAllWords ||
                                   std::all_of(pieces.begin(), pieces.end(), is_any_word))) {
    return absl::InvalidArgumentError(
        "has a word of wildcards alone, which any word would do for; write letters beside them, or "
        "use it in a phrase that has other words");
  }
  for (Piece& piece : pieces) {
    AddPiece(std::move(piece));
  }
  if (patterns_.size() > kMaxPatterns) {
    return absl::InvalidArgumentError("has " + std::to_string(patterns_.size()) +
                                      " words with wildcards, but at most " +
                                      std::to_string(kMaxPatterns) + " may have them; write fewer");
  }
  for (std::uint32_t piece = 0; piece < pieces_.size() && !options_.whole_word; ++piece) {
    AddForms(piece, forms_of_word);
  }
  for (auto& [key, uses] : uses_) {
    std::sort(uses.begin(), uses.end(),
              [](const Use& a, const Use& b) { return a.piece > b.piece; });
  }
  return absl::OkStatus();
}

// Tokens, but a wildcard with the words, numbers and wildcards that it touches is one.
std::vector<ConcordanceQuery::Piece> ConcordanceQuery::CutPieces(std::string_view query,
                                                                 bool wildcards) {
  const text::TokenizedText text = text::Tokenize(query);
  std::vector<Piece> pieces;
  std::uint32_t end = 0;
  bool may_join = false;  // The token before was a word, number or wildcard.
  bool was_wildcard = false;
  for (const Token& token : text.tokens) {
    const std::string_view surface = text.Surface(token);
    const bool is_wildcard = wildcards && IsWildcard(surface);
    const bool is_word =
        token.token_class == TokenClass::kWord || token.token_class == TokenClass::kNumber;
    const bool touches = may_join && token.surface.begin == end;
    if (touches && (is_wildcard || (is_word && was_wildcard))) {
      pieces.back().surface += surface;
      pieces.back().is_pattern = true;
    } else {
      pieces.push_back({token.token_class, is_wildcard, std::string(surface), "", ""});
      pieces.back().key = KeyOf(token.token_class, text.Folded(token));
    }
    end = token.surface.end;
    was_wildcard = is_wildcard;
    may_join = is_word || is_wildcard;
  }
  for (Piece& piece : pieces) {
    piece.cased = text::SearchForm(piece.surface, LetterCase::kKeep);
    if (piece.is_pattern) {
      piece.token_class = TokenClass::kWord;
      piece.key = text::SearchForm(piece.surface, LetterCase::kIgnore);
    }
  }
  return pieces;
}

void ConcordanceQuery::AddPiece(Piece piece) {
  if (options_.mode != ConcordanceMode::kPhrase &&
      std::any_of(pieces_.begin(), pieces_.end(), [&](const Piece& other) {
        return other.is_pattern == piece.is_pattern && other.key == piece.key &&
               (!options_.match_case || other.cased == piece.cased);
      })) {
    return;
  }
  const auto number = static_cast<std::uint32_t>(pieces_.size());
  if (piece.is_pattern) {
    patterns_.push_back({number, WordWildcards(piece.key), WordWildcards(piece.cased)});
  } else {
    AddUse(piece.key, {number, true});
  }
  pieces_.push_back(std::move(piece));
}

void ConcordanceQuery::AddForms(std::uint32_t piece, const FormsOfWord& forms_of_word) {
  if (pieces_[piece].is_pattern || pieces_[piece].token_class != TokenClass::kWord) {
    return;
  }
  for (const std::string& form : forms_of_word(pieces_[piece].surface)) {
    const text::TokenizedText text = text::Tokenize(form);
    if (text.tokens.size() == 1 && text.tokens[0].token_class == TokenClass::kWord) {
      AddUse(KeyOf(TokenClass::kWord, text.folded), {piece, false});
    }
  }
}

// A word that is a form of itself stays exact.
void ConcordanceQuery::AddUse(const std::string& key, Use use) {
  std::vector<Use>& uses = uses_[key];
  if (std::none_of(uses.begin(), uses.end(),
                   [&use](const Use& other) { return other.piece == use.piece; })) {
    uses.push_back(use);
    has_inflected_forms_ = has_inflected_forms_ || !use.is_exact;
  }
}

void ConcordanceQuery::FindUses(TokenClass token_class, std::string_view folded,
                                std::vector<Use>& uses) const {
  uses.clear();
  const std::string key = KeyOf(token_class, folded);
  if (const auto found = uses_.find(key); found != uses_.end()) {
    uses = found->second;
  }
  if (patterns_.empty() ||
      (token_class != TokenClass::kWord && token_class != TokenClass::kNumber)) {
    return;
  }
  for (const Pattern& pattern : patterns_) {
    if (pattern.folded.Matches(std::string_view(key).substr(1))) {
      uses.push_back({pattern.piece, true});
    }
  }
  std::sort(uses.begin(), uses.end(), [](const Use& a, const Use& b) { return a.piece > b.piece; });
}

bool ConcordanceQuery::HasCase(std::uint32_t piece, std::string_view surface) const {
  // Of other tokens, what differs though they are the same is no case, as `...` and `…`.
  if (!options_.match_case || pieces_[piece].token_class != TokenClass::kWord) {
    return true;
  }
  const std::string cased = text::SearchForm(surface, LetterCase::kKeep);
  if (!pieces_[piece].is_pattern) {
    return AgreesInCase(pieces_[piece].cased, cased);
  }
  const auto pattern = std::find_if(patterns_.begin(), patterns_.end(),
                                    [&](const Pattern& other) { return other.piece == piece; });
  return pattern->cased.Matches(cased);
}

}  // namespace sild::matching

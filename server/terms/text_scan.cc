#include "server/terms/text_scan.h"

#include "server/terms/char_kinds.h"
#include "server/text/utf8.h"

namespace sild::terms {
namespace {

constexpr std::uint8_t kBothScripts = CharKind::kLatin | CharKind::kCyrillic;

// Bytes of text a token, so that the tokens of most texts need no second allocation.
constexpr std::size_t kBytesPerToken = 4;

// How many tokens ahead the table is told of look-ups. Enough to hide a miss of the cache.
constexpr std::size_t kLookAhead = 8;

class Scanner {
 public:
  Scanner(std::string_view text, const FormTable& forms)
      : kinds_(CharKinds::Get()), text_(text), forms_(forms) {
    tokens_.reserve(text.size() / kBytesPerToken + 1);
  }

  std::vector<ScannedToken> Run() && {
    while (at_ < text_.size()) {
      std::size_t next = at_;
      const CharKind kind = Next(next);
      if (kind.Is(CharKind::kWord)) {
        ReadWord(kind, next);
      } else if (kind.Is(CharKind::kSpace)) {
        joint_ = Joint::kSpace;
        at_ = next;
        BeginPiece();
      } else if (kind.Is(CharKind::kRare)) {
        ReadPieceExactly();
      } else {
        Push(next, AddToHash(kHashSeed, kind.folded), kind.bits, false);
        at_ = next;
      }
    }
    LookUp();
    return std::move(tokens_);
  }

 private:
  CharKind Next(std::size_t& at) const {
    const auto first = static_cast<unsigned char>(text_[at]);
    if (first < 0x80) {
      ++at;
      return kinds_[first];
    }
    return kinds_[text::NextChar(text_, at)];
  }

  // Reads a word whose first character ends at `next`.
  void ReadWord(CharKind kind, std::size_t next) {
    const bool has_capital = kind.Is(CharKind::kCapital);
    std::uint64_t hash = kHashSeed;
    std::uint8_t bits = 0;
    std::size_t end = next;
    while (true) {
      hash = AddToHash(hash, kind.folded);
      bits |= kind.bits;
      end = next;
      if (end == text_.size()) {
        break;
      }
      kind = Next(next);
      if (kind.Is(CharKind::kWord)) {
        continue;
      }
      const bool may_join = kind.folded == '\'' || kind.folded == '-';
      const CharKind after = may_join && next < text_.size() ? Peek(next) : CharKind();
      if (kind.Is(CharKind::kRare) || after.Is(CharKind::kRare)) {
        ReadPieceExactly();
        return;
      }
      if (kind.folded != '\'' || !after.Is(CharKind::kWord)) {
        const bool is_hyphen = kind.folded == '-' && after.Is(CharKind::kWord);
        Push(end, hash, bits, has_capital);
        joint_ = is_hyphen ? Joint::kHyphen : Joint::kNothing;
        at_ = is_hyphen ? next : end;
        return;
      }
    }
    Push(end, hash, bits, has_capital);
    at_ = end;
  }

  CharKind Peek(std::size_t at) const { return Next(at); }

  void Push(std::size_t end, std::uint64_t hash, std::uint8_t bits, bool has_capital) {
    ScannedToken token;
    token.hash = FinishHash(hash);
    token.range = {static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(end)};
    token.joint = joint_;
    token.has_capital = has_capital;
    token.mixes_scripts = (bits & kBothScripts) == kBothScripts;
    tokens_.push_back(token);
    joint_ = Joint::kNothing;
  }

  // Notes that a piece begins here: at the text's begin or behind a space. Nothing is normalized
  // across spaces, so that a piece can be read by itself.
  void BeginPiece() {
    piece_ = at_;
    piece_tokens_ = tokens_.size();
  }

  // Reads the piece at hand again, and to its end.
  void ReadPieceExactly() {
    while (at_ < text_.size() && !Peek(at_).Is(CharKind::kSpace)) {
      Next(at_);
    }
    tokens_.resize(piece_tokens_);
    const TermText piece = ReadTermText(text_.substr(piece_, at_ - piece_));
    const auto begin = static_cast<std::uint32_t>(piece_);
    for (const TermToken& read : piece.tokens) {
      ScannedToken token;
      token.range = {begin + read.range.begin, begin + read.range.end};
      token.joint = read.joint;
      token.has_capital = read.has_capital;
      token.is_plain = false;
      const std::string_view folded = piece.Folded(read);
      std::uint8_t bits = 0;
      for (std::size_t at = 0; at < folded.size();) {
        bits |= kinds_[text::NextChar(folded, at)].bits;
      }
      token.mixes_scripts = (bits & kBothScripts) == kBothScripts;
      token.form = forms_.FindFolded(folded);
      LookUpInOneScript(folded, token);
      tokens_.push_back(token);
    }
  }

  void LookUp() {
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      if (i + kLookAhead < tokens_.size()) {
        forms_.Prefetch(tokens_[i + kLookAhead].hash);
      }
      ScannedToken& token = tokens_[i];
      if (token.is_plain) {
        const std::string_view plain =
            text_.substr(token.range.begin, token.range.end - token.range.begin);
        token.form = forms_.Find(token.hash, plain);
        if (token.mixes_scripts) {
          LookUpInOneScript(FoldPlainWord(plain), token);
        }
      }
    }
  }

  void LookUpInOneScript(std::string_view folded, ScannedToken& token) const {
    if (token.mixes_scripts && token.form == kNoForm) {
      token.form = forms_.FindFolded(InOneScript(folded));
    } else {
      token.mixes_scripts = false;
    }
  }

  const CharKinds& kinds_;
  std::string_view text_;
  const FormTable& forms_;
  std::vector<ScannedToken> tokens_;
  std::size_t at_ = 0;
  Joint joint_ = Joint::kSpace;
  std::size_t piece_ = 0;         // Where the piece at hand begins.
  std::size_t piece_tokens_ = 0;  // How many tokens there were then.
};

}  // namespace

std::vector<ScannedToken> ScanText(std::string_view text, const FormTable& forms) {
  return Scanner(text, forms).Run();
}

}  // namespace sild::terms

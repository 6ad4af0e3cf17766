#include "server/terms/text_scan.h"

#include <algorithm>
#include <array>
#include <string>

#include "server/terms/char_kinds.h"
#include "server/text/utf8.h"

namespace sild::terms {
namespace {

constexpr std::uint8_t kBothScripts = CharKind::kLatin | CharKind::kCyrillic;

// Bytes of text a token, so that the tokens of most texts need no second allocation.
constexpr std::size_t kBytesPerToken = 4;

// How many tokens are looked up together. Enough to hide a miss of the cache, and few enough for
// what was announced to be still there.
constexpr std::size_t kBlock = 32;

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
    LookUpBlock();
    return std::move(tokens_);
  }

 private:
  CharKind Next(std::size_t& at) const {
    const auto first = static_cast<unsigned char>(text_[at]);
    if (first < 0x80) {
      ++at;
      return kinds_[first];
    }
    if (first < 0xE0 && at + 1 < text_.size()) {
      const auto second = static_cast<unsigned char>(text_[at + 1]);
      at += 2;
      return kinds_[(first & 0x1FU) << 6 | (second & 0x3FU)];
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
    hash = FinishHash(hash);
    if (tokens_.size() == block_ + kBlock) {
      LookUpBlock();
    }
    hashes_[tokens_.size() - block_] = hash;
    ScannedToken& token = tokens_.emplace_back();
    token.range = {static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(end)};
    token.joint = joint_;
    token.has_capital = has_capital;
    token.mixes_scripts = (bits & kBothScripts) == kBothScripts;
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
    LookUpBlock();
    const TermText piece = ReadTermText(text_.substr(piece_, at_ - piece_));
    const auto begin = static_cast<std::uint32_t>(piece_);
    for (const TermToken& read : piece.tokens) {
      ScannedToken token;
      token.range = {begin + read.range.begin, begin + read.range.end};
      token.joint = read.joint;
      token.has_capital = read.has_capital;
      const std::string_view folded = piece.Folded(read);
      token.mixes_scripts = MixesScripts(folded);
      SetForm(forms_.Find(folded), folded, token);
      tokens_.push_back(token);
    }
    block_ = tokens_.size();
  }

  bool MixesScripts(std::string_view folded) const {
    std::uint8_t bits = 0;
    for (std::size_t at = 0; at < folded.size();) {
      bits |= kinds_[text::NextChar(folded, at)].bits;
    }
    return (bits & kBothScripts) == kBothScripts;
  }

  // Looks up the tokens from `block_` on.
  void LookUpBlock() {
    block_ = std::min(block_, tokens_.size());
    const std::size_t count = tokens_.size() - block_;
    std::array<std::size_t, kBlock> left;  // The tokens that may be forms.
    std::size_t left_count = 0;
    for (std::size_t i = 0; i < count; ++i) {
      left[left_count] = i;
      left_count += forms_.MayHave(hashes_[i]) || tokens_[block_ + i].mixes_scripts ? 1 : 0;
    }
    for (std::size_t i = 0; i < left_count; ++i) {
      forms_.Announce(hashes_[left[i]]);
    }
    std::array<FormId, kBlock> candidates;
    for (std::size_t i = 0; i < left_count; ++i) {
      candidates[i] = forms_.Candidate(hashes_[left[i]]);
    }
    for (std::size_t i = 0; i < left_count; ++i) {
      ScannedToken& token = tokens_[block_ + left[i]];
      if (candidates[i] != kNoForm || token.mixes_scripts) {
        const std::string_view plain =
            text_.substr(token.range.begin, token.range.end - token.range.begin);
        const FormId form = forms_.Confirm(candidates[i], hashes_[left[i]], plain);
        SetForm(form, token.mixes_scripts ? FoldPlainWord(plain) : std::string(), token);
      }
    }
    block_ = tokens_.size();
  }

  void SetForm(FormId form, std::string_view folded, ScannedToken& token) const {
    token.mixes_scripts = token.mixes_scripts && form == kNoForm;
    token.form = token.mixes_scripts ? forms_.Find(InOneScript(folded)) : form;
    if (token.form != kNoForm) {
      token.number = forms_.NumberOf(token.form);
    }
  }

  const CharKinds& kinds_;
  std::string_view text_;
  const FormTable& forms_;
  std::vector<ScannedToken> tokens_;
  std::size_t at_ = 0;
  Joint joint_ = Joint::kSpace;
  std::size_t block_ = 0;                     // The first token that is not looked up yet.
  std::array<std::uint64_t, kBlock> hashes_;  // Of the tokens from there on.
  std::size_t piece_ = 0;                     // Where the piece at hand begins.
  std::size_t piece_tokens_ = 0;              // How many tokens there were then.
};

}  // namespace

std::vector<ScannedToken> ScanText(std::string_view text, const FormTable& forms) {
  return Scanner(text, forms).Run();
}

}  // namespace sild::terms

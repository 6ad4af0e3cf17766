#include "server/terms/text_scan.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
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

// What the tokens of a text were found to be, by their bytes, the last of each hash: most tokens of
// a text have stood in it before, and cost no look-up then. Small enough for the nearest caches.
class KnownTokens {
 public:
  struct Known {
    std::uint64_t begin = 0;  // The bytes of the token, filled up with NUL.
    std::uint64_t end = 0;
    FormId form = kNoForm;
    std::uint32_t number = FormTable::kNoNumber;
  };

  explicit KnownTokens(std::string_view text)
      : text_(text), known_(std::clamp(std::bit_ceil(text.size() / 32), kMin, kMax)) {}

  // Whether the token `[begin, end)` can be kept.
  bool Takes(std::size_t begin, std::size_t end) const {
    return end - begin <= kMaxBytes && begin + kMaxBytes <= text_.size();
  }

  // Returns where the token, which can be kept, is or is to be kept. What is there is another one
  // unless `Is`; nothing there is the token NUL, which is no form.
  Known& PlaceOf(std::uint64_t hash) { return known_[hash & (known_.size() - 1)]; }
  bool Is(const Known& known, std::size_t begin, std::size_t end) const {
    const Known token = Read(begin, end);
    return ((known.begin ^ token.begin) | (known.end ^ token.end)) == 0;
  }
  Known Read(std::size_t begin, std::size_t end) const {
    const std::size_t bytes = end - begin;
    return {First(begin, std::min<std::size_t>(bytes, 8)),
            First(begin + 8, bytes - std::min<std::size_t>(bytes, 8))};
  }

 private:
  static constexpr std::size_t kMin = 16;
  static constexpr std::size_t kMax = 4'096;
  static constexpr std::size_t kMaxBytes = 16;

  // The first of the 8 bytes at `at`.
  std::uint64_t First(std::size_t at, std::size_t bytes) const {
    std::uint64_t value = 0;
    std::memcpy(&value, &text_[at], sizeof(value));
    const std::size_t half = 32 - 4 * bytes;  // All 64 bits cannot be shifted out at once.
    return value << half << half;             // The first byte is the lowest.
  }

  std::string_view text_;
  std::vector<Known> known_;
};

class Scanner {
 public:
  Scanner(std::string_view text, const FormTable& forms)
      : kinds_(CharKinds::Get()), text_(text), forms_(forms), known_(text) {
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
    LookUpWaiting();
    return std::move(tokens_);
  }

 private:
  // A token that is not looked up yet.
  struct Waiting {
    std::size_t token = 0;
    std::uint64_t hash = 0;
  };

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
    const bool mixes_scripts = (bits & kBothScripts) == kBothScripts;
    const KnownTokens::Known& known = known_.PlaceOf(hash);
    const bool is_known = known_.Takes(at_, end) && known_.Is(known, at_, end) && !mixes_scripts;
    if (!is_known) {
      if (waiting_count_ == kBlock) {
        LookUpWaiting();
      }
      waiting_[waiting_count_++] = {tokens_.size(), hash};
    }
    tokens_.push_back({{static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(end)},
                       is_known ? known.form : kNoForm,
                       is_known ? known.number : FormTable::kNoNumber,
                       joint_,
                       has_capital,
                       mixes_scripts});
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
    while (waiting_count_ > 0 && waiting_[waiting_count_ - 1].token >= piece_tokens_) {
      --waiting_count_;
    }
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
  }

  bool MixesScripts(std::string_view folded) const {
    std::uint8_t bits = 0;
    for (std::size_t at = 0; at < folded.size();) {
      bits |= kinds_[text::NextChar(folded, at)].bits;
    }
    return (bits & kBothScripts) == kBothScripts;
  }

  // Looks up the tokens that wait for it.
  void LookUpWaiting() {
    std::array<Waiting, kBlock> left;  // Those that may be forms.
    std::size_t left_count = 0;
    for (std::size_t i = 0; i < waiting_count_; ++i) {
      left[left_count] = waiting_[i];
      left_count += forms_.MayHave(waiting_[i].hash) || tokens_[waiting_[i].token].mixes_scripts;
    }
    for (std::size_t i = 0; i < left_count; ++i) {
      forms_.Announce(left[i].hash);
    }
    std::array<FormId, kBlock> candidates;
    for (std::size_t i = 0; i < left_count; ++i) {
      candidates[i] = forms_.Candidate(left[i].hash);
    }
    for (std::size_t i = 0; i < left_count; ++i) {
      LookUp(candidates[i], left[i].hash, tokens_[left[i].token]);
    }
    for (std::size_t i = 0; i < waiting_count_; ++i) {
      Remember(waiting_[i].hash, tokens_[waiting_[i].token]);
    }
    waiting_count_ = 0;
  }

  void LookUp(FormId candidate, std::uint64_t hash, ScannedToken& token) const {
    FormId form = candidate;
    if (candidate != kNoForm) {
      form = forms_.Confirm(candidate, hash, text_, token.range.begin, token.range.end);
    }
    if (token.mixes_scripts) {
      SetForm(form, FoldPlainWord(TextOf(token)), token);
    } else if (form != kNoForm) {
      token.form = form;
      token.number = forms_.NumberOf(form);
    }
  }

  void Remember(std::uint64_t hash, const ScannedToken& token) {
    if (known_.Takes(token.range.begin, token.range.end) && !token.mixes_scripts) {
      KnownTokens::Known known = known_.Read(token.range.begin, token.range.end);
      known.form = token.form;
      known.number = token.number;
      known_.PlaceOf(hash) = known;
    }
  }

  std::string_view TextOf(const ScannedToken& token) const {
    return text_.substr(token.range.begin, token.range.end - token.range.begin);
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
  KnownTokens known_;
  std::array<Waiting, kBlock> waiting_;  // Ascending.
  std::size_t waiting_count_ = 0;
  std::size_t piece_ = 0;         // Where the piece at hand begins.
  std::size_t piece_tokens_ = 0;  // How many tokens there were then.
};

}  // namespace

std::vector<ScannedToken> ScanText(std::string_view text, const FormTable& forms) {
  return Scanner(text, forms).Run();
}

}  // namespace sild::terms

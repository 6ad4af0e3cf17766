#include "server/terms/text_scan.h"

#include <algorithm>
#include <array>
#include <bit>
#include <string>

#include <nmmintrin.h>

#include "server/terms/char_kinds.h"
#include "server/terms/short_token.h"
#include "server/text/utf8.h"

namespace sild::terms {
namespace {

constexpr std::uint8_t kBothScripts = CharKind::kLatin | CharKind::kCyrillic;

// Bytes of text a token, so that the tokens of most texts need no second allocation.
constexpr std::size_t kBytesPerToken = 4;

// How many tokens are looked up together. Enough to hide a miss of the cache, and few enough for
// what was announced to be still there.
constexpr std::size_t kBlock = 32;

// Bytes of a folded token; of more it is read by `ReadTermText`.
constexpr std::size_t kMaxFolded = 256;

// What the short tokens of a text were found to be, by their bytes, the last of each hash: most
// tokens of a text have stood in it before. As large as the nearest caches at most.
class KnownTokens {
 public:
  struct Known {
    __m128i bytes = _mm_setzero_si128();  // Nothing there is the token NUL, which is no form.
    FormId form = kNoForm;
    std::uint32_t number = FormTable::kNoNumber;
    bool has_capital = false;
  };

  explicit KnownTokens(std::size_t text_bytes)
      : known_(std::clamp(std::bit_ceil(text_bytes / kBytesPerPlace), kMin, kMax)) {}

  // Returns where a token is or is to be kept.
  Known& PlaceOf(const ShortToken& token) {
    return known_[_mm_crc32_u64(_mm_crc32_u64(0, token.First()), token.Last()) &
                  (known_.size() - 1)];
  }

 private:
  static constexpr std::size_t kBytesPerPlace = 32;
  static constexpr std::size_t kMin = 16;
  static constexpr std::size_t kMax = 16'384;

  std::vector<Known> known_;
};

class Scanner {
 public:
  Scanner(std::string_view text, const FormTable& forms)
      : kinds_(CharKinds::Get()), text_(text), forms_(forms), known_(text.size()) {
    tokens_.reserve(text.size() / kBytesPerToken + 1);
    const std::string_view end = text.substr(EndAt());
    std::copy(end.begin(), end.end(), end_.begin());
  }

  std::vector<ScannedToken> Run() && {
    while (at_ < text_.size()) {
      if (TakeRun()) {
        continue;
      }
      std::size_t next = at_;
      const CharKind kind = Next(next);
      if (kind.Is(CharKind::kWord)) {
        ReadWord(kind, next);
      } else if (kind.Is(CharKind::kSpace)) {
        PassSpace(next);
      } else if (kind.Is(CharKind::kRare)) {
        ReadPieceExactly();
      } else {
        folded_size_ = 0;
        Fold(kind.folded);
        Push(next, kind.bits, false);
        at_ = next;
      }
    }
    LookUpWaiting();
    return std::move(tokens_);
  }

 private:
  // A token that is not looked up yet.
  struct Waiting {
    ShortToken folded;  // Empty if it is longer.
    std::uint64_t hash;
    std::size_t token;
  };

  // Takes what stands at `at_` if it is a short token with nothing behind it that might change it,
  // as most are, and the space behind it. What else it is, a symbol or several tokens or has rare
  // characters, it is not known as.
  bool TakeRun() {
    const ShortToken run = ShortToken::RunAt(Readable(at_));
    const KnownTokens::Known& known = known_.PlaceOf(run);
    if (run.size == 0) {
      return false;
    }
    if (run.BytesEqual(known.bytes) == 0xFFFF) {
      Add(at_ + run.size, known.form, known.number, known.has_capital, false);
    } else if (const auto token = FoldPlainRun(run, kinds_)) {
      Wait(token->folded, HashOf(token->folded));
      Add(at_ + run.size, kNoForm, FormTable::kNoNumber, token->has_capital, false);
    } else {
      return false;
    }
    at_ += run.size;
    if (at_ < text_.size() && text_[at_] == ' ') {
      PassSpace(at_ + 1);
    }
    return true;
  }

  // Where `ShortToken::kReadBytes` can be read that begin with what the text has at `at`.
  const char* Readable(std::size_t at) const {
    return at + ShortToken::kReadBytes <= text_.size() ? &text_[at] : &end_[at - EndAt()];
  }
  std::size_t EndAt() const {
    return text_.size() - std::min(text_.size(), ShortToken::kReadBytes);
  }

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
    folded_size_ = 0;
    std::uint8_t bits = 0;
    std::size_t end = next;
    while (true) {
      if (folded_size_ > kMaxFolded) {
        ReadPieceExactly();
        return;
      }
      Fold(kind.folded);
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
        Push(end, bits, has_capital);
        joint_ = is_hyphen ? Joint::kHyphen : Joint::kNothing;
        at_ = is_hyphen ? next : end;
        return;
      }
    }
    Push(end, bits, has_capital);
    at_ = end;
  }

  CharKind Peek(std::size_t at) const { return Next(at); }

  // Appends to the folded token.
  void Fold(char16_t c) {
    const auto put = [this](unsigned byte) { folded_[folded_size_++] = static_cast<char>(byte); };
    if (c < 0x80) {
      put(c);
    } else if (c < 0x800) {
      put(0xC0U | c >> 6);
      put(0x80U | (c & 0x3FU));
    } else {
      put(0xE0U | c >> 12);
      put(0x80U | (c >> 6 & 0x3FU));
      put(0x80U | (c & 0x3FU));
    }
  }

  // Takes the token that was folded, from `at_` to `end`.
  void Push(std::size_t end, std::uint8_t bits, bool has_capital) {
    const bool is_short = folded_size_ <= ShortToken::kMaxBytes;
    Wait(ShortToken::At(folded_.data(), is_short ? folded_size_ : 0),
         HashOf({folded_.data(), folded_size_}));
    Add(end, kNoForm, FormTable::kNoNumber, has_capital, (bits & kBothScripts) == kBothScripts);
  }

  // Lets the next token be looked up with others.
  void Wait(const ShortToken& folded, std::uint64_t hash) {
    if (waiting_count_ == kBlock) {
      LookUpWaiting();
    }
    waiting_[waiting_count_++] = {folded, hash, tokens_.size()};
  }

  void Add(std::size_t end, FormId form, std::uint32_t number, bool has_capital,
           bool mixes_scripts) {
    tokens_.push_back({{static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(end)},
                       form,
                       number,
                       joint_,
                       has_capital,
                       mixes_scripts});
    joint_ = Joint::kNothing;
  }

  void PassSpace(std::size_t end) {
    joint_ = Joint::kSpace;
    at_ = end;
    BeginPiece();
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
    std::array<std::size_t, kBlock> left;  // Those that may be forms.
    std::size_t left_count = 0;
    for (std::size_t i = 0; i < waiting_count_; ++i) {
      left[left_count] = i;
      left_count += forms_.MayHave(waiting_[i].hash) || tokens_[waiting_[i].token].mixes_scripts;
    }
    for (std::size_t i = 0; i < left_count; ++i) {
      forms_.Announce(waiting_[left[i]].hash);
    }
    std::array<FormId, kBlock> candidates;
    for (std::size_t i = 0; i < left_count; ++i) {
      candidates[i] = forms_.Candidate(waiting_[left[i]].hash);
    }
    for (std::size_t i = 0; i < left_count; ++i) {
      LookUp(candidates[i], waiting_[left[i]]);
    }
    for (std::size_t i = 0; i < waiting_count_; ++i) {
      Remember(tokens_[waiting_[i].token]);
    }
    waiting_count_ = 0;
  }

  void LookUp(FormId candidate, const Waiting& waiting) {
    ScannedToken& token = tokens_[waiting.token];
    FormId form = candidate;
    if (candidate != kNoForm) {
      form = waiting.folded.size > 0 ? forms_.Confirm(candidate, waiting.hash, waiting.folded)
                                     : forms_.Confirm(candidate, waiting.hash, TextOf(token));
    }
    if (token.mixes_scripts) {
      SetForm(form, FoldPlainWord(TextOf(token)), token);
    } else if (form != kNoForm) {
      token.form = form;
      token.number = forms_.NumberOf(form);
    }
  }

  void Remember(const ScannedToken& token) {
    const std::size_t size = token.range.end - token.range.begin;
    if (size <= ShortToken::kMaxBytes && !token.mixes_scripts) {
      const ShortToken bytes = ShortToken::At(Readable(token.range.begin), size);
      known_.PlaceOf(bytes) = {bytes.bytes, token.form, token.number, token.has_capital};
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
  std::array<char, 2 * ShortToken::kReadBytes> end_{};  // The last bytes of the text, and NUL.
  std::array<char, kMaxFolded + ShortToken::kReadBytes> folded_{};
  std::size_t folded_size_ = 0;
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

#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "server/terms/short_token.h"

namespace sild::terms {

// Names a form in a `FormTable`.
using FormId = std::uint32_t;
constexpr FormId kNoForm = ~FormId{0};

// Folded tokens, each with a number: open addressing; in a place half of the hash and where the
// record is; the records, number and text, one behind another; before all a filter that stays in
// the cache. So most tokens that are no forms cost no miss of the cache, a form costs two, and both
// can be announced. Costs some 18 bytes a form besides its text; takes 4 GiB of records. Safe for
// any number of threads once `Finish` was called.
class FormTable {
 public:
  static constexpr std::uint32_t kNoNumber = ~std::uint32_t{0};

  FormTable();

  // Returns the form `folded`, which is added with `kNoNumber` if it is not there. Not after
  // `Finish`. `folded` must not be empty or hold NUL.
  FormId Add(std::string_view folded);

  // Makes the table as small as it may be.
  void Finish();

  std::uint32_t NumberOf(FormId form) const {
    std::uint32_t number = 0;
    std::memcpy(&number, &records_[form], sizeof(number));
    return number;
  }
  void SetNumber(FormId form, std::uint32_t number) {
    std::memcpy(&records_[form], &number, sizeof(number));
  }
  std::string_view TextOf(FormId form) const { return &records_[form + kTextAt]; }

  // The form `folded`, or `kNoForm`.
  FormId Find(std::string_view folded) const;

  // The same in steps, so that memory is read for many tokens at once.
  // 1. Whether the token may be a form: one of eight others passes too.
  bool MayHave(std::uint64_t hash) const {
    return (filter_[FilterBit(hash) / 64] >> FilterBit(hash) % 64 & 1) != 0;
  }
  // 2. If so, tells the processor what comes.
  void Announce(std::uint64_t hash) const { __builtin_prefetch(&places_[PlaceOf(hash)]); }
  // 3. The form that it can only be, or `kNoForm`.
  FormId Candidate(std::uint64_t hash) const {
    const FormId form = Probe(hash, [](FormId /*form*/) { return true; });
    if (form != kNoForm) {
      __builtin_prefetch(&records_[form]);
    }
    return form;
  }
  // 4. Whether `candidate`, which is none of `kNoForm`, is the folded token, or what other form
  // with half of the hash in common is.
  FormId Confirm(FormId candidate, std::uint64_t hash, const ShortToken& folded) const {
    const auto is_token = [&](FormId form) { return IsText(form, folded); };
    return is_token(candidate) ? candidate : Probe(hash, is_token);
  }
  // The same for a token of any length as it stands in a text, without rare characters
  // (`CharKinds`).
  FormId Confirm(FormId candidate, std::uint64_t hash, std::string_view token) const;

  std::size_t size() const { return size_; }
  std::size_t size_bytes() const;

 private:
  static constexpr std::size_t kTextAt = sizeof(std::uint32_t);  // In a record; NUL ends the text.

  struct Place {
    std::uint32_t tag = 0;  // The lower half of the hash; the upper tells the place.
    FormId form = kNoForm;
  };

  std::size_t PlaceOf(std::uint64_t hash) const { return (hash >> 32) * places_.size() >> 32; }
  std::size_t FilterBit(std::uint64_t hash) const {
    return (hash & 0xFFFFFFFF) * (filter_.size() * 64) >> 32;
  }
  static std::uint32_t TagOf(std::uint64_t hash) { return static_cast<std::uint32_t>(hash); }

  template <typename IsEqual>
  FormId Probe(std::uint64_t hash, const IsEqual& is_equal) const {
    const std::uint32_t tag = TagOf(hash);
    for (std::size_t place = PlaceOf(hash); places_[place].form != kNoForm;) {
      if (places_[place].tag == tag && is_equal(places_[place].form)) {
        return places_[place].form;
      }
      place = place + 1 == places_.size() ? 0 : place + 1;
    }
    return kNoForm;
  }

  // Whether a form has this text, with the NUL behind it.
  bool IsText(FormId form, const ShortToken& folded) const {
    const unsigned equal = folded.BytesEqual(ShortToken::Load(&records_[form + kTextAt]));
    return (~equal & ((2U << folded.size) - 1)) == 0;
  }

  void Insert(std::uint64_t hash, FormId form);
  void Resize(std::size_t places);

  std::vector<std::uint64_t> filter_;  // Bits; of a form the one is set that its hash tells.
  std::vector<Place> places_;
  std::string records_;
  std::size_t size_ = 0;
};

}  // namespace sild::terms

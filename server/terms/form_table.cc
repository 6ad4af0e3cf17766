#include "server/terms/form_table.h"

#include <algorithm>
#include <utility>

#include "server/terms/char_kinds.h"

namespace sild::terms {
namespace {

constexpr std::size_t kMinPlaces = 16;
// Of 100 places, so many are taken at most: while the table grows, and in the end.
constexpr std::size_t kMaxGrowingLoad = 75;
constexpr std::size_t kLoad = 65;

constexpr std::size_t kFilterBits = 8;  // A form.

}  // namespace

FormTable::FormTable() { Resize(kMinPlaces); }

FormId FormTable::Add(std::string_view folded) {
  const std::uint64_t hash = HashOf(folded);
  const FormId known = Probe(hash, [&](FormId form) { return TextOf(form) == folded; });
  if (known != kNoForm) {
    return known;
  }
  if ((size_ + 1) * 100 > places_.size() * kMaxGrowingLoad) {
    Resize(places_.size() * 2);
  }
  const auto form = static_cast<FormId>(records_.size());
  records_.append(kTextAt, '\0').append(folded) += '\0';
  SetNumber(form, kNoNumber);
  ++size_;
  Insert(hash, form);
  return form;
}

void FormTable::Finish() {
  filter_.assign(size_ * kFilterBits / 64 + 1, 0);
  Resize(std::max(kMinPlaces, size_ * 100 / kLoad));
  records_.append(ShortToken::kReadBytes, '\0');  // Behind the last text too.
  records_.shrink_to_fit();
}

FormId FormTable::Find(std::string_view folded) const {
  return Probe(HashOf(folded), [&](FormId form) { return TextOf(form) == folded; });
}

FormId FormTable::Confirm(FormId candidate, std::uint64_t hash, std::string_view token) const {
  const auto is_token = [&](FormId form) { return FoldsTo(token, TextOf(form)); };
  return is_token(candidate) ? candidate : Probe(hash, is_token);
}

std::size_t FormTable::size_bytes() const {
  return filter_.capacity() * sizeof(std::uint64_t) + places_.capacity() * sizeof(Place) +
         records_.capacity();
}

void FormTable::Insert(std::uint64_t hash, FormId form) {
  std::size_t place = PlaceOf(hash);
  while (places_[place].form != kNoForm) {
    place = place + 1 == places_.size() ? 0 : place + 1;
  }
  places_[place] = {TagOf(hash), form};
}

void FormTable::Resize(std::size_t places) {
  places_ = std::vector<Place>(places);
  for (std::size_t at = 0; at < records_.size();) {
    const auto form = static_cast<FormId>(at);
    const std::string_view text = TextOf(form);
    const std::uint64_t hash = HashOf(text);
    Insert(hash, form);
    if (!filter_.empty()) {
      filter_[FilterBit(hash) / 64] |= std::uint64_t{1} << FilterBit(hash) % 64;
    }
    at += kTextAt + text.size() + 1;
  }
}

}  // namespace sild::terms

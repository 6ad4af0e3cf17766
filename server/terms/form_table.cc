#include "server/terms/form_table.h"

#include <algorithm>
#include <utility>

#include "server/terms/char_kinds.h"
#include "server/text/utf8.h"

namespace sild::terms {
namespace {

constexpr std::size_t kMinPlaces = 16;
// Of 100 places, so many are taken at most: while the table grows, and in the end.
constexpr std::size_t kMaxGrowingLoad = 75;
constexpr std::size_t kLoad = 60;

}  // namespace

std::uint64_t HashOfFolded(std::string_view folded) {
  std::uint64_t hash = kHashSeed;
  for (std::size_t at = 0; at < folded.size();) {
    hash = AddToHash(hash, text::NextChar(folded, at));
  }
  return FinishHash(hash);
}

FormTable::FormTable() { Resize(kMinPlaces); }

FormId FormTable::Add(std::string_view folded) {
  const std::uint64_t hash = HashOfFolded(folded);
  const FormId known = Probe(hash, [&](FormId form) { return TextOf(form) == folded; });
  if (known != kNoForm) {
    return known;
  }
  if ((ends_.size() + 1) * 100 > tags_.size() * kMaxGrowingLoad) {
    Resize(tags_.size() * 2);
  }
  const auto form = static_cast<FormId>(ends_.size());
  texts_ += folded;
  ends_.push_back(static_cast<std::uint32_t>(texts_.size()));
  hashes_.push_back(hash);
  Insert(hash, form);
  return form;
}

void FormTable::Finish() {
  Resize(std::max(kMinPlaces, ends_.size() * 100 / kLoad));
  std::vector<std::uint64_t>().swap(hashes_);
  ends_.shrink_to_fit();
  texts_.shrink_to_fit();
}

FormId FormTable::Find(std::uint64_t hash, std::string_view token) const {
  return Probe(hash, [&](FormId form) { return FoldsTo(token, TextOf(form)); });
}

FormId FormTable::FindFolded(std::string_view folded) const {
  return Probe(HashOfFolded(folded), [&](FormId form) { return TextOf(form) == folded; });
}

std::size_t FormTable::size_bytes() const {
  return tags_.capacity() + forms_.capacity() * sizeof(FormId) +
         ends_.capacity() * sizeof(std::uint32_t) + texts_.capacity();
}

template <typename IsEqual>
FormId FormTable::Probe(std::uint64_t hash, const IsEqual& is_equal) const {
  const std::uint8_t tag = TagOf(hash);
  for (std::size_t place = PlaceOf(hash); tags_[place] != 0;) {
    if (tags_[place] == tag && is_equal(forms_[place])) {
      return forms_[place];
    }
    place = place + 1 == tags_.size() ? 0 : place + 1;
  }
  return kNoForm;
}

void FormTable::Insert(std::uint64_t hash, FormId form) {
  std::size_t place = PlaceOf(hash);
  while (tags_[place] != 0) {
    place = place + 1 == tags_.size() ? 0 : place + 1;
  }
  tags_[place] = TagOf(hash);
  forms_[place] = form;
}

void FormTable::Resize(std::size_t places) {
  tags_ = std::vector<std::uint8_t>(places, 0);
  forms_ = std::vector<FormId>(places, kNoForm);
  for (FormId form = 0; form < hashes_.size(); ++form) {
    Insert(hashes_[form], form);
  }
}

}  // namespace sild::terms

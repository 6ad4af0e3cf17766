#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sild::terms {

// The number of a form in a `FormTable`, from 0 on.
using FormId = std::uint32_t;
constexpr FormId kNoForm = ~FormId{0};

// The hash of a folded token, made while it is read: `kHashSeed`, then `AddToHash` for each code
// point, at last `FinishHash`.
constexpr std::uint64_t kHashSeed = 0x9AE16A3B2F90404F;
constexpr std::uint64_t AddToHash(std::uint64_t hash, char32_t c) {
  return (hash ^ c) * 0x9E3779B97F4A7C15;
}
constexpr std::uint64_t FinishHash(std::uint64_t hash) {
  hash = (hash ^ hash >> 32) * 0xD6E8FEB86659FD93;
  return hash ^ hash >> 32;
}
std::uint64_t HashOfFolded(std::string_view folded);

// Folded tokens and their numbers: open addressing, a byte of the hash beside each place, so that
// a look-up of what is not there reads little else; the texts one behind another. Costs some 13
// bytes a form besides its text. Safe for any number of threads once `Finish` was called.
class FormTable {
 public:
  FormTable();

  // Returns the number of `folded`, which it is given if it has none. Not after `Finish`.
  FormId Add(std::string_view folded);

  // Makes the table as small as it may be.
  void Finish();

  // Returns the number of the form that `token` is once it is folded, or `kNoForm`. `hash` must be
  // that of the folded token, and `token` be without rare characters (`CharKinds`).
  FormId Find(std::uint64_t hash, std::string_view token) const;

  // The same for a token that is folded already; it may hold any characters.
  FormId FindFolded(std::string_view folded) const;

  // Tells the processor that `Find` will be called.
  void Prefetch(std::uint64_t hash) const { __builtin_prefetch(&tags_[PlaceOf(hash)]); }

  std::string_view TextOf(FormId form) const {
    const std::uint32_t begin = form == 0 ? 0 : ends_[form - 1];
    return std::string_view(texts_).substr(begin, ends_[form] - begin);
  }

  std::size_t size() const { return ends_.size(); }
  std::size_t size_bytes() const;

 private:
  std::size_t PlaceOf(std::uint64_t hash) const { return (hash >> 32) * tags_.size() >> 32; }
  // 0 is the tag of an empty place.
  static std::uint8_t TagOf(std::uint64_t hash) { return static_cast<std::uint8_t>(hash | 1); }

  template <typename IsEqual>
  FormId Probe(std::uint64_t hash, const IsEqual& is_equal) const;
  void Insert(std::uint64_t hash, FormId form);
  void Resize(std::size_t places);

  std::vector<std::uint8_t> tags_;
  std::vector<FormId> forms_;        // By place, as `tags_`.
  std::vector<std::uint32_t> ends_;  // By form: where its text ends.
  std::string texts_;
  std::vector<std::uint64_t> hashes_;  // By form, until `Finish`.
};

}  // namespace sild::terms

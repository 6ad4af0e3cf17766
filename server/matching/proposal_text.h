#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/matching/placeable_pairs.h"
#include "server/model/text_offset.h"

namespace sild::matching {

// The text of a target with other texts in place of some of its placeables, which go by index.
class ProposalText {
 public:
  // `target` must outlive this object.
  explicit ProposalText(const SegmentPlaceables& target);

  // Puts `text` in place of a placeable, from the next `Write` on, or takes it back.
  void Put(std::size_t placeable, std::string text) { new_texts_[placeable] = std::move(text); }
  void TakeBack(std::size_t placeable) { new_texts_[placeable].reset(); }

  // Returns what was put in place of a placeable.
  const std::optional<std::string>& NewText(std::size_t placeable) const {
    return new_texts_[placeable];
  }

  // Returns the text. O(n).
  std::string Write();

  // Returns where a placeable is in the text that was written last.
  ByteRange RangeOf(std::size_t placeable) const { return ranges_[placeable]; }

  // Returns where a place in the target, outside of placeables, is there. O(log n).
  std::uint32_t PlaceOf(std::uint32_t place) const;

 private:
  const SegmentPlaceables& target_;
  std::vector<std::optional<std::string>> new_texts_;  // By placeable.
  std::vector<ByteRange> ranges_;
};

}  // namespace sild::matching

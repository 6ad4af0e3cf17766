#include "server/matching/proposal_text.h"

#include <algorithm>
#include <string_view>

namespace sild::matching {

ProposalText::ProposalText(const SegmentPlaceables& target)
    : target_(target), new_texts_(target.placeables.size()) {}

std::string ProposalText::Write() {
  const std::string_view text = target_.segment.text;
  std::uint32_t at = 0;
  std::string written;
  ranges_.clear();
  for (std::size_t i = 0; i < target_.placeables.size(); ++i) {
    const ByteRange range = target_.placeables[i].range;
    written += text.substr(at, range.begin - at);
    const auto begin = static_cast<std::uint32_t>(written.size());
    written += new_texts_[i] ? *new_texts_[i] : std::string(target_.TextOf(target_.placeables[i]));
    ranges_.push_back({begin, static_cast<std::uint32_t>(written.size())});
    at = range.end;
  }
  return written.append(text.substr(at));
}

std::uint32_t ProposalText::PlaceOf(std::uint32_t place) const {
  const auto behind = std::partition_point(
      target_.placeables.begin(), target_.placeables.end(),
      [place](const text::Placeable& placeable) { return placeable.range.end <= place; });
  if (behind == target_.placeables.begin()) {
    return place;
  }
  const auto last = static_cast<std::size_t>(behind - target_.placeables.begin()) - 1;
  return place - target_.placeables[last].range.end + ranges_[last].end;
}

}  // namespace sild::matching

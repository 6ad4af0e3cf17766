#include "server/matching/repair.h"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

#include "server/matching/agreement.h"
#include "server/matching/amounts.h"
#include "server/matching/carry_tags.h"
#include "server/matching/placeable_pairs.h"
#include "server/matching/proposal_text.h"
#include "server/matching/score.h"
#include "server/matching/target_values.h"
#include "server/matching/value_writer.h"
#include "server/matching/word_around.h"
#include "server/text/normalize.h"

namespace sild::matching {
namespace {

using text::Placeable;
using text::PlaceableKind;
using text::Reading;

PlacementKind KindOf(const Placeable& placeable) {
  switch (placeable.kind()) {
    case PlaceableKind::kNumber:
    case PlaceableKind::kCode:
    case PlaceableKind::kCurrency:
    case PlaceableKind::kUnit:
      return PlacementKind::kNumber;
    case PlaceableKind::kDate:
    case PlaceableKind::kTime:
      return PlacementKind::kDate;
    case PlaceableKind::kAddress:
      return PlacementKind::kAddress;
    case PlaceableKind::kMarkup:
    case PlaceableKind::kPlaceholder:
      break;
  }
  return PlacementKind::kPlaceholder;
}

// Makes one proposal.
class ProposalMaker {
 public:
  ProposalMaker(const SegmentPlaceables& query, const SegmentPlaceables& source,
                const SegmentPlaceables& target, const LanguageTag& query_language,
                const LanguageTag& target_language)
      : query_(query),
        source_(source),
        target_(target),
        language_(target_language),
        pairs_(PairPlaceables(query, source)),
        writer_(query, source, target, query_language, target_language),
        query_of_source_(source.placeables.size()),
        text_(target) {
    for (std::size_t i = 0; i < pairs_.stored.size(); ++i) {
      if (pairs_.stored[i]) {
        query_of_source_[*pairs_.stored[i]] = i;
      }
    }
    for (const Placeable& placeable : query.placeables) {
      for (const Reading& reading : placeable.readings) {
        query_keys_.insert(text::ValueKey(reading));
      }
    }
  }

  Repair Run() {
    has_change_ = HaveOtherTags();
    const std::vector<ValueGroup> groups = GroupByValue(source_, target_);
    for (const ValueGroup& group : groups) {
      Settle(group);
    }
    for (std::size_t i = 0; i < pairs_.stored.size(); ++i) {
      if (!pairs_.stored[i]) {
        placed_.push_back({i, std::nullopt, PlacementState::kLeft});
        has_change_ = true;
      }
    }
    for (const ValueGroup& group : groups) {
      if (group.source.empty() && has_change_ && !IsWordInSource(group)) {
        AddStale(group);
      }
    }
    const std::vector<SharedAmount> amounts =
        FindSharedAmounts(query_, source_, target_, query_of_source_, groups);
    LeaveParts(amounts);
    repair_.proposal.text = text_.Write();
    while (TakeBackUnreadable()) {
      LeaveParts(amounts);
      repair_.proposal.text = text_.Write();
    }
    AddPlacements();
    AddTags();
    SortPlacements();
    Score();
    return std::move(repair_);
  }

 private:
  // What becomes of a placeable of the query.
  struct Placed {
    std::size_t query = 0;
    std::optional<std::size_t> target;
    PlacementState state = PlacementState::kPlaced;
  };

  // Whether a group is a currency or unit in the target for which the source has some word, and the
  // query the same: it has no other of the kind.
  bool IsWordInSource(const ValueGroup& group) const {
    const PlaceableKind kind = target_.placeables[group.target.front()].kind();
    return (kind == PlaceableKind::kCurrency || kind == PlaceableKind::kUnit) && !HasNew(kind);
  }

  // Whether the query has a placeable of a kind that the source does not have there.
  bool HasNew(PlaceableKind kind) const {
    for (std::size_t i = 0; i < query_.placeables.size(); ++i) {
      const std::optional<std::size_t> source = pairs_.stored[i];
      if (query_.placeables[i].kind() == kind && (!source || IsChanged(*source))) {
        return true;
      }
    }
    return false;
  }

  bool HaveOtherTags() const {
    const std::vector<Tag>& tags = query_.segment.tags;
    const std::vector<Tag>& others = source_.segment.tags;
    return !std::equal(
        tags.begin(), tags.end(), others.begin(), others.end(),
        [](const Tag& a, const Tag& b) { return a.kind == b.kind && a.data == b.data; });
  }

  void Settle(const ValueGroup& group) {
    const bool is_changed = std::any_of(group.source.begin(), group.source.end(),
                                        [this](std::size_t source) { return IsChanged(source); });
    if (!is_changed) {
      KeepAll(group);
      return;
    }
    has_change_ = true;
    if (!IsCertain(group) || !WriteAll(group)) {
      LeaveChanged(group);
    }
  }

  bool IsChanged(std::size_t source) const {
    const std::optional<std::size_t> query = query_of_source_[source];
    if (!query) {
      return true;
    }
    const Placeable& before = source_.placeables[source];
    const Placeable& after = query_.placeables[*query];
    // 5 of `5 million` is not that of `5 billion`, nor 12 of 12AB that of 12CD, nor 03/04/2022 that
    // of another region.
    const bool is_same_value =
        after.kind() == PlaceableKind::kDate
            ? HaveCommonValue(after, before)
            : text::ValueKey(after.readings.front()) == text::ValueKey(before.readings.front());
    return query_.TextOf(after) != source_.TextOf(before) || !is_same_value ||
           AreInOtherWords(query_, *query, source_, source);
  }

  void KeepAll(const ValueGroup& group) {
    for (std::size_t i = 0; i < group.source.size() && !group.target.empty(); ++i) {
      const std::size_t target = group.target[std::min(i, group.target.size() - 1)];
      placed_.push_back({*query_of_source_[group.source[i]], target, PlacementState::kPlaced});
    }
  }

  // Whether it is the same which placeable of the source is which of the target.
  bool IsCertain(const ValueGroup& group) const {
    if (group.target.empty() || group.source.size() < group.target.size()) {
      return false;
    }
    const std::optional<std::size_t> first = query_of_source_[group.source.front()];
    return first && std::all_of(group.source.begin(), group.source.end(), [&](std::size_t source) {
             const std::optional<std::size_t> other = query_of_source_[source];
             return other && !AreInOtherWords(query_, *other, source_, source) &&
                    query_.TextOf(query_.placeables[*other]) ==
                        query_.TextOf(query_.placeables[*first]);
           });
  }

  bool WriteAll(const ValueGroup& group) {
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < group.target.size(); ++i) {
      std::optional<std::string> written =
          writer_.Write(*query_of_source_[group.source[i]], group.source[i], group.target[i]);
      if (!written || HoldsTag(group.target[i])) {
        return false;
      }
      texts.push_back(*std::move(written));
    }
    for (std::size_t i = 0; i < group.target.size(); ++i) {
      text_.Put(group.target[i], std::move(texts[i]));
    }
    for (std::size_t i = 0; i < group.source.size(); ++i) {
      const std::size_t query = *query_of_source_[group.source[i]];
      const std::size_t target = group.target[std::min(i, group.target.size() - 1)];
      placed_.push_back({query, target, StateOf(query, group.source[i], target)});
    }
    return true;
  }

  // Whether a tag stands inside a placeable of the target, so that its place would be lost.
  bool HoldsTag(std::size_t target) const {
    const ByteRange range = target_.placeables[target].range;
    return std::any_of(
        target_.segment.tags.begin(), target_.segment.tags.end(),
        [range](const Tag& tag) { return tag.position > range.begin && tag.position < range.end; });
  }

  // Whether what follows a number of the target has no other forms: mln, km, €.
  bool IsBeforeSign(std::size_t target) const {
    const Placeable& number = target_.placeables[target];
    if (target + 1 == target_.placeables.size()) {
      return number.readings.front().magnitude.is_short;
    }
    constexpr std::uint32_t kSpaceBytes = 3;  // At most.
    const Placeable& next = target_.placeables[target + 1];
    const bool is_name =
        next.kind() == PlaceableKind::kCurrency || next.kind() == PlaceableKind::kUnit;
    return number.readings.front().magnitude.is_short ||
           (is_name && !next.readings.front().is_word &&
            next.range.begin <= number.range.end + kSpaceBytes);
  }

  PlacementState StateOf(std::size_t query, std::size_t source, std::size_t target) const {
    const Reading& before = source_.placeables[source].readings.front();
    const Reading& after = query_.placeables[query].readings.front();
    const bool is_number = before.kind == PlaceableKind::kNumber &&
                           after.kind == PlaceableKind::kNumber && !IsBeforeSign(target);
    const std::string_view text = target_.segment.text;
    const ByteRange range = target_.placeables[target].range;
    const bool may_disagree =
        HasEnding(text, range) ||
        (is_number && NeedsAgreement(before.number, after.number, text, range, language_));
    return may_disagree ? PlacementState::kCheckAgreement : PlacementState::kPlaced;
  }

  void LeaveChanged(const ValueGroup& group) {
    for (const std::size_t source : group.source) {
      const std::optional<std::size_t> query = query_of_source_[source];
      if (query && IsChanged(source) &&
          (AreInOtherWords(query_, *query, source_, source) ||
           !HaveOneValue(query_.placeables[*query], source_.placeables[source]))) {
        placed_.push_back({*query, std::nullopt, PlacementState::kLeft});
      }
    }
    AddStale(group);
  }

  // Tells of what stays in the proposal though the query does not have it.
  void AddStale(const ValueGroup& group) {
    for (const std::size_t target : group.target) {
      const std::vector<Reading>& readings = target_.placeables[target].readings;
      if (std::none_of(readings.begin(), readings.end(), [this](const Reading& reading) {
            return query_keys_.contains(text::ValueKey(reading));
          })) {
        stale_.push_back(target);
      }
    }
  }

  // Leaves the other parts of amounts of which one is left: of 4 to 9 million also 4.
  void LeaveParts(const std::vector<SharedAmount>& amounts) {
    for (const SharedAmount& amount : amounts) {
      const auto is_in = [](const std::vector<std::size_t>& indexes, std::size_t index) {
        return std::binary_search(indexes.begin(), indexes.end(), index);
      };
      const auto is_left = [&](const Placed& placed) {
        return placed.state == PlacementState::kLeft && is_in(amount.query, placed.query);
      };
      const auto is_number = [this](std::size_t query) {
        return query_.placeables[query].kind() == PlaceableKind::kNumber;
      };
      const bool is_broken = std::any_of(placed_.begin(), placed_.end(), is_left) ||
                             std::any_of(stale_.begin(), stale_.end(), [&](std::size_t target) {
                               return is_in(amount.target, target);
                             });
      const bool is_number_left = std::any_of(
          placed_.begin(), placed_.end(),
          [&](const Placed& placed) { return is_left(placed) && is_number(placed.query); });
      std::vector<Placed*> leaving;
      for (Placed& placed : placed_) {
        // What does not change is told only where its magnitude may.
        const bool may_be_wrong = placed.target && (text_.NewText(*placed.target) ||
                                                    (is_number_left && is_number(placed.query)));
        if (is_broken && may_be_wrong && is_in(amount.query, placed.query)) {
          leaving.push_back(&placed);
        }
      }
      for (Placed* const placed : leaving) {
        Leave(*placed);
      }
    }
  }

  void Leave(Placed& placed) {
    text_.TakeBack(*placed.target);
    if (std::find(stale_.begin(), stale_.end(), *placed.target) == stale_.end()) {
      stale_.push_back(*placed.target);
    }
    placed = {placed.query, std::nullopt, PlacementState::kLeft};
  }

  // Leaves what would not be read as the query's value where it was written, as `%s` before a
  // letter; whether there was any.
  bool TakeBackUnreadable() {
    const std::vector<Placeable> found = text::FindPlaceables(repair_.proposal.text, language_);
    std::set<std::size_t> taken_back;
    for (const Placed& placed : placed_) {
      if (placed.target && text_.NewText(*placed.target) && !IsReadable(placed, found)) {
        taken_back.insert(*placed.target);
      }
    }
    for (const std::size_t target : taken_back) {
      text_.TakeBack(target);
      stale_.push_back(target);
    }
    for (Placed& placed : placed_) {
      if (!placed.target || !taken_back.contains(*placed.target)) {
        continue;
      }
      placed = {placed.query, std::nullopt, PlacementState::kLeft};
    }
    return !taken_back.empty();
  }

  bool IsReadable(const Placed& placed, const std::vector<Placeable>& found) const {
    const ByteRange range = text_.RangeOf(*placed.target);
    const auto at = std::lower_bound(
        found.begin(), found.end(), range,
        [](const Placeable& placeable, ByteRange other) { return placeable.range < other; });
    if (at == found.end() || at->range != range) {
      return false;
    }
    const Placeable& value = query_.placeables[placed.query];
    return *text_.NewText(*placed.target) == query_.TextOf(value) || HaveCommonValue(*at, value);
  }

  void AddPlacements() {
    for (const Placed& placed : placed_) {
      const Placeable& placeable = query_.placeables[placed.query];
      Placement placement{placeable.whole, std::nullopt, placed.state, KindOf(placeable)};
      if (placed.target) {
        placement.query_range = placeable.range;
        placement.proposal_range = text_.RangeOf(*placed.target);
      }
      repair_.placements.push_back(placement);
    }
    for (const std::size_t target : stale_) {
      const Placeable& placeable = target_.placeables[target];
      ByteRange range = text_.RangeOf(target);
      range.end += placeable.whole.end - placeable.range.end;
      repair_.placements.push_back({std::nullopt, range, PlacementState::kLeft, KindOf(placeable)});
    }
  }

  void AddTags() {
    const std::vector<Tag>& tags = query_.segment.tags;
    std::vector<bool> is_carried(tags.size());
    for (const CarriedTag& carried :
         CarryTags(query_.segment, pairs_.stored_tags, source_.segment, target_.segment)) {
      Tag tag = tags[carried.query_tag];
      const ByteRange place{tag.position, tag.position};
      tag.position = text_.PlaceOf(carried.position);
      repair_.placements.push_back({place, ByteRange{tag.position, tag.position},
                                    PlacementState::kPlaced, PlacementKind::kTag});
      repair_.proposal.tags.push_back(std::move(tag));
      is_carried[carried.query_tag] = true;
    }
    for (std::size_t i = 0; i < tags.size(); ++i) {
      if (!is_carried[i]) {
        repair_.placements.push_back({ByteRange{tags[i].position, tags[i].position}, std::nullopt,
                                      PlacementState::kLeft, PlacementKind::kTag});
      }
    }
  }

  void SortPlacements() {
    std::stable_sort(repair_.placements.begin(), repair_.placements.end(),
                     [](const Placement& a, const Placement& b) {
                       if (a.query_range && b.query_range) {
                         return *a.query_range < *b.query_range;
                       }
                       return a.query_range.has_value() && !b.query_range.has_value();
                     });
  }

  void Score() {
    std::int32_t left = 0;
    std::int32_t stale = 0;
    for (const Placement& placement : repair_.placements) {
      if (placement.state == PlacementState::kLeft) {
        ++(placement.query_range ? left : stale);
      }
    }
    const bool is_equal = pairs_.is_same_text && query_.segment.tags == source_.segment.tags &&
                          !has_change_ &&
                          text::Nfc(query_.segment.text) == text::Nfc(source_.segment.text);
    repair_.differs_only_in_placeables = pairs_.is_same_text && !is_equal;
    repair_.score_tenths = is_equal
                               ? kFullTenths
                               : std::max(0, std::min(kRepairedTenths, pairs_.similarity_tenths) -
                                                 kLeftPlaceableTenths * std::max(left, stale));
  }

  const SegmentPlaceables& query_;
  const SegmentPlaceables& source_;
  const SegmentPlaceables& target_;
  const LanguageTag& language_;  // Of the target.
  const PlaceablePairs pairs_;
  const ValueWriter writer_;
  std::vector<std::optional<std::size_t>> query_of_source_;
  std::set<std::string> query_keys_;

  bool has_change_ = false;
  ProposalText text_;
  std::vector<Placed> placed_;
  std::vector<std::size_t> stale_;  // Placeables of the target.
  Repair repair_;
};

}  // namespace

Repairer::Repairer(const Segment& query, const LanguageTag& language)
    : query_(query), language_(language), placeables_(text::FindPlaceables(query.text, language)) {}

Repair Repairer::Make(const Segment& source, const LanguageTag& source_language,
                      const Segment& target, const LanguageTag& target_language) const {
  const std::vector<Placeable> source_placeables =
      text::FindPlaceables(source.text, source_language);
  const std::vector<Placeable> target_placeables =
      text::FindPlaceables(target.text, target_language);
  const SegmentPlaceables query_side{query_, placeables_};
  const SegmentPlaceables source_side{source, source_placeables};
  const SegmentPlaceables target_side{target, target_placeables};
  return ProposalMaker(query_side, source_side, target_side, language_, target_language).Run();
}

}  // namespace sild::matching

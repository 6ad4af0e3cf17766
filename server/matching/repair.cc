#include "server/matching/repair.h"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

#include "server/matching/agreement.h"
#include "server/matching/carry_tags.h"
#include "server/matching/placeable_pairs.h"
#include "server/matching/score.h"
#include "server/matching/target_values.h"
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

// A text to put in place of a placeable of the target.
struct Replacement {
  std::size_t target = 0;  // Index of the placeable.
  std::string text;
};

// Whether two placeables can be read as one value.
bool HaveCommonKey(const Placeable& a, const Placeable& b) {
  return std::any_of(a.readings.begin(), a.readings.end(), [&b](const Reading& x) {
    return std::any_of(b.readings.begin(), b.readings.end(),
                       [&x](const Reading& y) { return text::ValueKey(x) == text::ValueKey(y); });
  });
}

// The decimal mark of a text, if all its numbers that have one have the same. Empty: unknown.
std::string CommonDecimal(std::span<const Placeable> placeables) {
  std::set<std::string> marks;
  for (const Placeable& placeable : placeables) {
    for (const Reading& reading : placeable.readings) {
      marks.insert(reading.style.decimal);
    }
  }
  marks.erase("");
  return marks.size() == 1 ? *marks.begin() : "";
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
        query_language_(query_language),
        language_(target_language),
        pairs_(PairPlaceables(query, source)),
        query_of_source_(source.placeables.size()),
        new_texts_(target.placeables.size()) {
    for (std::size_t i = 0; i < pairs_.stored.size(); ++i) {
      if (pairs_.stored[i]) {
        query_of_source_[*pairs_.stored[i]] = i;
      }
    }
    decimal_ = CommonDecimal(target.placeables);
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
      if (group.source.empty() && has_change_ && !IsCurrency(group)) {
        AddStale(group);
      }
    }
    WriteText();
    while (TakeBackUnreadable()) {
      WriteText();
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

  // Whether a group is a sign or code in the target for what is a word in the source.
  bool IsCurrency(const ValueGroup& group) const {
    return target_.placeables[group.target.front()].kind() == PlaceableKind::kCurrency;
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
    return !query ||
           query_.TextOf(query_.placeables[*query]) != source_.TextOf(source_.placeables[source]);
  }

  // Whether the query has the value of the source, in whatever way both are read.
  bool HasOneValue(std::size_t query, std::size_t source) const {
    const Placeable& a = query_.placeables[query];
    const Placeable& b = source_.placeables[source];
    bool is_any = false;
    for (const Reading& x : a.readings) {
      for (const Reading& y : b.readings) {
        if (text::AreWrittenAlike(x, y)) {
          is_any = true;
          if (text::ValueKey(x) != text::ValueKey(y)) {
            return false;
          }
        }
      }
    }
    return is_any;
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
             return other && query_.TextOf(query_.placeables[*other]) ==
                                 query_.TextOf(query_.placeables[*first]);
           });
  }

  bool WriteAll(const ValueGroup& group) {
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < group.target.size(); ++i) {
      std::optional<std::string> written = Write(group.source[i], group.target[i]);
      if (!written || HoldsTag(group.target[i])) {
        return false;
      }
      texts.push_back(*std::move(written));
    }
    for (std::size_t i = 0; i < group.target.size(); ++i) {
      new_texts_[group.target[i]] = std::move(texts[i]);
    }
    for (std::size_t i = 0; i < group.source.size(); ++i) {
      const std::size_t query = *query_of_source_[group.source[i]];
      const std::size_t target = group.target[std::min(i, group.target.size() - 1)];
      placed_.push_back({query, target, StateOf(query, group.source[i], target)});
    }
    return true;
  }

  // The one text that all readings give that agree; nothing if there are several or none.
  std::optional<std::string> Write(std::size_t source, std::size_t target) const {
    const Placeable& old = source_.placeables[source];
    const Placeable& model = target_.placeables[target];
    const Placeable& value = query_.placeables[*query_of_source_[source]];
    const bool is_copy = source_.TextOf(old) == target_.TextOf(model);
    std::set<std::string> texts;
    for (const Reading& a : old.readings) {
      for (Reading b : is_copy ? std::vector<Reading>{a} : model.readings) {
        if (text::ValueKey(a) != text::ValueKey(b)) {
          continue;
        }
        if (b.style.decimal.empty()) {
          b.style.decimal = decimal_;
        }
        if (is_copy) {
          MoveParts(b, old.range.begin, model.range.begin);
        }
        for (const Reading& c : value.readings) {
          if (is_copy && a.kind == PlaceableKind::kTime && c.kind == PlaceableKind::kTime &&
              text::AreOfOneClock(a, c)) {
            texts.emplace(query_.TextOf(value));  // With seconds or without.
          } else if (text::AreWrittenAlike(a, c)) {
            texts.insert(WriteWithMark(value, c, b));
          }
        }
      }
    }
    const bool is_one = texts.size() == 1 && !texts.begin()->empty();
    return is_one ? std::optional(*texts.begin()) : std::nullopt;
  }

  // Writes `reading` of `value`; empty if it cannot be told how. Where the target does not show how
  // it marks a fraction, 5 may become 5,5 if something is counted, but not in a version or the
  // number of a heading; and a mark that is not the query's language's (1.2 in Estonian) stays.
  std::string WriteWithMark(const Placeable& value, const Reading& reading, Reading model) const {
    const std::string& mark = reading.style.decimal;
    if (!mark.empty() && model.style.decimal.empty()) {
      if (mark != text::DecimalMark(query_language_)) {
        model.style.decimal = mark;
      } else if (!IsCounted(query_.segment.text, value.range)) {
        return "";
      }
    }
    return text::WriteLike(reading, model, target_.segment.text, language_).value_or("");
  }

  static void MoveParts(Reading& reading, std::uint32_t from, std::uint32_t to) {
    for (text::MomentPart& part : reading.parts) {
      part.range = {part.range.begin - from + to, part.range.end - from + to};
    }
  }

  // Whether a tag stands inside a placeable of the target, so that its place would be lost.
  bool HoldsTag(std::size_t target) const {
    const ByteRange range = target_.placeables[target].range;
    return std::any_of(
        target_.segment.tags.begin(), target_.segment.tags.end(),
        [range](const Tag& tag) { return tag.position > range.begin && tag.position < range.end; });
  }

  PlacementState StateOf(std::size_t query, std::size_t source, std::size_t target) const {
    const Reading& before = source_.placeables[source].readings.front();
    const Reading& after = query_.placeables[query].readings.front();
    const bool is_number =
        before.kind == PlaceableKind::kNumber && after.kind == PlaceableKind::kNumber;
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
      if (query && IsChanged(source) && !HasOneValue(*query, source)) {
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

  void WriteText() {
    const std::string_view text = target_.segment.text;
    std::uint32_t at = 0;
    std::string& written = repair_.proposal.text;
    written.clear();
    ranges_.clear();
    for (std::size_t i = 0; i < target_.placeables.size(); ++i) {
      const ByteRange range = target_.placeables[i].range;
      written += text.substr(at, range.begin - at);
      const auto begin = static_cast<std::uint32_t>(written.size());
      written +=
          new_texts_[i] ? *new_texts_[i] : std::string(target_.TextOf(target_.placeables[i]));
      ranges_.push_back({begin, static_cast<std::uint32_t>(written.size())});
      at = range.end;
    }
    written += text.substr(at);
  }

  // Leaves what would not be read as the query's value where it was written, as `%s` before a
  // letter; whether there was any.
  bool TakeBackUnreadable() {
    const std::vector<Placeable> found = text::FindPlaceables(repair_.proposal.text, language_);
    std::set<std::size_t> taken_back;
    for (const Placed& placed : placed_) {
      if (placed.target && new_texts_[*placed.target] && !IsReadable(placed, found)) {
        taken_back.insert(*placed.target);
      }
    }
    for (const std::size_t target : taken_back) {
      new_texts_[target].reset();
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
    const ByteRange range = ranges_[*placed.target];
    const auto at = std::lower_bound(
        found.begin(), found.end(), range,
        [](const Placeable& placeable, ByteRange other) { return placeable.range < other; });
    if (at == found.end() || at->range != range) {
      return false;
    }
    const Placeable& value = query_.placeables[placed.query];
    return *new_texts_[*placed.target] == query_.TextOf(value) || HaveCommonKey(*at, value);
  }

  void AddPlacements() {
    for (const Placed& placed : placed_) {
      const Placeable& placeable = query_.placeables[placed.query];
      Placement placement{placeable.range, std::nullopt, placed.state, KindOf(placeable)};
      if (placed.target) {
        placement.proposal_range = ranges_[*placed.target];
      }
      repair_.placements.push_back(placement);
    }
    for (const std::size_t target : stale_) {
      repair_.placements.push_back({std::nullopt, ranges_[target], PlacementState::kLeft,
                                    KindOf(target_.placeables[target])});
    }
  }

  void AddTags() {
    const std::vector<Tag>& tags = query_.segment.tags;
    std::vector<bool> is_carried(tags.size());
    for (const CarriedTag& carried :
         CarryTags(query_.segment, pairs_.stored_tags, source_.segment, target_.segment)) {
      Tag tag = tags[carried.query_tag];
      const ByteRange place{tag.position, tag.position};
      tag.position = PlaceInProposal(carried.position);
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

  // Where a place in the target is in the proposal. O(log n).
  std::uint32_t PlaceInProposal(std::uint32_t place) const {
    const auto behind = std::partition_point(
        target_.placeables.begin(), target_.placeables.end(),
        [place](const Placeable& placeable) { return placeable.range.end <= place; });
    if (behind == target_.placeables.begin()) {
      return place;
    }
    const auto last = static_cast<std::size_t>(behind - target_.placeables.begin()) - 1;
    return place - target_.placeables[last].range.end + ranges_[last].end;
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
  const LanguageTag& query_language_;
  const LanguageTag& language_;  // Of the target.
  const PlaceablePairs pairs_;
  std::vector<std::optional<std::size_t>> query_of_source_;
  std::set<std::string> query_keys_;
  std::string decimal_;  // The mark that the target uses. Empty: unknown.

  bool has_change_ = false;
  std::vector<std::optional<std::string>> new_texts_;  // By placeable of the target.
  std::vector<Placed> placed_;
  std::vector<std::size_t> stale_;  // Placeables of the target.
  std::vector<ByteRange> ranges_;   // In the proposal, by placeable of the target.
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

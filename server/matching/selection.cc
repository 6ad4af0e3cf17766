#include "server/matching/selection.h"

#include <algorithm>
#include <tuple>

#include "server/text/languages.h"
#include "server/text/normalize.h"

namespace sild::matching {

VariantSelector::VariantSelector(const LookupRequest& request)
    : request_(request), source_key_(KeyOf(request.source_language)) {
  for (const LanguageTag& tag : request.target_languages) {
    if (std::find(targets_.begin(), targets_.end(), tag) == targets_.end()) {
      targets_.push_back(tag);
      target_keys_.push_back(KeyOf(tag));
    }
  }
}

VariantSelector::KeyId VariantSelector::KeyOf(const LanguageTag& tag) {
  const auto known = keys_by_tag_.find(tag.str());
  if (known != keys_by_tag_.end()) {
    return known->second;
  }
  const auto next = static_cast<KeyId>(ids_.size());
  const KeyId id = ids_.try_emplace(text::LanguageKeyOf(tag).value, next).first->second;
  keys_by_tag_.emplace(tag.str(), id);
  return id;
}

Selection VariantSelector::Select(const TranslationUnit& unit) {
  Selection selection;
  selection.source = Nearest(unit, request_.source_language, source_key_, nullptr);
  if (selection.source == nullptr || !request_.filter.MatchesUnit(unit)) {
    return selection;
  }
  if (targets_.empty()) {
    for (const Variant& variant : unit.variants) {
      const KeyId key = KeyOf(variant.language);
      if (key != source_key_ &&
          std::find(target_keys_.begin(), target_keys_.end(), key) == target_keys_.end()) {
        target_keys_.push_back(key);
      }
    }
  }
  for (std::size_t slot = 0; slot < target_keys_.size(); ++slot) {
    const bool has_target =
        std::any_of(unit.variants.begin(), unit.variants.end(), [&](const Variant& variant) {
          return &variant != selection.source && KeyOf(variant.language) == target_keys_[slot];
        });
    if (!has_target) {
      AddBridges(unit, slot, selection);
    } else if (auto proposal = Propose(unit, *selection.source, slot)) {
      AddVarietyPenalty(request_.penalties, request_.source_language, selection.source->language,
                        proposal->penalties);
      selection.proposals.push_back(*std::move(proposal));
    }
  }
  return selection;
}

// Adds the variants of a unit that may lead to a target elsewhere.
void VariantSelector::AddBridges(const TranslationUnit& unit, std::size_t slot,
                                 Selection& selection) {
  if (request_.exclude_pivot || targets_.empty() || target_keys_[slot] == source_key_) {
    return;
  }
  for (const Variant& variant : unit.variants) {
    if (KeyOf(variant.language) == source_key_ || variant.segment.text.empty()) {
      continue;
    }
    Proposal bridge{slot, &variant, DirectionOf(unit, *selection.source, variant), {}};
    if (request_.exclude_reversed && bridge.direction == MatchDirection::kReversed) {
      continue;
    }
    AddVarietyPenalty(request_.penalties, request_.source_language, selection.source->language,
                      bridge.penalties);
    AddTargetPenalties(request_.penalties, bridge.direction, variant, request_.now,
                       bridge.penalties);
    bridge.penalties.Add(PenaltyReason::kPivot, request_.penalties.pivot);
    selection.bridges.push_back(std::move(bridge));
  }
}

std::optional<Proposal> VariantSelector::SelectAcross(const TranslationUnit& unit,
                                                      const Proposal& bridge,
                                                      std::string_view bridge_text) {
  if (!request_.filter.MatchesUnit(unit)) {
    return std::nullopt;
  }
  const KeyId key = KeyOf(bridge.target->language);
  const Variant* source = nullptr;
  for (const Variant& variant : unit.variants) {
    if (KeyOf(variant.language) == key &&
        text::CollapseWhiteSpace(text::Nfc(variant.segment.text)) == bridge_text &&
        (source == nullptr ||
         std::tuple(text::VarietyRank(bridge.target->language, variant.language),
                    variant.language) <
             std::tuple(text::VarietyRank(bridge.target->language, source->language),
                        source->language))) {
      source = &variant;
    }
  }
  if (source == nullptr) {
    return std::nullopt;
  }
  std::optional<Proposal> proposal = Propose(unit, *source, bridge.slot);
  if (proposal) {
    AddVarietyPenalty(request_.penalties, bridge.target->language, source->language,
                      proposal->penalties);
  }
  return proposal;
}

// Returns the proposal of a unit in a slot, with what its target costs.
std::optional<Proposal> VariantSelector::Propose(const TranslationUnit& unit, const Variant& source,
                                                 std::size_t slot) {
  const LanguageTag want = targets_.empty() ? LanguageTag() : targets_[slot];
  const Variant* target = Nearest(unit, want, target_keys_[slot], &source);
  if (target == nullptr) {
    return std::nullopt;
  }
  Proposal proposal{slot, target, DirectionOf(unit, source, *target), {}};
  if (request_.exclude_reversed && proposal.direction == MatchDirection::kReversed) {
    return std::nullopt;
  }
  AddVarietyPenalty(request_.penalties, want, target->language, proposal.penalties);
  AddTargetPenalties(request_.penalties, proposal.direction, *target, request_.now,
                     proposal.penalties);
  return proposal;
}

MatchDirection VariantSelector::DirectionOf(const TranslationUnit& unit, const Variant& source,
                                            const Variant& target) {
  const LanguageTag& original = unit.source_language;
  if (original.empty() || original == source.language) {
    return MatchDirection::kForward;
  }
  if (original == target.language) {
    return MatchDirection::kReversed;
  }
  const KeyId key = KeyOf(original);
  return key == KeyOf(source.language)   ? MatchDirection::kForward
         : key == KeyOf(target.language) ? MatchDirection::kReversed
                                         : MatchDirection::kSibling;
}

// Returns the variant of that key that serves best. With a `source` it is for a target: another
// variant, which the filter must take. Without one it is for a source: it must have text.
const Variant* VariantSelector::Nearest(const TranslationUnit& unit, const LanguageTag& want,
                                        KeyId key, const Variant* source) {
  const Variant* best = nullptr;
  for (const Variant& variant : unit.variants) {
    const bool is_eligible = source == nullptr
                                 ? !variant.segment.text.empty()
                                 : &variant != source && request_.filter.MatchesTarget(variant);
    if (!is_eligible || KeyOf(variant.language) != key) {
      continue;
    }
    if (best == nullptr ||
        std::tuple(text::VarietyRank(want, variant.language), variant.language) <
            std::tuple(text::VarietyRank(want, best->language), best->language)) {
      best = &variant;
    }
  }
  return best;
}

}  // namespace sild::matching

#include "server/matching/selection.h"

#include <algorithm>
#include <tuple>

#include "server/text/languages.h"

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
    const LanguageTag want = targets_.empty() ? LanguageTag() : targets_[slot];
    Propose(unit, *selection.source, want, target_keys_[slot], slot, selection.proposals);
  }
  return selection;
}

void VariantSelector::Propose(const TranslationUnit& unit, const Variant& source,
                              const LanguageTag& want, KeyId key, std::size_t slot,
                              std::vector<Proposal>& proposals) {
  const Variant* target = Nearest(unit, want, key, &source);
  if (target == nullptr) {
    return;
  }
  Proposal proposal{slot, target, DirectionOf(unit, source, *target), {}};
  if (request_.exclude_reversed && proposal.direction == MatchDirection::kReversed) {
    return;
  }
  AddVarietyPenalty(request_.penalties, request_.source_language, source.language,
                    proposal.penalties);
  AddVarietyPenalty(request_.penalties, want, target->language, proposal.penalties);
  AddTargetPenalties(request_.penalties, proposal.direction, *target, request_.now,
                     proposal.penalties);
  proposals.push_back(std::move(proposal));
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
  return key == source_key_              ? MatchDirection::kForward
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

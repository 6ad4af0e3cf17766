#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "server/matching/lookup.h"
#include "server/matching/penalties.h"
#include "server/model/unit.h"

namespace sild::matching {

// A target variant that may be proposed.
struct Proposal {
  std::size_t slot = 0;  // Which target language asked for it.
  const Variant* target = nullptr;
  MatchDirection direction = MatchDirection::kForward;
  PenaltyList penalties;  // All but those for memory and tags.
};

// What of a unit a look-up compares and proposes. Without proposals and bridges the unit is no
// candidate.
struct Selection {
  const Variant* source = nullptr;
  std::vector<Proposal> proposals;
  std::vector<Proposal> bridges;  // Their targets are in third languages.

  bool empty() const { return proposals.empty() && bridges.empty(); }
};

// Applies a request's languages, filter and direction to units. Each target language has a slot, in
// the order of the request; if any will do, each language and script that is seen gets one. For one
// thread.
class VariantSelector {
 public:
  // `request` must outlive the object.
  explicit VariantSelector(const LookupRequest& request);

  // Returns what to do with `unit`; the pointers are into it.
  Selection Select(const TranslationUnit& unit);

  // Returns what a unit proposes that has `bridge_text`, which is in NFC with white space
  // collapsed, in the language of `bridge`, which is one of a `Selection`. Nothing if it has no
  // target in that slot, or the filter does not take it.
  std::optional<Proposal> SelectAcross(const TranslationUnit& unit, const Proposal& bridge,
                                       std::string_view bridge_text);

  // Whether any target language will do, so that there may come more slots than there are now.
  bool takes_any_target() const { return targets_.empty(); }
  std::size_t slot_count() const { return target_keys_.size(); }

  // The target language of a slot, if the request names them.
  const LanguageTag& target(std::size_t slot) const { return targets_[slot]; }

 private:
  using KeyId = int;  // Numbers language keys, so that comparing them is cheap.

  KeyId KeyOf(const LanguageTag& tag);
  std::optional<Proposal> Propose(const TranslationUnit& unit, const Variant& source,
                                  std::size_t slot);
  void AddBridges(const TranslationUnit& unit, std::size_t slot, Selection& selection);
  MatchDirection DirectionOf(const TranslationUnit& unit, const Variant& source,
                             const Variant& target);
  const Variant* Nearest(const TranslationUnit& unit, const LanguageTag& want, KeyId key,
                         const Variant* source);

  const LookupRequest& request_;
  std::unordered_map<std::string, KeyId> keys_by_tag_;
  std::unordered_map<std::string, KeyId> ids_;
  KeyId source_key_;
  std::vector<LanguageTag> targets_;  // By slot, each once. Empty: any.
  std::vector<KeyId> target_keys_;    // By slot.
};

}  // namespace sild::matching

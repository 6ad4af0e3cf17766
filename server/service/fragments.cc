#include "server/service/fragments.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "server/service/convert_match.h"
#include "server/service/recognize.h"
#include "server/text/languages.h"
#include "server/text/offsets.h"

namespace sild::service {
namespace {

using text::LanguageKey;

bool Overlap(ByteRange a, ByteRange b) { return a.begin < b.end && b.begin < a.end; }

// Tells which terms in a query are worth sending.
class TermChooser {
 public:
  TermChooser(const FoundMatches& found, std::size_t query)
      : request_(found.request),
        source_(text::LanguageKeyOf(found.request.source_language)),
        fragments_(found.fragments[query]) {
    for (const Match& match : found.results[query].matches) {
      matched_.insert(text::LanguageKeyOf(match.target_language));
    }
  }

  // The longest first, and none that overlaps one before in another range; then by place.
  std::vector<const terms::Hit*> Choose(const std::vector<terms::Hit>& hits) const {
    std::vector<const terms::Hit*> wanted;
    for (const terms::Hit& hit : hits) {
      if (TellsMore(hit)) {
        wanted.push_back(&hit);
      }
    }
    const auto length = [](const terms::Hit* hit) { return hit->range.end - hit->range.begin; };
    std::stable_sort(wanted.begin(), wanted.end(),
                     [length](const auto* a, const auto* b) { return length(a) > length(b); });
    std::vector<const terms::Hit*> chosen;
    for (const terms::Hit* hit : wanted) {
      if (std::none_of(chosen.begin(), chosen.end(), [hit](const terms::Hit* other) {
            return hit->range != other->range && Overlap(hit->range, other->range);
          })) {
        chosen.push_back(hit);
      }
    }
    std::stable_sort(chosen.begin(), chosen.end(),
                     [](const auto* a, const auto* b) { return a->range.begin < b->range.begin; });
    return chosen;
  }

 private:
  // Whether the concept has a term in a language wanted in which neither the query nor the part of
  // it that the hit takes has a match.
  bool TellsMore(const terms::Hit& hit) const {
    if (request_.target_languages.empty() && !matched_.empty()) {
      return false;
    }
    const auto& sections = hit.entry->sections;
    return std::any_of(sections.begin(), sections.end(), [&](const LanguageSection& section) {
      const LanguageKey key = text::LanguageKeyOf(section.language);
      return key != source_ && !section.terms.empty() &&
             IsWanted(section.language, request_.target_languages) && !matched_.contains(key) &&
             std::none_of(fragments_.begin(), fragments_.end(), [&](const auto& fragment) {
               return Overlap(fragment.range, hit.range) &&
                      text::LanguageKeyOf(fragment.match.target_language) == key;
             });
    });
  }

  const matching::LookupRequest& request_;
  const LanguageKey source_;
  const std::vector<matching::Fragment>& fragments_;
  std::set<LanguageKey> matched_;  // Languages in which the query has a match.
};

}  // namespace

void AddFragments(const FoundMatches& found, std::size_t query, const std::vector<terms::Hit>& hits,
                  v1::LookupMatchesResponse::Result* out) {
  const std::string& text = found.request.queries[query].segment.text;
  text::OffsetCursor offsets(text);
  for (const matching::Fragment& fragment : found.fragments[query]) {
    v1::Fragment* added = out->add_fragments();
    *added->mutable_range() = RangeToProto(fragment.range, offsets);
    ToProto(fragment.match, fragment.part, added->mutable_match());
  }
  for (const terms::Hit* hit : TermChooser(found, query).Choose(hits)) {
    v1::Fragment* added = out->add_fragments();
    ToProto(*hit, found.request.target_languages, offsets, added->mutable_term());
    *added->mutable_range() = added->term().range();
    added->set_concept_name(added->term().concept_name());
  }
  std::stable_sort(out->mutable_fragments()->begin(), out->mutable_fragments()->end(),
                   [](const v1::Fragment& a, const v1::Fragment& b) {
                     return std::tuple(a.range().begin(), b.range().end()) <
                            std::tuple(b.range().begin(), a.range().end());
                   });
}

}  // namespace sild::service

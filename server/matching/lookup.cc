#include "server/matching/lookup.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <tuple>
#include <utility>

#include <xxhash.h>

#include "server/matching/char_distance.h"
#include "server/matching/context_match.h"
#include "server/matching/edit_script.h"
#include "server/matching/index_lookup.h"
#include "server/matching/query_batch.h"
#include "server/matching/ranking.h"
#include "server/matching/repair.h"
#include "server/matching/scan.h"
#include "server/matching/selection.h"
#include "server/matching/tag_difference.h"
#include "server/matching/unit_comparer.h"
#include "server/model/try.h"
#include "server/model/unit_size.h"
#include "server/text/normalize.h"

namespace sild::matching {
namespace {

// Units up to this size are kept until the answer is made. Thousands are, so larger ones are read
// again.
constexpr std::size_t kMaxKeptBytes = 8192;

std::vector<MemoryReference> WithoutRepetition(const std::vector<MemoryReference>& memories) {
  std::vector<MemoryReference> result;
  for (const MemoryReference& memory : memories) {
    const auto known =
        std::find_if(result.begin(), result.end(),
                     [&](const MemoryReference& other) { return other.name == memory.name; });
    if (known == result.end()) {
      result.push_back(memory);
    } else {
      known->penalty_tenths = std::min(known->penalty_tenths, memory.penalty_tenths);
    }
  }
  return result;
}

TextKey KeyOf(std::string_view bytes) {
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return {hash.high64, hash.low64};
}

// A key of text and tags. The parts are told apart by a byte that no text holds.
TextKey SegmentKey(const Segment& segment, std::string normal) {
  for (const Tag& tag : segment.tags) {
    normal += '\0';
    normal += std::to_string(static_cast<int>(tag.kind)) + ' ' + std::to_string(tag.position) + ' ';
    normal += tag.type;
    normal += '\0';
    normal += tag.data;
  }
  return KeyOf(normal);
}

// One look-up: takes the hits, and makes the answer of the best.
class Lookup : public UnitHitSink {
 public:
  Lookup(const LookupRequest& request, const CandidateSource& source,
         const std::function<bool()>& is_cancelled)
      : request_(request),
        source_(source),
        is_cancelled_(is_cancelled),
        memories_(WithoutRepetition(request.memories)),
        queries_(request.queries),
        rankings_(request.queries.size()),
        repairers_(request.queries.size()),
        aligner_(is_cancelled) {}

  absl::StatusOr<std::vector<LookupResult>> Run() {
    SILD_CHECK_OK(CompareAll());
    std::vector<LookupResult> results;
    for (std::size_t query = 0; query < rankings_.size(); ++query) {
      SILD_TRY(LookupResult result, Finish(query));
      results.push_back(std::move(result));
    }
    return results;
  }

  std::int32_t Threshold(std::size_t query, std::size_t slot) const override {
    const std::vector<Ranking>& rankings = rankings_[query];
    return slot < rankings.size() ? rankings[slot].threshold() : request_.minimum_tenths;
  }

  void Add(const UnitHit& hit) override {
    const Query& query = request_.queries[hit.query];
    const QueryBatch::Prepared& prepared = queries_[hit.query];
    const Variant& source = *hit.selection.source;
    const std::int32_t tag_tenths =
        TagDifference(query.segment, prepared.text, source.segment, hit.source_text);
    const bool is_same_text = hit.similarity.tenths == kFullTenths;
    const MatchType type = !is_same_text    ? MatchType::kFuzzy
                           : tag_tenths > 0 ? MatchType::kExactText
                                            : ExactTypeOf(query, hit.unit, source);
    const std::int32_t char_distance =
        is_same_text ? 0 : CharDistance(prepared.joined, JoinedTokens(hit.source_text));
    const TextKey source_key = KeyOf(hit.source_text.normal);
    const auto unit = SizeBytes(hit.unit) <= kMaxKeptBytes
                          ? std::make_shared<const TranslationUnit>(hit.unit)
                          : nullptr;
    for (const Proposal& proposal : hit.selection.proposals) {
      RankedHit ranked = MakeHit(hit, proposal, tag_tenths);
      ranked.type = type;
      ranked.same_context = SameContext(query, hit.unit, source);
      ranked.char_distance = char_distance;
      ranked.source_key = source_key;
      ranked.unit = unit;
      RankingOf(hit.query, proposal.slot).Add(std::move(ranked));
    }
    for (const Proposal& bridge : hit.selection.bridges) {
      for (RankedHit& ranked : HitsAcross(hit, bridge, tag_tenths)) {
        ranked.char_distance = char_distance;
        ranked.source_key = source_key;
        ranked.unit = unit;
        RankingOf(hit.query, bridge.slot).Add(std::move(ranked));
      }
    }
  }

 private:
  // Compares the queries with all units, or with those that an index does not rule out. A scan of a
  // large memory takes seconds: as soon as there is an index, all is begun anew with it.
  absl::Status CompareAll() {
    VariantSelector selector(request_);
    selector_ = &selector;
    UnitComparer comparer(queries_, selector, is_cancelled_, *this);
    for (std::size_t restarts = 0; restarts <= memories_.size(); ++restarts) {
      const bool gives_way = restarts < memories_.size();  // An index may be dropped as well.
      SILD_TRY(const bool is_done, CompareMemories(comparer, gives_way));
      if (is_done) {
        break;
      }
      rankings_ = std::vector<std::vector<Ranking>>(request_.queries.size());
    }
    return absl::OkStatus();
  }

  // False if a scan gave way to an index, and the hits so far are of no use.
  absl::StatusOr<bool> CompareMemories(UnitComparer& comparer, bool gives_way) {
    const text::LanguageKey key = text::LanguageKeyOf(request_.source_language);
    IndexLookup lookup(comparer);
    for (std::size_t i = 0; i < memories_.size(); ++i) {
      const auto texts = source_.OpenIndex(memories_[i].name, key);
      bool has_index = false;
      const auto is_needless = [&] {
        has_index = gives_way && source_.OpenIndex(memories_[i].name, key) != nullptr;
        return has_index;
      };
      SILD_CHECK_OK(texts == nullptr ? Scan(memories_[i], i, source_, is_needless, comparer)
                                     : lookup.Run(memories_[i], i, *texts));
      SILD_CHECK_OK(status_);
      if (comparer.IsCancelled()) {
        return absl::CancelledError("the look-up was cancelled");
      }
      if (has_index) {
        return false;
      }
    }
    return true;
  }

  // Everything that depends on the proposal.
  RankedHit MakeHit(const UnitHit& hit, const Proposal& proposal, std::int32_t tag_tenths) const {
    PenaltyList penalties = proposal.penalties;
    penalties.Add(PenaltyReason::kTags, tag_tenths);
    penalties.Add(PenaltyReason::kMemory, memories_[hit.memory].penalty_tenths);
    const Variant& target = *proposal.target;
    const std::string target_text = text::Nfc(target.segment.text);
    RankedHit ranked;
    ranked.score_tenths = ScoreTenths(hit.similarity.tenths, penalties.total_tenths());
    ranked.status = target.status;
    ranked.update_time = target.update_time.value_or(Timestamp());
    ranked.revision = hit.unit.revision;
    ranked.name = hit.unit.name;
    ranked.target_language = target.language;
    ranked.source_language = hit.selection.source->language;
    ranked.direction = proposal.direction;
    ranked.memory = hit.memory;
    ranked.similarity = hit.similarity;
    ranked.tag_tenths = tag_tenths;
    if (request_.explain) {
      ranked.penalties = penalties.Sorted();
    }
    ranked.target_key = SegmentKey(target.segment, target_text);
    ranked.target_text_key = KeyOf(target_text);
    return ranked;
  }

  // What is found by way of a variant in a third language, in all memories.
  std::vector<RankedHit> HitsAcross(const UnitHit& hit, const Proposal& bridge,
                                    std::int32_t tag_tenths) {
    std::vector<RankedHit> found;
    const std::int32_t first_tenths =
        ScoreTenths(hit.similarity.tenths, bridge.penalties.total_tenths() + tag_tenths +
                                               memories_[hit.memory].penalty_tenths);
    if (first_tenths < Threshold(hit.query, bridge.slot)) {
      return found;  // The second unit can only take more off.
    }
    const std::string& text = bridge.target->segment.text;
    const std::string words = text::CollapseWhiteSpace(text::Nfc(text));
    const text::LanguageKey key = text::LanguageKeyOf(bridge.target->language);
    const text::LanguageKey target_key = text::LanguageKeyOf(selector_->target(bridge.slot));
    for (std::size_t i = 0; i < memories_.size() && status_.ok(); ++i) {
      const absl::StatusOr<bool> may_have = source_.MayHave(memories_[i].name, target_key);
      if (!may_have.ok() || !*may_have) {
        status_ = may_have.status();
        continue;
      }
      std::set<std::string> seen;
      const auto visit = [&](const TranslationUnit& unit) {
        const auto target = seen.insert(unit.name.unit).second
                                ? selector_->SelectAcross(unit, bridge, words)
                                : std::nullopt;
        if (target) {
          found.push_back(MakeHitAcross(hit, bridge, tag_tenths, unit, i, *target));
          found.back().first_tenths = first_tenths;
        }
        return !is_cancelled_ || !is_cancelled_();
      };
      status_ = source_.ForEachUnitWithText(memories_[i].name, key, text, visit);
    }
    return found;
  }

  RankedHit MakeHitAcross(const UnitHit& hit, const Proposal& bridge, std::int32_t tag_tenths,
                          const TranslationUnit& unit, std::size_t memory,
                          const Proposal& target) const {
    PenaltyList second = target.penalties;
    second.Add(PenaltyReason::kMemory, memories_[memory].penalty_tenths);
    Proposal joined = target;
    joined.direction = bridge.direction;
    joined.penalties = bridge.penalties;
    joined.penalties.Add(second);
    RankedHit ranked = MakeHit(hit, joined, tag_tenths);
    ranked.revision = unit.revision;
    ranked.second = unit.name;
    ranked.bridge_language = bridge.target->language;
    ranked.second_tenths = ScoreTenths(kFullTenths, second.total_tenths());
    return ranked;
  }

  Ranking& RankingOf(std::size_t query, std::size_t slot) {
    std::vector<Ranking>& rankings = rankings_[query];
    while (rankings.size() <= slot) {
      rankings.emplace_back(request_.minimum_tenths, request_.max_matches);
    }
    return rankings[slot];
  }

  // Joins the target languages' matches. One that two of them propose, as `pt` for `pt-BR` and
  // `pt-PT`, is told once, where it stands higher.
  absl::StatusOr<LookupResult> Finish(std::size_t query) {
    LookupResult result;
    std::vector<RankedMatch> ranked;
    for (Ranking& ranking : rankings_[query]) {
      Ranking::Outcome outcome = std::move(ranking).Finish();
      result.more_exact += outcome.more_exact;
      std::move(outcome.matches.begin(), outcome.matches.end(), std::back_inserter(ranked));
    }
    std::sort(ranked.begin(), ranked.end(), [](const RankedMatch& a, const RankedMatch& b) {
      return StandsBefore(a.hit, b.hit);
    });
    std::set<std::tuple<UnitName, LanguageTag, UnitName>> told;
    for (RankedMatch& match : ranked) {
      if (told.emplace(match.hit.name, match.hit.target_language, match.hit.second).second) {
        SILD_TRY(Match made, MakeMatch(query, std::move(match)));
        result.matches.push_back(std::move(made));
      }
    }
    return result;
  }

  absl::StatusOr<Match> MakeMatch(std::size_t query, RankedMatch ranked) {
    Match match;
    SILD_TRY(match.unit, UnitOf(ranked.hit));
    match.source_language = ranked.hit.source_language;
    match.target_language = ranked.hit.target_language;
    match.type = ranked.hit.type;
    match.direction = ranked.hit.direction;
    match.score_tenths = ranked.hit.score_tenths;
    match.multiple = ranked.multiple;
    match.also_in = std::move(ranked.also_in);
    if (request_.explain) {
      SILD_TRY(match.explanation, Explain(query, ranked.hit, match.unit));
    }
    if (ranked.hit.is_pivot()) {
      SILD_TRY(match.bridge, MakeBridge(ranked.hit, match.unit));
    }
    SILD_CHECK_OK(PutPlaceables(query, ranked.hit, match));
    return match;
  }

  absl::StatusOr<TranslationUnit> UnitOf(const RankedHit& hit) const {
    if (hit.unit == nullptr) {
      return source_.GetUnit(hit.name);
    }
    TranslationUnit unit = *hit.unit;
    SILD_CHECK_OK(source_.FillUsage(unit));
    return unit;
  }

  // Makes the proposal, and tells how good it is.
  absl::Status PutPlaceables(std::size_t query, const RankedHit& hit, Match& match) {
    const Variant* source = match.unit.Find(hit.source_language);
    const Variant* target = match.unit.Find(hit.target_language);
    if (source == nullptr || (target == nullptr && !match.bridge)) {
      return absl::InternalError("a unit changed during a look-up");
    }
    if (repairers_[query] == nullptr) {
      repairers_[query] =
          std::make_unique<Repairer>(request_.queries[query].segment, request_.source_language);
    }
    Repair repair = repairers_[query]->Make(source->segment, source->language,
                                            match.bridge ? match.bridge->target : target->segment,
                                            hit.target_language);
    match.proposal = std::move(repair.proposal);
    match.placements = std::move(repair.placements);
    // Tags that are left are in the score of the repair.
    match.repaired_tenths =
        ScoreTenths(repair.score_tenths, hit.similarity.tenths - hit.score_tenths - hit.tag_tenths);
    // What the translation has anyway, as the unit of another number, is placed but no repair.
    const bool is_repaired = !match.bridge && match.proposal.text != target->segment.text;
    if (repair.differs_only_in_placeables && is_repaired && match.type == MatchType::kFuzzy) {
      match.type = MatchType::kRepaired;
    }
    return absl::OkStatus();
  }

  absl::StatusOr<Bridge> MakeBridge(const RankedHit& hit, const TranslationUnit& first) const {
    SILD_TRY(const TranslationUnit second, source_.GetUnit(hit.second));
    const Variant* bridge = first.Find(hit.bridge_language);
    const Variant* target = second.Find(hit.target_language);
    if (bridge == nullptr || target == nullptr) {
      return absl::InternalError("a unit changed during a look-up");
    }
    return Bridge{hit.bridge_language, bridge->segment.text, hit.second,
                  hit.first_tenths,    hit.second_tenths,    target->segment};
  }

  absl::StatusOr<MatchExplanation> Explain(std::size_t query, const RankedHit& hit,
                                           const TranslationUnit& unit) {
    const Variant* source = unit.Find(hit.source_language);
    if (source == nullptr) {
      return absl::InternalError("a unit changed during a look-up");
    }
    MatchExplanation explanation;
    explanation.similarity_tenths = hit.similarity.tenths;
    explanation.penalties = hit.penalties;
    explanation.edits = MakeEditScript(text::Tokenize(source->segment.text), queries_[query].text,
                                       hit.similarity.distance, aligner_);
    explanation.distance = hit.similarity.distance;
    explanation.weight = hit.similarity.weight;
    explanation.score_version = kScoreVersion;
    if (aligner_.was_cancelled()) {
      return absl::CancelledError("the look-up was cancelled");
    }
    return explanation;
  }

  const LookupRequest& request_;
  const CandidateSource& source_;
  const std::function<bool()>& is_cancelled_;
  std::vector<MemoryReference> memories_;
  QueryBatch queries_;
  std::vector<std::vector<Ranking>> rankings_;        // By query and slot.
  std::vector<std::unique_ptr<Repairer>> repairers_;  // By query; made for the first match.
  TokenAligner aligner_;
  VariantSelector* selector_ = nullptr;  // While units are compared.
  absl::Status status_;                  // Of reading units across bridges.
};

}  // namespace

absl::StatusOr<std::vector<LookupResult>> Find(const LookupRequest& request,
                                               const CandidateSource& source,
                                               const std::function<bool()>& is_cancelled) {
  return Lookup(request, source, is_cancelled).Run();
}

}  // namespace sild::matching

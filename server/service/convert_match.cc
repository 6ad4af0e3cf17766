#include "server/service/convert_match.h"

#include <cmath>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "server/model/try.h"
#include "server/service/convert_common.h"
#include "server/service/convert_unit.h"
#include "server/service/field_error.h"
#include "server/service/limits.h"
#include "server/text/utf8.h"

namespace sild::service {
namespace {

constexpr double kTenthsPerPoint = 10.0;
constexpr double kMaxPoints = 100.0;

// Reads percent points as tenths, to the nearest one.
absl::StatusOr<std::int32_t> Tenths(double points, std::string_view field) {
  if (!(points >= 0.0 && points <= kMaxPoints)) {  // Not a number fails too.
    return FieldError(field, "must be from 0 to 100");
  }
  return static_cast<std::int32_t>(std::lround(points * kTenthsPerPoint));
}

double Points(std::int32_t tenths) { return tenths / kTenthsPerPoint; }

absl::StatusOr<matching::Query> QueryFromProto(const v1::Query& query) {
  matching::Query result;
  absl::StatusOr<Segment> segment = FromProto(query.segment());
  SILD_CHECK_OK(Within("segment", segment.status()));
  result.segment = *std::move(segment);
  SILD_CHECK_OK(text::CheckText(query.document(), "document", kMaxFieldChars));
  SILD_CHECK_OK(text::CheckText(query.context_id(), "context_id", kMaxFieldChars));
  result.document = query.document();
  result.context_id = query.context_id();
  absl::StatusOr<Neighbors> neighbors = FromProto(query.neighbors());
  SILD_CHECK_OK(Within("neighbors", neighbors.status()));
  result.neighbors = *neighbors;
  return result;
}

absl::Status TakePenalties(const v1::Penalties& from, matching::PenaltyTable& to) {
  const auto take = [](bool is_set, double points, std::string_view field,
                       std::int32_t& tenths) -> absl::Status {
    if (is_set) {
      SILD_TRY(tenths, Tenths(points, field));
    }
    return absl::OkStatus();
  };
  SILD_CHECK_OK(take(from.has_language_variety(), from.language_variety(), "language_variety",
                     to.language_variety));
  SILD_CHECK_OK(take(from.has_reversed(), from.reversed(), "reversed", to.reversed));
  SILD_CHECK_OK(take(from.has_sibling(), from.sibling(), "sibling", to.sibling));
  SILD_CHECK_OK(take(from.has_draft(), from.draft(), "draft", to.draft));
  SILD_CHECK_OK(take(from.has_machine(), from.machine(), "machine", to.machine));
  SILD_CHECK_OK(take(from.has_post_edited(), from.post_edited(), "post_edited", to.post_edited));
  SILD_CHECK_OK(take(from.has_alignment(), from.alignment(), "alignment", to.alignment));
  SILD_CHECK_OK(take(from.has_pivot(), from.pivot(), "pivot", to.pivot));
  return take(from.has_age_per_year(), from.age_per_year(), "age_per_year", to.age_per_year);
}

absl::Status TakeOptions(const v1::LookupOptions& from, matching::LookupRequest& to) {
  SILD_TRY(const std::int32_t minimum, Tenths(from.minimum_score(), "minimum_score"));
  if (minimum != 0 && minimum < kLowestMinimumTenths) {
    return FieldError("minimum_score", "must be 0, for the default of 70, or from 50 to 100");
  }
  to.minimum_tenths = minimum == 0 ? kDefaultMinimumTenths : minimum;
  if (from.max_matches() < 0 || from.max_matches() > kMaxMatches) {
    return FieldError("max_matches", "must be 0, for the default of 5, or from 1 to 50");
  }
  to.max_matches = from.max_matches() == 0 ? kDefaultMatches : from.max_matches();
  absl::StatusOr<UnitFilter> filter = FromProto(from.filter());
  SILD_CHECK_OK(Within("filter", filter.status()));
  to.filter = *std::move(filter);
  to.explain = from.explain();
  to.exclude_reversed = from.exclude_reversed();
  to.exclude_pivot = from.exclude_pivot();
  return Within("penalties", TakePenalties(from.penalties(), to.penalties));
}

void ExplanationToProto(const MatchExplanation& explanation, const std::string& unit_text,
                        const std::string& query_text, v1::MatchExplanation* out) {
  out->set_similarity(Points(explanation.similarity_tenths));
  for (const Penalty& penalty : explanation.penalties) {
    v1::Penalty* added = out->add_penalties();
    added->set_reason(static_cast<v1::Penalty::Reason>(penalty.reason));
    added->set_points(Points(penalty.tenths));
  }
  text::OffsetCursor unit_offsets(unit_text);
  text::OffsetCursor query_offsets(query_text);
  for (const Edit& edit : explanation.edits) {
    v1::Edit* added = out->add_edits();
    added->set_operation(static_cast<v1::Edit::Operation>(edit.operation));
    added->set_kind(static_cast<v1::Edit::Kind>(edit.kind));
    *added->mutable_unit_range() = RangeToProto(edit.unit_range, unit_offsets);
    *added->mutable_query_range() = RangeToProto(edit.query_range, query_offsets);
    added->set_points(edit.points);
  }
  out->set_distance(explanation.distance);
  out->set_weight(explanation.weight);
  out->set_score_version(explanation.score_version);
}

void PlacementsToProto(const Match& match, const std::string& query_text, v1::Match* out) {
  for (const Placement& placement : match.placements) {
    v1::Placement* added = out->add_placements();
    added->set_state(static_cast<v1::Placement::State>(placement.state));
    added->set_kind(static_cast<v1::Placement::Kind>(placement.kind));
    // They stand in no order in either text, so each place is counted anew.
    if (placement.query_range) {
      text::OffsetCursor offsets(query_text);
      *added->mutable_query_range() = RangeToProto(*placement.query_range, offsets);
    }
    if (placement.proposal_range) {
      text::OffsetCursor offsets(match.proposal.text);
      *added->mutable_proposal_range() = RangeToProto(*placement.proposal_range, offsets);
    }
  }
}

void BridgeToProto(const Bridge& bridge, v1::Bridge* out) {
  out->set_language_code(bridge.language.str());
  out->set_text(bridge.text);
  out->set_unit(bridge.unit.str());
  out->set_first_score(Points(bridge.first_tenths));
  out->set_second_score(Points(bridge.second_tenths));
}

}  // namespace

absl::StatusOr<matching::LookupRequest> FromProto(const v1::LookupMatchesRequest& request) {
  matching::LookupRequest result;
  SILD_TRY(result.source_language,
           Language(request.source_language_code(), "source_language_code"));
  SILD_CHECK_OK(CheckCount("target_language_codes", request.target_language_codes_size(),
                           kMaxTargetLanguages));
  for (int i = 0; i < request.target_language_codes_size(); ++i) {
    SILD_TRY(LanguageTag language, Language(request.target_language_codes(i),
                                            fmt::format("target_language_codes[{}]", i)));
    result.target_languages.push_back(std::move(language));
  }
  SILD_CHECK_OK(Within("options", TakeOptions(request.options(), result)));
  return result;
}

absl::Status TakeQueries(const v1::LookupMatchesRequest& from, matching::LookupRequest& to) {
  if (from.queries().empty()) {
    return FieldError("queries", "is required; send 1 to 100 segments");
  }
  SILD_CHECK_OK(CheckCount("queries", from.queries_size(), kMaxQueries));
  std::size_t chars = 0;
  for (int i = 0; i < from.queries_size(); ++i) {
    absl::StatusOr<matching::Query> query = QueryFromProto(from.queries(i));
    SILD_CHECK_OK(Within("queries", i, query.status()));
    chars += text::CountChars(query->segment.text);
    to.queries.push_back(*std::move(query));
  }
  return chars <= kMaxQueryChars
             ? absl::OkStatus()
             : FieldError(
                   "queries",
                   fmt::format("have {} characters together; at most {} are taken, send fewer",
                               chars, kMaxQueryChars));
}

v1::TextRange RangeToProto(ByteRange range, text::OffsetCursor& offsets) {
  v1::TextRange result;
  result.set_begin(static_cast<std::int32_t>(offsets.CharOf(range.begin)));
  result.set_end(static_cast<std::int32_t>(offsets.CharOf(range.end)));
  return result;
}

void ToProto(const Match& match, const matching::Query& query, v1::Match* out) {
  TranslationUnit unit = match.unit;
  const LanguageTag& other = match.bridge ? match.bridge->language : match.target_language;
  std::erase_if(unit.variants, [&](const Variant& variant) {
    return variant.language != match.source_language && variant.language != other;
  });
  ToProto(unit, out->mutable_unit());
  out->set_type(static_cast<v1::MatchType>(match.type));
  out->set_score(Points(match.score_tenths));
  out->set_source_language_code(match.source_language.str());
  out->set_target_language_code(match.target_language.str());
  out->set_direction(static_cast<v1::MatchDirection>(match.direction));
  out->set_multiple(match.multiple);
  for (const UnitName& name : match.also_in) {
    out->add_also_in(name.str());
  }
  ToProto(match.proposal, out->mutable_proposal());
  PlacementsToProto(match, query.segment.text, out);
  out->set_repaired_score(Points(match.repaired_tenths));
  if (match.bridge) {
    BridgeToProto(*match.bridge, out->mutable_bridge());
  }
  const Variant* source = unit.Find(match.source_language);
  if (match.explanation && source != nullptr) {
    ExplanationToProto(*match.explanation, source->segment.text, query.segment.text,
                       out->mutable_explanation());
  }
}

}  // namespace sild::service

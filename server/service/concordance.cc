#include "server/service/concordance.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "server/matching/concordance.h"
#include "server/model/try.h"
#include "server/service/convert_common.h"
#include "server/service/convert_match.h"
#include "server/service/convert_unit.h"
#include "server/service/field_error.h"
#include "server/service/limits.h"
#include "server/service/match_search.h"
#include "server/service/page_token.h"
#include "server/service/store_access.h"
#include "server/storage/view_candidates.h"
#include "server/terms/related_forms.h"
#include "server/text/utf8.h"

namespace sild::service {
namespace {

using matching::ConcordanceMode;
using matching::HitPlace;

// What page tokens hold instead of an id: where the last hit of a page stands among all.
std::string PlaceText(const HitPlace& place) {
  return fmt::format("{} {} {} {} {} {}", place.rank.inexact, place.rank.spread, place.rank.weight,
                     place.rank.bytes, place.update_time.time_since_epoch().count(),
                     place.name.str());
}

// Takes a number and the space behind it off `text`.
template <typename Number>
bool TakeNumber(std::string_view& text, Number& number) {
  const auto [stopped, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const auto length = static_cast<std::size_t>(stopped - text.data());
  if (error != std::errc() || length == text.size() || *stopped != ' ') {
    return false;
  }
  text.remove_prefix(length + 1);
  return true;
}

absl::StatusOr<std::optional<HitPlace>> ParsePlace(std::string_view text) {
  if (text.empty()) {
    return std::nullopt;
  }
  HitPlace place;
  Timestamp::rep time = 0;
  if (TakeNumber(text, place.rank.inexact) && TakeNumber(text, place.rank.spread) &&
      TakeNumber(text, place.rank.weight) && TakeNumber(text, place.rank.bytes) &&
      TakeNumber(text, time)) {
    place.update_time = Timestamp(Timestamp::duration(time));
    if (absl::StatusOr<UnitName> name = UnitName::Parse(text); name.ok()) {
      place.name = *std::move(name);
      return place;
    }
  }
  return FieldError("page_token", "is not one that this server gave; search again without it");
}

absl::StatusOr<ConcordanceMode> ReadMode(v1::SearchConcordanceRequest::Mode mode) {
  switch (mode) {
    case v1::SearchConcordanceRequest::MODE_UNSPECIFIED:
    case v1::SearchConcordanceRequest::MODE_ALL_WORDS:
      return ConcordanceMode::kAllWords;
    case v1::SearchConcordanceRequest::MODE_PHRASE:
      return ConcordanceMode::kPhrase;
    case v1::SearchConcordanceRequest::MODE_SUBSTRING:
      return ConcordanceMode::kSubstring;
    default:
      return FieldError("mode", fmt::format("{} is no mode that this server knows; send one of "
                                            "MODE_ALL_WORDS, MODE_PHRASE, MODE_SUBSTRING",
                                            static_cast<int>(mode)));
  }
}

absl::StatusOr<matching::ConcordanceOptions> ReadOptions(
    const v1::SearchConcordanceRequest& request) {
  matching::ConcordanceOptions options;
  SILD_TRY(options.mode, ReadMode(request.mode()));
  options.whole_word = request.whole_word();
  options.match_case = request.match_case();
  options.wildcards = request.wildcards();
  if (options.mode == ConcordanceMode::kSubstring) {
    if (options.whole_word) {
      return FieldError("whole_word", "is not for MODE_SUBSTRING; leave one of them out");
    }
    if (options.wildcards) {
      return FieldError("wildcards",
                        "are not for MODE_SUBSTRING; search for words such as *ship with "
                        "MODE_ALL_WORDS, or leave wildcards out");
    }
  }
  return options;
}

absl::StatusOr<matching::ConcordanceQuery> ReadQuery(const terms::FormExpanders& expanders,
                                                     const LanguageTag& language,
                                                     const v1::SearchConcordanceRequest& request) {
  SILD_TRY(const matching::ConcordanceOptions options, ReadOptions(request));
  SILD_CHECK_OK(text::CheckText(request.query(), "query", kMaxConcordanceChars));
  const terms::FormExpander& expander = expanders.For(text::LanguageKeyOf(language));
  const auto forms_of_word = [&expander](std::string_view word) {
    return terms::RelatedForms(expander, word);
  };
  absl::StatusOr<matching::ConcordanceQuery> query =
      matching::ConcordanceQuery::Parse(request.query(), options, forms_of_word);
  SILD_CHECK_OK(Named("query", query.status()));
  return query;
}

// Reads all but the query.
absl::StatusOr<matching::ConcordanceRequest> ReadRequest(
    const storage::View& view, const v1::SearchConcordanceRequest& request) {
  matching::ConcordanceRequest result;
  SILD_TRY(result.language, Language(request.language_code(), "language_code"));
  absl::StatusOr<UnitFilter> filter = FromProto(request.filter());
  SILD_CHECK_OK(Within("filter", filter.status()));
  result.filter = *std::move(filter);
  SILD_TRY(const int page_size, PageSize(request.page_size()));
  result.max_hits = static_cast<std::size_t>(page_size);
  result.max_bytes = kMaxFoundBytes;
  SILD_TRY(const std::string last_place, LastIdOf(request));
  SILD_TRY(result.after, ParsePlace(last_place));
  SILD_TRY(const auto memories, ReadMemories(view, request.memories()));
  for (const matching::MemoryReference& memory : memories) {
    result.memories.push_back(memory.name);
  }
  return result;
}

absl::StatusOr<std::vector<text::LanguageKey>> ReadOtherLanguages(
    const v1::SearchConcordanceRequest& request) {
  SILD_CHECK_OK(
      CheckCount("other_language_codes", request.other_language_codes_size(), kMaxTargetLanguages));
  std::vector<text::LanguageKey> result;
  for (int i = 0; i < request.other_language_codes_size(); ++i) {
    SILD_TRY(const LanguageTag language,
             Language(request.other_language_codes(i), fmt::format("other_language_codes[{}]", i)));
    result.push_back(text::LanguageKeyOf(language));
  }
  return result;
}

void WriteHit(matching::ConcordanceHit hit, const std::vector<text::LanguageKey>& other_languages,
              v1::SearchConcordanceResponse::Hit* out) {
  if (!other_languages.empty()) {
    std::erase_if(hit.unit.variants, [&](const Variant& variant) {
      return variant.language != hit.language &&
             std::find(other_languages.begin(), other_languages.end(),
                       text::LanguageKeyOf(variant.language)) == other_languages.end();
    });
  }
  ToProto(hit.unit, out->mutable_unit());
  out->set_language_code(hit.language.str());
  text::OffsetCursor offsets(hit.unit.Find(hit.language)->segment.text);
  for (const ByteRange range : hit.ranges) {
    *out->add_ranges() = RangeToProto(range, offsets);
  }
}

}  // namespace

absl::Status FindConcordance(storage::Store& store, const terms::FormExpanders& expanders,
                             CallContext& call, const v1::SearchConcordanceRequest& request,
                             v1::SearchConcordanceResponse* response) {
  SILD_TRY(const auto view, ReadView(store, call));
  SILD_TRY(const matching::ConcordanceRequest search, ReadRequest(*view, request));
  SILD_TRY(const auto other_languages, ReadOtherLanguages(request));
  SILD_TRY(const matching::ConcordanceQuery query, ReadQuery(expanders, search.language, request));
  SILD_TRY(matching::ConcordancePage page,
           matching::SearchConcordance(search, query, storage::ViewCandidates(*view),
                                       [&call] { return call.cancelled.load(); }));
  std::size_t bytes = 0;
  std::optional<HitPlace> last;
  for (matching::ConcordanceHit& hit : page.hits) {
    v1::SearchConcordanceResponse::Hit next;
    const HitPlace place = hit.place;
    WriteHit(std::move(hit), other_languages, &next);
    bytes += next.ByteSizeLong();
    if (last && bytes > kMaxPageBytes) {
      page.has_more = true;
      break;
    }
    *response->add_hits() = std::move(next);
    last = place;
  }
  if (page.has_more) {
    response->set_next_page_token(PageTokenAfter(request, PlaceText(*last)));
  }
  response->set_revision(view->revision().value);
  return absl::OkStatus();
}

}  // namespace sild::service

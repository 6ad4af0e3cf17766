#include "server/service/match_service.h"

#include <functional>
#include <memory>
#include <vector>

#include <fmt/format.h>

#include "server/model/try.h"
#include "server/service/concordance.h"
#include "server/service/convert_match.h"
#include "server/service/fragments.h"
#include "server/service/glossary_concepts.h"
#include "server/service/limits.h"
#include "server/service/match_search.h"
#include "server/service/pretranslation.h"
#include "server/service/recognize.h"
#include "server/service/store_access.h"

namespace sild::service {

void MatchService::AddTo(Api& api) {
  const std::string prefix = "sild.v1.MatchService/";
  api.Add(prefix + "LookupMatches", this, &MatchService::LookupMatches);
  api.Add(prefix + "SearchConcordance", this, &MatchService::SearchConcordance);
  api.AddUnimplemented(prefix + "AnalyzeSegments");
  api.AddStream<v1::PretranslateSegmentsRequest, v1::PretranslateSegmentsResponse>(
      prefix + "PretranslateSegments", this, &MatchService::PretranslateSegments);
}

absl::Status MatchService::LookupMatches(CallContext& call, const v1::LookupMatchesRequest& request,
                                         v1::LookupMatchesResponse* response) {
  std::vector<GlossaryName> glossaries;
  if (!request.glossaries().empty()) {
    SILD_TRY(glossaries, ParseGlossaries(request.glossaries()));
  }
  SILD_TRY(const auto view, ReadView(store_, call));
  SILD_TRY(const FoundMatches found, FindMatches(*view, call, request));
  const std::function<bool()> is_cancelled = [&call] { return call.cancelled.load(); };
  std::shared_ptr<const terms::Recognizer> recognizer;
  if (!glossaries.empty() && !request.options().exclude_fragments()) {
    const auto language = text::LanguageKeyOf(found.request.source_language);
    SILD_TRY(recognizer, recognizers_.Get(*view, glossaries, language, is_cancelled));
  }
  terms::RecognizeOptions options;
  options.include_nested = true;  // Of a longer one a segment may cover a part.
  options.max_hits = static_cast<std::size_t>(kMaxHits);
  options.is_cancelled = is_cancelled;
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < found.results.size(); ++i) {
    v1::LookupMatchesResponse::Result* result = response->add_results();
    const std::string& text = found.request.queries[i].segment.text;
    for (const Match& match : found.results[i].matches) {
      ToProto(match, found.request.queries[i], result->add_matches());
    }
    result->set_more_exact(found.results[i].more_exact);
    AddFragments(
        found, i,
        recognizer == nullptr ? std::vector<terms::Hit>() : recognizer->Recognize(text, options),
        result);
    bytes += result->ByteSizeLong();
    if (bytes > kMaxAnswerBytes) {
      return absl::ResourceExhaustedError(
          fmt::format("the answer would have over {} MiB; send fewer queries or lower max_matches",
                      kMaxAnswerBytes >> 20));
    }
  }
  response->set_revision(found.revision.value);
  return absl::OkStatus();
}

absl::Status MatchService::SearchConcordance(CallContext& call,
                                             const v1::SearchConcordanceRequest& request,
                                             v1::SearchConcordanceResponse* response) {
  return FindConcordance(store_, expanders_, call, request, response);
}

std::unique_ptr<Stream> MatchService::PretranslateSegments() {
  return std::make_unique<Pretranslation>(store_);
}

}  // namespace sild::service

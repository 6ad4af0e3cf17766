#include "server/service/match_service.h"

#include <memory>

#include <fmt/format.h>

#include "server/model/try.h"
#include "server/service/concordance.h"
#include "server/service/convert_match.h"
#include "server/service/limits.h"
#include "server/service/match_search.h"
#include "server/service/pretranslation.h"

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
  SILD_TRY(const FoundMatches found, FindMatches(store_, call, request));
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < found.results.size(); ++i) {
    v1::LookupMatchesResponse::Result* result = response->add_results();
    for (const Match& match : found.results[i].matches) {
      ToProto(match, found.request.queries[i], result->add_matches());
      bytes += result->matches().rbegin()->ByteSizeLong();
    }
    if (bytes > kMaxAnswerBytes) {
      return absl::ResourceExhaustedError(
          fmt::format("the answer would have over {} MiB; send fewer queries or lower max_matches",
                      kMaxAnswerBytes >> 20));
    }
    result->set_more_exact(found.results[i].more_exact);
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

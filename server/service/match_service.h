#pragma once

#include <memory>

#include <absl/status/status.h>

#include "server/service/api.h"
#include "server/service/call_context.h"
#include "server/service/recognizer_cache.h"
#include "server/storage/store.h"
#include "server/terms/form_expanders.h"
#include "sild/v1/match_service.pb.h"

namespace sild::service {

// `sild.v1.MatchService`. Safe for any number of threads. All must outlive it.
class MatchService {
 public:
  MatchService(storage::Store& store, const terms::FormExpanders& expanders,
               RecognizerCache& recognizers)
      : store_(store), expanders_(expanders), recognizers_(recognizers) {}

  void AddTo(Api& api);

  absl::Status LookupMatches(CallContext& call, const v1::LookupMatchesRequest& request,
                             v1::LookupMatchesResponse* response);
  absl::Status SearchConcordance(CallContext& call, const v1::SearchConcordanceRequest& request,
                                 v1::SearchConcordanceResponse* response);
  std::unique_ptr<Stream> PretranslateSegments();

 private:
  storage::Store& store_;
  const terms::FormExpanders& expanders_;
  RecognizerCache& recognizers_;
};

}  // namespace sild::service

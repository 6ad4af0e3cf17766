#pragma once

#include <memory>

#include <absl/status/status.h>

#include "server/service/api.h"
#include "server/service/call_context.h"
#include "server/storage/store.h"
#include "sild/v1/match_service.pb.h"

namespace sild::service {

// `sild.v1.MatchService`. Safe for any number of threads. The store must outlive it.
class MatchService {
 public:
  explicit MatchService(storage::Store& store) : store_(store) {}

  void AddTo(Api& api);

  absl::Status LookupMatches(CallContext& call, const v1::LookupMatchesRequest& request,
                             v1::LookupMatchesResponse* response);
  std::unique_ptr<Stream> PretranslateSegments();

 private:
  storage::Store& store_;
};

}  // namespace sild::service

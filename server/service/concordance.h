#pragma once

#include <absl/status/status.h>

#include "server/service/call_context.h"
#include "server/storage/store.h"
#include "server/terms/form_expanders.h"
#include "sild/v1/match_service.pb.h"

namespace sild::service {

// Answers `MatchService.SearchConcordance` from the newest view, or one that the call asks for.
absl::Status FindConcordance(storage::Store& store, const terms::FormExpanders& expanders,
                             CallContext& call, const v1::SearchConcordanceRequest& request,
                             v1::SearchConcordanceResponse* response);

}  // namespace sild::service

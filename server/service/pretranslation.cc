#include "server/service/pretranslation.h"

#include <utility>

#include "server/model/try.h"
#include "server/service/convert_common.h"
#include "server/service/convert_match.h"
#include "server/service/field_error.h"
#include "server/service/store_access.h"

namespace sild::service {
namespace {

constexpr double kExact = 100.0;

// Returns the look-up that is made for each batch, without queries, or what is wrong with `config`.
absl::StatusOr<v1::LookupMatchesRequest> LookupOf(
    storage::Store& store, CallContext& call,
    const v1::PretranslateSegmentsRequest::Config& config) {
  SILD_CHECK_OK(Language(config.target_language_code(), "target_language_code").status());
  v1::LookupMatchesRequest lookup;
  *lookup.mutable_memories() = config.memories();
  lookup.set_source_language_code(config.source_language_code());
  lookup.add_target_language_codes(config.target_language_code());
  *lookup.mutable_options() = config.options();
  lookup.mutable_options()->set_max_matches(1);
  lookup.mutable_options()->set_exclude_fragments(true);
  if (config.options().minimum_score() == 0.0) {
    lookup.mutable_options()->set_minimum_score(kExact);
  }
  SILD_CHECK_OK(CheckSearch(store, call, lookup));
  return lookup;
}

}  // namespace

absl::Status Pretranslation::OnRequest(CallContext& call,
                                       const google::protobuf::Message& message) {
  const auto& request = static_cast<const v1::PretranslateSegmentsRequest&>(message);
  if (request.has_config() == lookup_.has_value()) {
    return FieldError(lookup_ ? "batch" : "config",
                      "the first message must hold config, and all others a batch of segments");
  }
  if (request.has_config()) {
    absl::StatusOr<v1::LookupMatchesRequest> lookup = LookupOf(store_, call, request.config());
    SILD_CHECK_OK(Within("config", lookup.status()));
    lookup_ = *std::move(lookup);
    return absl::OkStatus();
  }
  *lookup_->mutable_queries() = request.batch().queries();
  SILD_TRY(const auto view, ReadView(store_, call));
  absl::StatusOr<FoundMatches> found = FindMatches(*view, call, *lookup_);
  SILD_CHECK_OK(Within("batch", found.status()));
  found_ = *std::move(found);
  next_ = 0;
  return absl::OkStatus();
}

absl::Status Pretranslation::OnRequestsDone(CallContext& /*call*/) {
  is_last_ = true;
  return lookup_ ? absl::OkStatus()
                 : FieldError("config", "is required; the first message must hold it");
}

absl::StatusOr<Stream::State> Pretranslation::Next(CallContext& call,
                                                   google::protobuf::Message* response) {
  if (!wants_request()) {
    const std::vector<Match>& matches = found_.results[next_].matches;
    if (!matches.empty()) {
      ToProto(matches[0], found_.request.queries[next_],
              static_cast<v1::PretranslateSegmentsResponse&>(*response).mutable_match());
    }
    ++next_;
    call.revision = found_.revision;
    return State::kMessage;
  }
  return is_last_ ? State::kDone : State::kWaiting;
}

}  // namespace sild::service

#include "server/service/store_access.h"

#include <chrono>
#include <random>
#include <utility>

#include <fmt/format.h>

#include "server/model/try.h"
#include "server/service/convert_common.h"
#include "server/service/page_token.h"

namespace sild::service {

absl::StatusOr<std::shared_ptr<const storage::View>> ReadView(storage::Store& store,
                                                              CallContext& call) {
  std::shared_ptr<const storage::View> view = store.CurrentView();
  if (view->revision() < call.min_revision) {
    return absl::UnavailableError(fmt::format(
        "this server shows revision {}, and {} was asked for by sild-min-revision; try again later",
        view->revision().value, call.min_revision.value));
  }
  call.revision = view->revision();
  return view;
}

absl::StatusOr<storage::WriteResult> Write(
    storage::Store& store, CallContext& call, const google::protobuf::Message& request,
    const std::string& request_id, std::function<absl::Status(storage::Transaction&)> plan) {
  SILD_CHECK_OK(CheckRequestId(request_id, "request_id"));
  storage::WriteOptions options;
  options.actor = call.actor;
  options.request_id = request_id;
  options.fingerprint = request_id.empty() ? 0 : Fingerprint(request);
  SILD_TRY(storage::WriteResult result, store.Write(options, std::move(plan)));
  call.revision = result.revision;
  return result;
}

absl::Status CheckEtag(std::string_view etag, Revision revision, std::string_view name) {
  if (etag.empty() || etag == EtagOf(revision)) {
    return absl::OkStatus();
  }
  return absl::AbortedError(
      fmt::format("etag: {} has changed since it was read; get it again and repeat the change on "
                  "what it is now",
                  name));
}

std::string NewId() {
  thread_local std::mt19937_64 random{std::random_device{}()};
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return fmt::format("{:012x}{:016x}",
                     std::chrono::duration_cast<std::chrono::milliseconds>(now).count(), random());
}

}  // namespace sild::service

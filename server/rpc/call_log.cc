#include "server/rpc/call_log.h"

#include <spdlog/spdlog.h>

namespace sild::rpc {
namespace {

bool IsOurFault(absl::StatusCode code) {
  return code == absl::StatusCode::kInternal || code == absl::StatusCode::kDataLoss ||
         code == absl::StatusCode::kUnavailable || code == absl::StatusCode::kUnknown;
}

}  // namespace

void CallLog::Write(const absl::Status& status, std::string_view actor) const {
  const bool is_our_fault = IsOurFault(status.code());
  const auto level = is_our_fault ? spdlog::level::warn : spdlog::level::debug;
  if (!spdlog::should_log(level)) {
    return;
  }
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begun_;
  spdlog::log(level, "event=call method={} code={} ms={:.3f} actor=\"{}\"{}", method_,
              absl::StatusCodeToString(status.code()), took.count(), actor,
              is_our_fault
                  ? fmt::format(" message=\"{}\"",
                                std::string_view(status.message().data(), status.message().size()))
                  : "");
}

}  // namespace sild::rpc

#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include <absl/strings/ascii.h>
#include <fmt/format.h>

#include "server/formats/reader.h"
#include "server/model/try.h"
#include "server/service/api.h"
#include "server/service/convert_common.h"
#include "server/service/field_error.h"
#include "server/service/import_progress.h"
#include "server/service/limits.h"

namespace sild::service {

// The stream of an import, of units or of concepts: a `config`, then chunks of the file. What the
// file holds is committed in groups; when something ends the import early, what was committed stays
// and the last message tells about it before the error does.
template <typename Request, typename Response>
class FileImport : public Stream {
 public:
  absl::Status OnRequest(CallContext& call, const google::protobuf::Message& message) final {
    const auto& request = static_cast<const Request&>(message);
    if (failure_) {
      return absl::OkStatus();  // The client has not seen yet that the import has ended.
    }
    call_ = &call;
    if (request.has_config() == (reader_ != nullptr)) {
      return FieldError(reader_ ? "chunk" : "config",
                        "the first message must hold config, and all others a chunk of the file");
    }
    if (request.has_config()) {
      return Within("config", Start(request.config()));
    }
    if (request.chunk().size() > kMaxChunkBytes) {
      return FieldError("chunk", fmt::format("has {} bytes; at most {} are taken",
                                             request.chunk().size(), kMaxChunkBytes));
    }
    Settle(reader_->Feed(request.chunk()));
    return absl::OkStatus();
  }

  absl::Status OnRequestsDone(CallContext& call) final {
    if (failure_) {
      return absl::OkStatus();
    }
    call_ = &call;
    if (!reader_) {
      return FieldError("config", "is required; the first message must hold it");
    }
    absl::Status status = reader_->Finish();
    if (status.ok()) {
      status = Complete();
    }
    Settle(status);
    is_complete_ = true;
    return absl::OkStatus();
  }

  absl::StatusOr<State> Next(CallContext& /*call*/, google::protobuf::Message* response) final {
    const bool has_ended = failure_ || is_complete_;
    if (has_ended && has_told_end_) {
      return failure_ ? absl::StatusOr<State>(*failure_) : State::kDone;
    }
    if (!has_ended && !progress_.IsDue()) {
      return State::kWaiting;
    }
    has_told_end_ = has_ended;
    progress_.Fill(static_cast<Response&>(*response));
    return State::kMessage;
  }

 protected:
  using Config = typename Request::Config;

  // Checks `config` and makes `reader_`.
  virtual absl::Status Start(const Config& config) = 0;

  // Commits what the reader gave and what is not committed yet, as one event.
  virtual absl::Status Flush() = 0;

  // Called at the end of a file that was read whole.
  virtual absl::Status Complete() { return Flush(); }

  // Called when the file cannot be read further. What came before it is kept.
  virtual absl::Status Abandon() { return Flush(); }

  CallContext& call() { return *call_; }

  std::unique_ptr<formats::FileReader> reader_;
  ImportProgress<Response> progress_;

 private:
  // Ends the import if `status` is an error of the file or of the store.
  void Settle(absl::Status status) {
    if (status.ok()) {
      return;
    }
    if (absl::IsInvalidArgument(status)) {
      if (const absl::Status kept = Abandon(); !kept.ok()) {
        status = kept;
      }
    }
    failure_ = status;
  }

  CallContext* call_ = nullptr;  // Of the request in work.
  std::optional<absl::Status> failure_;
  bool is_complete_ = false;
  bool has_told_end_ = false;
};

// Reads the `language_map` of an import's config into the form that readers want.
template <typename Map>
absl::StatusOr<std::map<std::string, LanguageTag>> LanguageMapFromProto(const Map& from) {
  std::map<std::string, LanguageTag> result;
  for (const auto& [spelling, tag] : from) {
    SILD_TRY(LanguageTag language, Language(tag, fmt::format("language_map[\"{}\"]", spelling)));
    result.emplace(absl::AsciiStrToLower(spelling), std::move(language));
  }
  return result;
}

}  // namespace sild::service

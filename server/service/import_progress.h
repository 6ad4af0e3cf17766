#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <string>
#include <utility>

#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include <google/protobuf/message.h>

#include "server/formats/reader.h"
#include "server/service/limits.h"
#include "sild/v1/memory_service.pb.h"

namespace sild::service {

inline void ToProto(const formats::Issue& issue, v1::ImportIssue* out) {
  out->set_offset_bytes(issue.offset_bytes);
  out->set_line(issue.line);
  out->set_message(issue.message);
  out->set_dropped(issue.dropped);
  out->set_unit_id(issue.unit_id);
}

// What an import has done so far, and the issues that the client has not been told yet. `Response`
// is `ImportUnitsResponse` or `ImportConceptsResponse`, which have the same fields.
template <typename Response>
class ImportProgress {
 public:
  std::int64_t created = 0;
  std::int64_t updated = 0;
  std::int64_t unchanged = 0;
  std::int64_t failed = 0;
  std::int64_t committed_bytes = 0;
  std::int64_t revision = 0;

  void Add(const formats::Issue& issue) {
    ++issue_count_;
    if (issue.dropped) {
      ++failed;
    }
    if (issue_count_ > kMaxImportIssues) {
      return;
    }
    ToProto(issue, pending_.Add());
  }

  // Whether it is time for a message: one a second.
  bool IsDue() const {
    return std::chrono::steady_clock::now() - last_sent_ >= std::chrono::seconds(1);
  }

  // Fills the next message and forgets the issues in it.
  void Fill(Response& response) {
    last_sent_ = std::chrono::steady_clock::now();
    response.set_committed_bytes(committed_bytes);
    response.set_created_count(created);
    response.set_updated_count(updated);
    response.set_unchanged_count(unchanged);
    response.set_failed_count(failed);
    response.set_issue_count(issue_count_);
    response.set_revision(revision);
    response.mutable_issues()->Swap(&pending_);
    pending_.Clear();
  }

 private:
  std::int64_t issue_count_ = 0;
  google::protobuf::RepeatedPtrField<v1::ImportIssue> pending_;
  std::chrono::steady_clock::time_point last_sent_ = std::chrono::steady_clock::now();
};

}  // namespace sild::service

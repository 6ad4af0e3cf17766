#include "server/service/document_check.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "server/model/try.h"
#include "server/service/convert_unit.h"
#include "server/service/field_error.h"
#include "server/service/glossary_service.h"
#include "server/service/import_progress.h"
#include "server/service/limits.h"

namespace sild::service {
namespace {

// So much of a chunk is read at once. A compressed file may unfold to a thousand times as much, of
// which short pairs take a hundred times as much again until they are checked.
constexpr std::size_t kSliceBytes = 1U << 10;

// An answer goes when it has so much, so that it passes every client's limit of 4 MiB; one finding
// has little more than 1 MiB.
constexpr std::size_t kAnswerBytes = 1U << 20;
constexpr int kAnswerFindings = 1'000;

absl::StatusOr<std::unique_ptr<formats::FileReader>> NewReader(
    v1::DocumentFormat format, const formats::PairLanguages& languages,
    const formats::ReadOptions& options, formats::PairSink& sink) {
  switch (format) {
    case v1::DOCUMENT_FORMAT_UNSPECIFIED:
      return nullptr;
    case v1::DOCUMENT_FORMAT_XLIFF:
      return formats::NewXliffReader(options, languages, sink);
    case v1::DOCUMENT_FORMAT_TMX:
      return formats::NewTmxPairReader(options, languages, sink);
    case v1::DOCUMENT_FORMAT_PO:
      return formats::NewPoReader(options, sink);
    case v1::DOCUMENT_FORMAT_TSV:
      return formats::NewTsvPairReader(options, sink);
    case v1::DOCUMENT_FORMAT_TEXT:
      if (!languages.source.empty()) {
        return FieldError("source_language_code",
                          "must be empty for lines of text, which have no source");
      }
      return formats::NewTextReader(options, sink);
    default:
      return FieldError("format", "is no format that this server knows");
  }
}

}  // namespace

absl::StatusOr<formats::ParsedPair> FromProto(const v1::SegmentPair& pair) {
  formats::ParsedPair result;
  if (pair.has_source()) {
    absl::StatusOr<Segment> source = FromProto(pair.source());
    SILD_CHECK_OK(Within("source", source.status()));
    result.source = *std::move(source);
  }
  if (!pair.has_target()) {
    return FieldError("target", "is required; leave pairs out that are not translated");
  }
  absl::StatusOr<Segment> target = FromProto(pair.target());
  SILD_CHECK_OK(Within("target", target.status()));
  result.target = *std::move(target);
  return result;
}

absl::Status DocumentCheck::OnRequest(CallContext& call, const google::protobuf::Message& message) {
  const auto& request = static_cast<const v1::CheckDocumentRequest&>(message);
  if (failure_) {
    return absl::OkStatus();  // The client has not seen yet that the check has ended.
  }
  if (request.has_config() == (check_ != nullptr)) {
    return FieldError(check_ ? "batch" : "config",
                      "the first message must hold config, and all others a batch of segments or, "
                      "if config names a format, a chunk of the file");
  }
  if (request.has_config()) {
    return Within("config", Start(call, request.config()));
  }
  if ((request.payload_case() == v1::CheckDocumentRequest::kChunk) != (reader_ != nullptr)) {
    return reader_ ? FieldError("chunk", "is required, for config names a format")
                   : FieldError("batch", "is required, for config names no format");
  }
  if (request.has_batch()) {
    return Within("batch", CheckBatch(call, request.batch()));
  }
  if (request.chunk().size() > kMaxChunkBytes) {
    return FieldError("chunk", fmt::format("has {} bytes; at most {} are taken",
                                           request.chunk().size(), kMaxChunkBytes));
  }
  chunk_ = request.chunk();
  chunk_at_ = 0;
  return absl::OkStatus();
}

absl::Status DocumentCheck::Start(CallContext& call,
                                  const v1::CheckDocumentRequest::Config& config) {
  SILD_TRY(check_, TermCheck::Begin(
                       resources_, call,
                       {config.glossaries(), config.source_language_code(),
                        config.target_language_code(), config.document(), config.include_used()}));
  formats::ReadOptions options;
  options.is_cancelled = [&call] { return call.cancelled.load(); };
  SILD_TRY(reader_, NewReader(config.format(), check_->languages(), options, *this));
  return absl::OkStatus();
}

absl::Status DocumentCheck::CheckBatch(CallContext& call,
                                       const v1::CheckDocumentRequest::Batch& batch) {
  if (batch.pairs().empty()) {
    return FieldError("pairs", "is required; send 1 to 100 pairs");
  }
  SILD_CHECK_OK(CheckCount("pairs", batch.pairs_size(), kMaxQueries));
  for (int i = 0; i < batch.pairs_size(); ++i) {
    absl::StatusOr<formats::ParsedPair> pair = FromProto(batch.pairs(i));
    SILD_CHECK_OK(Within("pairs", i, pair.status()));
    TermCheck::Findings found;
    check_->Check(pair->source, *pair->target, &found);
    Take(std::move(found));
    if (call.cancelled) {
      return absl::CancelledError("the client went away");
    }
  }
  return absl::OkStatus();
}

absl::Status DocumentCheck::OnPair(formats::ParsedPair pair) {
  if (!pair.target) {
    return absl::OkStatus();
  }
  if (ready_.empty() && pending_.empty()) {
    Check(pair);
  } else {
    pending_.push_back(std::move(pair));
  }
  return absl::OkStatus();
}

void DocumentCheck::Check(const formats::ParsedPair& pair) {
  TermCheck::Findings found;
  check_->Check(pair, &found);
  Take(std::move(found));
}

void DocumentCheck::Take(TermCheck::Findings found) {
  for (v1::TermFinding& finding : found) {
    *open_.add_findings() = std::move(finding);
    Pack(false);
  }
}

void DocumentCheck::OnIssue(formats::Issue issue) {
  if (++issue_count_ <= kMaxImportIssues) {
    ToProto(issue, open_.add_issues());
  }
}

void DocumentCheck::Pack(bool all) {
  for (; packed_findings_ < static_cast<std::size_t>(open_.findings_size()); ++packed_findings_) {
    open_bytes_ += open_.findings(static_cast<int>(packed_findings_)).ByteSizeLong();
  }
  if (!all && open_bytes_ < kAnswerBytes && open_.findings_size() < kAnswerFindings) {
    return;
  }
  *open_.mutable_counts() = check_->counts();
  open_.set_issue_count(issue_count_);
  ready_.push_back(std::exchange(open_, {}));
  packed_findings_ = 0;
  open_bytes_ = 0;
}

absl::Status DocumentCheck::OnRequestsDone(CallContext& /*call*/) {
  is_last_ = true;
  return check_ || failure_ ? absl::OkStatus()
                            : FieldError("config", "is required; the first message must hold it");
}

void DocumentCheck::Work(CallContext& call) {
  while (ready_.empty()) {
    if (call.cancelled) {
      pending_.clear();
      return Fail(absl::CancelledError("the client went away"));
    }
    if (!pending_.empty()) {
      const formats::ParsedPair pair = std::move(pending_.front());
      pending_.pop_front();
      Check(pair);
    } else if (!ReadOn()) {
      break;
    }
  }
  if (!ready_.empty() || is_finished_ || (!is_last_ && !failure_)) {
    return;
  }
  is_finished_ = true;
  if (!failure_) {
    TermCheck::Findings last;
    check_->Finish(&last);
    Take(std::move(last));
  }
  Pack(true);
}

bool DocumentCheck::ReadOn() {
  absl::Status status;
  if (chunk_at_ < chunk_.size()) {
    const std::string_view slice = std::string_view(chunk_).substr(chunk_at_, kSliceBytes);
    chunk_at_ += slice.size();
    status = reader_->Feed(slice);
  } else if (reader_ && is_last_ && !is_read_) {
    is_read_ = true;
    status = reader_->Finish();
  } else {
    return false;
  }
  if (!status.ok()) {
    Fail(std::move(status));
  }
  return true;
}

void DocumentCheck::Fail(absl::Status status) {
  failure_ = std::move(status);
  chunk_at_ = chunk_.size();
  is_read_ = true;
}

absl::StatusOr<Stream::State> DocumentCheck::Next(CallContext& call,
                                                  google::protobuf::Message* response) {
  if (!check_) {
    return State::kWaiting;
  }
  Work(call);
  if (ready_.empty() && (open_.findings_size() > 0 || open_.issues_size() > 0)) {
    Pack(true);
  }
  if (!ready_.empty()) {
    static_cast<v1::CheckDocumentResponse&>(*response) = std::move(ready_.front());
    ready_.pop_front();
    return State::kMessage;
  }
  if (failure_) {
    return *failure_;
  }
  return is_finished_ ? State::kDone : State::kWaiting;
}

std::unique_ptr<Stream> GlossaryService::CheckDocument() {
  return std::make_unique<DocumentCheck>(CheckResources{store_, expanders_, recognizers_});
}

}  // namespace sild::service

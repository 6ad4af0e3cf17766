#include "server/service/concept_messages.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/util/delimited_message_util.h>

#include "server/formats/entry_problems.h"
#include "server/formats/inflate.h"
#include "server/formats/limit_problem.h"
#include "server/model/try.h"
#include "server/service/convert_glossary.h"

namespace sild::service {
namespace {

constexpr std::size_t kMaxLengthBytes = 10;  // Of a varint.

// What says to be longer is no length: the largest message that protocol buffers have.
constexpr std::uint64_t kMaxMessageBytes = std::numeric_limits<std::int32_t>::max();

constexpr std::size_t kMaxIdBytes = 200;  // Of an id in an issue.

// Which facts a message states: those of its fields that are not left at what goes without saying.
formats::StatedFacts StatedBy(const v1::Term& term) {
  return {.status = term.status() != v1::Term::STATUS_UNSPECIFIED,
          .process_status = term.process_status() != v1::Term::PROCESS_STATUS_UNSPECIFIED,
          .type = term.type() != v1::Term::TYPE_UNSPECIFIED,
          .matching = term.matching() != v1::Term::MATCHING_UNSPECIFIED,
          .match_compounds = true};
}

// The concept that `message` holds, under the glossary of `options`.
absl::StatusOr<formats::ParsedConcept> Parse(const v1::Concept& message,
                                             const formats::ReadOptions& options) {
  formats::ParsedConcept parsed;
  SILD_TRY(parsed.entry, FromProto(message));
  Concept& entry = parsed.entry;
  parsed.id = entry.name.concept_id;
  for (Relation& relation : entry.relations) {
    if (relation.target.glossary == entry.name.glossary) {
      relation.target.glossary = options.glossary_id;
    }
  }
  entry.name.glossary = options.glossary_id;
  entry.revision = {};
  const std::string problem = formats::LimitProblem(entry, options.limits);
  if (!problem.empty()) {
    return absl::InvalidArgumentError(problem);
  }
  for (int i = 0; i < message.sections_size(); ++i) {
    for (const v1::Term& term : message.sections(i).terms()) {
      parsed.stated[{entry.sections[static_cast<std::size_t>(i)].language, term.text()}] =
          StatedBy(term);
    }
  }
  return parsed;
}

class ConceptMessageReader : public formats::FileReader {
 public:
  ConceptMessageReader(const formats::ReadOptions& options, formats::ConceptSink& sink)
      : options_(options), sink_(sink), inflater_(options_.max_decompressed_bytes) {}

  absl::Status Feed(std::string_view bytes) override {
    if (status_.ok() && !bytes.empty()) {
      status_ = inflater_.Feed(bytes, [this](std::string_view piece) { return Take(piece); });
    }
    return status_;
  }

  absl::Status Finish() override {
    if (status_.ok()) {
      status_ = inflater_.Finish([this](std::string_view piece) { return Take(piece); });
    }
    if (status_.ok() && (!buffer_.empty() || skip_bytes_ > 0)) {
      status_ = absl::InvalidArgumentError(
          fmt::format("the file ends in the midst of message {}, at byte {}; export it again",
                      skip_bytes_ > 0 ? messages_ : messages_ + 1, last_unit_end_bytes_));
    }
    return status_;
  }

  std::int64_t last_unit_end_bytes() const override { return last_unit_end_bytes_; }

 private:
  absl::Status Take(std::string_view piece);
  absl::StatusOr<std::size_t> TakeNext(std::string_view bytes);
  absl::Status TakeMessage(std::string_view bytes, std::int64_t offset_bytes);
  void LeaveOut(std::string_view reason, std::int64_t offset_bytes, std::string_view id);

  const formats::ReadOptions options_;
  formats::ConceptSink& sink_;
  formats::Inflater inflater_;
  std::string buffer_;          // What has come of the next message and its length.
  std::size_t skip_bytes_ = 0;  // Of a message that is too large, which are still to come.
  std::int64_t messages_ = 0;   // That were taken or left out.
  std::int64_t last_unit_end_bytes_ = 0;
  absl::Status status_;
};

absl::Status ConceptMessageReader::Take(std::string_view piece) {
  if (options_.is_cancelled && options_.is_cancelled()) {
    return absl::CancelledError("the reading of the file was cancelled");
  }
  const std::size_t skipped = std::min(skip_bytes_, piece.size());
  skip_bytes_ -= skipped;
  buffer_ += piece.substr(skipped);
  std::size_t at = 0;
  while (at < buffer_.size()) {
    SILD_TRY(const std::size_t taken, TakeNext(std::string_view(buffer_).substr(at)));
    if (taken == 0) {
      break;
    }
    at += taken;
  }
  buffer_.erase(0, at);
  return absl::OkStatus();
}

// Takes the message that `bytes` begin with, and returns how many of them that were. 0: more must
// come first.
absl::StatusOr<std::size_t> ConceptMessageReader::TakeNext(std::string_view bytes) {
  const std::size_t begin = std::min(bytes.size(), kMaxLengthBytes);
  google::protobuf::io::ArrayInputStream array(bytes.data(), static_cast<int>(begin));
  google::protobuf::io::CodedInputStream in(&array);
  std::uint64_t size = 0;
  const bool has_length = in.ReadVarint64(&size);
  if (!has_length && begin < kMaxLengthBytes) {
    return 0;
  }
  const std::int64_t offset_bytes = last_unit_end_bytes_;
  if (!has_length || size > kMaxMessageBytes) {
    return absl::InvalidArgumentError(
        fmt::format("byte {} begins no message: a message is at most {} bytes long; is the file "
                    "one of length-delimited Concept messages?",
                    offset_bytes, kMaxMessageBytes));
  }
  const auto length_bytes = static_cast<std::size_t>(in.CurrentPosition());
  const std::size_t message_bytes = static_cast<std::size_t>(size);
  const std::string_view rest = bytes.substr(length_bytes);
  if (message_bytes > options_.limits.unit_bytes) {
    ++messages_;
    last_unit_end_bytes_ += static_cast<std::int64_t>(length_bytes + message_bytes);
    LeaveOut(fmt::format("is larger than {} bytes; split it", options_.limits.unit_bytes),
             offset_bytes, "");
    skip_bytes_ = message_bytes - std::min(message_bytes, rest.size());
    return bytes.size() - rest.size() + message_bytes - skip_bytes_;
  }
  if (rest.size() < message_bytes) {
    return 0;
  }
  ++messages_;
  last_unit_end_bytes_ += static_cast<std::int64_t>(length_bytes + message_bytes);
  SILD_CHECK_OK(TakeMessage(rest.substr(0, message_bytes), offset_bytes));
  return length_bytes + message_bytes;
}

absl::Status ConceptMessageReader::TakeMessage(std::string_view bytes, std::int64_t offset_bytes) {
  v1::Concept message;
  if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    LeaveOut("is no Concept", offset_bytes, "");
    return absl::OkStatus();
  }
  absl::StatusOr<formats::ParsedConcept> parsed = Parse(message, options_);
  if (!parsed.ok()) {
    LeaveOut(std::string(parsed.status().message()), offset_bytes, message.name());
    return absl::OkStatus();
  }
  parsed->offset_bytes = offset_bytes;
  return sink_.OnConcept(*std::move(parsed));
}

// Says why the message at hand was not taken.
void ConceptMessageReader::LeaveOut(std::string_view reason, std::int64_t offset_bytes,
                                    std::string_view id) {
  sink_.OnIssue({offset_bytes, 0, fmt::format("message {}: {}", messages_, reason), true,
                 std::string(formats::Clip(id, kMaxIdBytes))});
}

class ConceptMessageWriter : public formats::ConceptWriter {
 public:
  void Begin(std::string& /*out*/) override {}

  bool Write(const Concept& entry, std::string& out) override {
    v1::Concept message;
    ToProto(entry, &message);
    google::protobuf::io::StringOutputStream stream(&out);
    google::protobuf::util::SerializeDelimitedToZeroCopyStream(message, &stream);
    return true;
  }

  void Finish(std::string& /*out*/) override {}
};

}  // namespace

std::unique_ptr<formats::FileReader> NewConceptMessageReader(const formats::ReadOptions& options,
                                                             formats::ConceptSink& sink) {
  return std::make_unique<ConceptMessageReader>(options, sink);
}

std::unique_ptr<formats::ConceptWriter> NewConceptMessageWriter() {
  return std::make_unique<ConceptMessageWriter>();
}

}  // namespace sild::service

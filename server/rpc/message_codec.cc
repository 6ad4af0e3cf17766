#include "server/rpc/message_codec.h"

#include <string>

#include <fmt/format.h>
#include <google/protobuf/stubs/logging.h>
#include <grpcpp/impl/codegen/proto_utils.h>
#include <grpcpp/support/proto_buffer_reader.h>
#include <grpcpp/support/proto_buffer_writer.h>
#include <spdlog/spdlog.h>

namespace sild::rpc {
namespace {

// What protobuf logged on this thread since the parser began.
thread_local std::string last_log;

void KeepLog(google::protobuf::LogLevel level, const char* /*file*/, int /*line*/,
             const std::string& message) {
  last_log = message;
  // What a client sent wrong is told to the client.
  if (level == google::protobuf::LOGLEVEL_FATAL) {
    spdlog::critical("protobuf: {}", message);
  }
}

// Protobuf says `String field 'sild.v1.Segment.text' contains invalid UTF-8 data when parsing …`.
std::string FieldNotUtf8() {
  const std::size_t begin = last_log.find('\'');
  const std::size_t end = begin == std::string::npos ? begin : last_log.find('\'', begin + 1);
  const bool is_about_utf8 = last_log.find("UTF-8") != std::string::npos;
  return is_about_utf8 && end != std::string::npos ? last_log.substr(begin + 1, end - begin - 1)
                                                   : "";
}

}  // namespace

absl::StatusOr<std::unique_ptr<google::protobuf::Message>> ParseMessage(
    const google::protobuf::Message& prototype, grpc::ByteBuffer& buffer) {
  std::unique_ptr<google::protobuf::Message> message(prototype.New());
  last_log.clear();
  grpc::ProtoBufferReader reader(&buffer);
  if (reader.status().ok() && message->ParseFromZeroCopyStream(&reader)) {
    return message;
  }
  const std::string field = FieldNotUtf8();
  return absl::InvalidArgumentError(
      field.empty()
          ? fmt::format("the request is no well-formed {}; send it as the API describes it",
                        prototype.GetTypeName())
          : fmt::format("{}: has bytes that are not UTF-8; send text as UTF-8", field));
}

absl::Status SerializeMessage(const google::protobuf::Message& message, grpc::ByteBuffer& buffer) {
  buffer.Clear();  // gRPC insists on an empty one.
  bool owns_buffer = false;
  const grpc::Status status =
      grpc::GenericSerialize<grpc::ProtoBufferWriter, google::protobuf::Message>(message, &buffer,
                                                                                 &owns_buffer);
  return status.ok() ? absl::OkStatus() : absl::InternalError("the answer cannot be serialised");
}

void CaptureProtobufLog() { google::protobuf::SetLogHandler(&KeepLog); }

}  // namespace sild::rpc

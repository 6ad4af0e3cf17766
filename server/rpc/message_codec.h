#pragma once

#include <memory>

#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include <google/protobuf/message.h>
#include <grpcpp/support/byte_buffer.h>

namespace sild::rpc {

// Reads `buffer` as a message like `prototype`. `InvalidArgument` if it is none; a string field
// with bytes that are not UTF-8 is named.
absl::StatusOr<std::unique_ptr<google::protobuf::Message>> ParseMessage(
    const google::protobuf::Message& prototype, grpc::ByteBuffer& buffer);

// Writes `message` to `buffer`. Fails with `Internal` if it is over 2 GiB.
absl::Status SerializeMessage(const google::protobuf::Message& message, grpc::ByteBuffer& buffer);

// Takes over protobuf's own log, from which alone the name of a field that is not UTF-8 can be had.
// Call once, before the first message is parsed.
void CaptureProtobufLog();

}  // namespace sild::rpc

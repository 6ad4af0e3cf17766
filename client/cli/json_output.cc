#include "client/cli/json_output.h"

#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>

namespace sild::cli {
namespace {

using google::protobuf::util::JsonPrintOptions;

std::string Print(const google::protobuf::Message& message, const JsonPrintOptions& options) {
  std::string json;
  // Fails only for well-known types with values out of range, which the server does not send.
  if (!google::protobuf::util::MessageToJsonString(message, &json, options).ok()) {
    return "{}";
  }
  return json;
}

}  // namespace

std::string ToJsonLine(const google::protobuf::Message& message) {
  JsonPrintOptions options;
  options.always_print_primitive_fields = true;
  return Print(message, options);
}

std::string ErrorJsonLine(const absl::Status& status) {
  // Two separate prints keep `code` before `message`: a Struct has no order.
  google::protobuf::Value code;
  code.set_string_value(absl::StatusCodeToString(status.code()));
  google::protobuf::Value message;
  message.set_string_value(std::string(status.message()));
  return R"({"error":{"code":)" + Print(code, {}) + R"(,"message":)" + Print(message, {}) + "}}";
}

std::string ToEditableJson(const google::protobuf::Message& message) {
  JsonPrintOptions options;
  options.add_whitespace = true;
  return Print(message, options);
}

absl::Status FromJson(const std::string& json, google::protobuf::Message& message) {
  message.Clear();
  const auto status = google::protobuf::util::JsonStringToMessage(json, &message);
  if (!status.ok()) {
    return absl::InvalidArgumentError(status.message().ToString());
  }
  return absl::OkStatus();
}

}  // namespace sild::cli

#pragma once

#include <string>

#include <absl/status/status.h>
#include <google/protobuf/message.h>

namespace sild::cli {

// Returns `message` as proto3 JSON on one line, without its end: lowerCamelCase names, primitive
// fields also where they have their default.
std::string ToJsonLine(const google::protobuf::Message& message);

// The answer to a line of input that was refused: `{"error":{"code":…,"message":…}}`.
std::string ErrorJsonLine(const absl::Status& status);

// Returns `message` as JSON for a person to edit: indented, without defaults.
std::string ToEditableJson(const google::protobuf::Message& message);

// Reads what a person has edited into `message`. Fails with `InvalidArgument` that names the place.
absl::Status FromJson(const std::string& json, google::protobuf::Message& message);

}  // namespace sild::cli

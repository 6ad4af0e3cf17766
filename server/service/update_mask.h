#pragma once

#include <absl/status/status.h>
#include <google/protobuf/field_mask.pb.h>
#include <google/protobuf/message.h>

namespace sild::service {

// Copies the fields of `from` that `mask` names to `to`, a message of the same type, replacing
// lists, maps and sub-messages as a whole. An empty mask names every field that is set in `from`,
// `*` all. `InvalidArgument` names a path that is not there, or that goes into a list or map.
absl::Status ApplyUpdateMask(const google::protobuf::Message& from,
                             const google::protobuf::FieldMask& mask,
                             google::protobuf::Message* to);

}  // namespace sild::service

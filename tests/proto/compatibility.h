#pragma once

#include <string>
#include <vector>

#include <google/protobuf/descriptor.pb.h>

namespace sild::test {

// Returns what a program built against `released` could no longer do with `now`, one sentence a
// finding: messages, fields, enum values, services and methods that are gone or have another
// number, type or name in JSON. What is new is no finding. A field or value that is gone must be
// reserved, number and name.
std::vector<std::string> Incompatibilities(const google::protobuf::FileDescriptorSet& released,
                                           const google::protobuf::FileDescriptorSet& now);

}  // namespace sild::test

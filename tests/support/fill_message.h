#pragma once

#include <google/protobuf/message.h>

namespace sild::test {

// Sets every field of `message`, and of the messages in it, to a value that is not the default;
// lists and maps get two elements. Strings are `s`, numbers 1, enums the first value after the
// default.
void FillMessage(google::protobuf::Message& message);

}  // namespace sild::test

#pragma once

#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include <google/protobuf/message.h>

#include "client/cli/session.h"

namespace sild::cli {

// Lets a person edit `message` as JSON in `$VISUAL`, `$EDITOR` or `vi`. Returns whether it changed.
// Fails with a usage error off a terminal (`hint` says what to give instead), if the editor does,
// and if the text is no such message; then it stays in the file that the error names.
absl::StatusOr<bool> EditMessage(Session& session, google::protobuf::Message& message,
                                 std::string_view hint);

}  // namespace sild::cli

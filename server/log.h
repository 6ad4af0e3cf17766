#pragma once

#include <string>

namespace sild {

// Sets up the log on standard error. Messages are `key=value` pairs that begin with `event=`. In
// the format `json` each line is an object with `time`, `level` and `message`.
void SetUpLog(const std::string& level, const std::string& format);

}  // namespace sild

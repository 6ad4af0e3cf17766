#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sild::client {

// The keys of the metadata that Sild adds to calls and answers.
inline constexpr char kUserKey[] = "sild-user";
inline constexpr char kMinRevisionKey[] = "sild-min-revision";
inline constexpr char kRevisionKey[] = "sild-revision";

// Returns `text` with `%` and all but printable ASCII percent-encoded, as gRPC metadata needs it.
std::string PercentEncode(std::string_view text);

// Returns the revision that `text` tells, or 0 if it tells none.
std::int64_t ParseRevision(std::string_view text);

// Returns the name of the user of this process, or an empty string if the system knows none.
std::string LoginName();

}  // namespace sild::client

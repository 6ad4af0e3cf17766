#pragma once

#include <span>
#include <string>
#include <string_view>

#include <absl/status/status.h>

namespace sild::cli {

// Returns what the name of a file ends in, its ASCII letters in lower case: `.tmx`, and `.gz` of
// `a.tmx.gz`. Empty if it has no ending.
std::string EndingOf(const std::string& path);

// Returns the same with a last `.gz` set aside: `.tmx` of `A.TMX.gz`.
std::string UnpackedEndingOf(const std::string& path);

// Refuses to write `items`, such as units, to a file that has an ending but none of `endings`, with
// a usage error that ends in `advice`.
absl::Status CheckWrittenEnding(const std::string& path, std::span<const std::string_view> endings,
                                std::string_view items, std::string_view advice);

}  // namespace sild::cli

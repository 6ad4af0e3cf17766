#pragma once

#include <algorithm>
#include <string_view>

#include "server/model/limits.h"

namespace sild {

// Whether `key` may be the key of a label: `[a-z][a-z0-9_-]{0,62}`.
constexpr bool IsLabelKey(std::string_view key) {
  const auto is_lower = [](char c) { return c >= 'a' && c <= 'z'; };
  return !key.empty() && key.size() <= kMaxLabelKeyChars && is_lower(key[0]) &&
         std::all_of(key.begin(), key.end(), [&](char c) {
           return is_lower(c) || (c >= '0' && c <= '9') || c == '_' || c == '-';
         });
}

}  // namespace sild

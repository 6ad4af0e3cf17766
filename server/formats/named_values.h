#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

namespace sild::formats {

// Values and what a file calls them. A value may have several names: the first is written.
template <typename T, std::size_t n>
using NamedValues = std::array<std::pair<T, std::string_view>, n>;

// Returns the value of a name, or nothing if no value is called so.
template <typename T, std::size_t n>
std::optional<T> ValueOf(const NamedValues<T, n>& names, std::string_view name) {
  for (const auto& [value, value_name] : names) {
    if (value_name == name) {
      return value;
    }
  }
  return std::nullopt;
}

// Returns the first name of a value; that of the first value if it has none.
template <typename T, std::size_t n>
std::string_view NameOf(const NamedValues<T, n>& names, T wanted) {
  for (const auto& [value, name] : names) {
    if (value == wanted) {
      return name;
    }
  }
  return names[0].second;
}

}  // namespace sild::formats

#pragma once

#include <array>
#include <string>
#include <vector>

namespace sild::bench {

// Returns the different texts of the shared data in a language (`en`, `et`, `lt` or `ru`), in an
// order that is always the same. Empty if the data are not there.
std::vector<std::string> RealTexts(const std::string& language);

// The languages of `RealRows`, in its order.
constexpr std::array<const char*, 4> kRealLanguages = {"en", "et", "lt", "ru"};

// Returns the rows of `software/` in the shared data: what a text is in each of `kRealLanguages`,
// empty where it is in none. In an order that is always the same; empty if the data are not there.
std::vector<std::array<std::string, 4>> RealRows();

}  // namespace sild::bench

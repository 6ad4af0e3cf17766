#pragma once

#include <string>
#include <vector>

namespace sild::bench {

// Returns the different texts of the shared data in a language (`en`, `et`, `lt` or `ru`), in an
// order that is always the same. Empty if the data are not there.
std::vector<std::string> RealTexts(const std::string& language);

}  // namespace sild::bench

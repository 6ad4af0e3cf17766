#pragma once

#include <cstdint>
#include <string_view>

#include "server/matching/score.h"
#include "server/text/tokens.h"

namespace sild::reference {

// The textbook versions of `matching::TokenAligner::Distance`, `WordDistance` and `CharDistance`:
// the whole matrix, no limit, no trimming.
std::int32_t TokenDistance(const text::TokenizedText& a, const text::TokenizedText& b);
std::int32_t WordDistance(std::u32string_view a, std::u32string_view b);
std::int32_t CharDistance(std::u32string_view a, std::u32string_view b);

// `matching::Compare` by them.
matching::Similarity Compare(std::string_view query, std::string_view candidate);

}  // namespace sild::reference

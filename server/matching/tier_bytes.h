#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "server/matching/tier.h"

namespace sild::matching {

// Version of what `ToBytes` writes and of what it means: raise it when either changes, or when the
// rules of `text::Tokenize` do.
constexpr std::uint32_t kTierVersion = 3;

// Returns a tier as bytes that stand for themselves: tokens are written as text. For machines of
// one byte order.
std::string ToBytes(const Tier& tier, const Vocabulary& vocabulary);

// Returns the tier that was written so, its tokens added to the vocabulary and its documents
// counted there. Null if the bytes are no tier; what was written by `ToBytes` and came back whole
// is one.
std::shared_ptr<const Tier> TierFromBytes(std::string_view bytes, Vocabulary& vocabulary);

}  // namespace sild::matching

#pragma once

#include <cstddef>

// What units and concepts may hold, once: requests, files and what is stored are held to the same
// numbers. `tests/service/limits_test.cc` compares them with the comments in `proto/sild/v1`.
namespace sild {

constexpr std::size_t kMaxSegmentChars = 10'000;
constexpr int kMaxTags = 1'000;
constexpr std::size_t kMaxTagChars = 10'000;    // Of `type` and `data` of one tag each.
constexpr std::size_t kMaxFieldChars = 1'000;   // Of document, context id, people.
constexpr std::size_t kMaxNoteChars = 100'000;  // Of one note, property, definition.
constexpr int kMaxVariants = 100;               // And language sections.
constexpr int kMaxLabels = 32;
constexpr std::size_t kMaxLabelKeyChars = 63;
constexpr std::size_t kMaxLabelValueChars = 63;
constexpr int kMaxProperties = 1'000;  // And notes, and relations.

constexpr std::size_t kMaxTermChars = 500;
constexpr int kMaxTermsPerSection = 100;
constexpr int kMaxForms = 200;

constexpr std::size_t kMaxResourceBytes = 1U << 20;  // Of one resource as stored.

// Of one unit or concept in a file. The rest is for what the server adds when it stores it.
constexpr std::size_t kMaxFileUnitBytes = 1'000'000;
static_assert(kMaxFileUnitBytes < kMaxResourceBytes);

}  // namespace sild

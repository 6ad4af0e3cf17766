#pragma once

#include <cstddef>
#include <cstdint>

#include "server/model/limits.h"

// Every limit of a request, once; what a unit or concept may hold is in `server/model/limits.h`.
// `tests/service/limits_test.cc` compares them with the comments in `proto/sild/v1`.
namespace sild::service {

constexpr int kDefaultPageSize = 50;
constexpr int kMaxPageSize = 1'000;
// A page ends early rather than be longer than what every gRPC client takes, which is 4 MiB; one
// element has at most 1 MiB.
constexpr std::size_t kMaxPageBytes = 3U << 20;
// Of units found for such a page, which may lose languages that are not asked for.
constexpr std::size_t kMaxFoundBytes = 4 * kMaxPageBytes;
constexpr std::size_t kMaxAnswerBytes = 32U << 20;  // Of a look-up.

constexpr std::size_t kMaxDisplayNameChars = 63;
constexpr std::size_t kMaxRequestIdChars = 64;

constexpr int kMaxBatchCreate = 1'000;
constexpr int kMaxMemories = 20;
constexpr int kMaxGlossaries = 20;
constexpr int kMaxTargetLanguages = 20;
constexpr int kMaxQueries = 100;
constexpr int kMaxHits = 1'000;  // Of terms in one segment.
constexpr int kMaxExtractSegments = 10'000;
constexpr int kDefaultCandidates = 1'000;
constexpr int kMaxCandidates = 10'000;
constexpr int kDefaultFrequency = 2;
constexpr int kDefaultExamples = 2;
constexpr int kMaxExamples = 10;
constexpr std::size_t kMaxShownForms = 20;  // Of a candidate; how many there are is told.
constexpr std::size_t kMaxQueryChars = 200'000;
constexpr std::size_t kMaxConcordanceChars = 500;  // Of what is looked for.
constexpr int kDefaultMinimumTenths = 700;
constexpr int kLowestMinimumTenths = 500;
constexpr int kDefaultMatches = 5;
constexpr int kMaxMatches = 50;

constexpr std::size_t kMaxChunkBytes = 1U << 20;
constexpr int kMaxImportIssues = 1'000;
// Stored units of one source text that the policies other than `kKeepAll` look at. Each costs a
// read on the thread that all writers wait for.
constexpr int kMaxPartners = 1'000;
constexpr int kImportGroupUnits = 1'000;  // Units that one event of an import holds.
constexpr std::size_t kImportGroupBytes = 4U << 20;

}  // namespace sild::service

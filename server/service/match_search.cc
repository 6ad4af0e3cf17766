#include "server/service/match_search.h"

#include <chrono>
#include <cmath>
#include <string>
#include <utility>

#include "server/model/try.h"
#include "server/service/convert_match.h"
#include "server/service/field_error.h"
#include "server/service/limits.h"
#include "server/service/store_access.h"
#include "server/storage/view_candidates.h"

namespace sild::service {
namespace {

constexpr double kTenthsPerPoint = 10.0;
constexpr double kMaxPoints = 100.0;

absl::Status AddAllMemories(const storage::View& view, std::int32_t penalty_tenths,
                            std::vector<matching::MemoryReference>& memories) {
  std::string after;
  while (true) {
    SILD_TRY(const std::vector<Memory> page, view.ListMemories(after, kMaxPageSize));
    for (const Memory& memory : page) {
      memories.push_back({memory.name, penalty_tenths});
    }
    if (page.size() < static_cast<std::size_t>(kMaxPageSize)) {
      return absl::OkStatus();
    }
    after = page.back().name.memory;
  }
}

absl::Status AddMemory(const storage::View& view, const v1::MemoryRef& reference,
                       std::vector<matching::MemoryReference>& memories) {
  if (!(reference.penalty() >= 0.0 && reference.penalty() <= kMaxPoints)) {
    return FieldError("penalty", "must be from 0 to 100");
  }
  const auto penalty_tenths =
      static_cast<std::int32_t>(std::lround(reference.penalty() * kTenthsPerPoint));
  if (reference.memory() == "memories/-") {
    return AddAllMemories(view, penalty_tenths, memories);
  }
  absl::StatusOr<MemoryName> name = MemoryName::Parse(reference.memory());
  SILD_CHECK_OK(Named("memory", name.status()));
  SILD_CHECK_OK(Named("memory", view.GetMemory(*name).status()));
  memories.push_back({*std::move(name), penalty_tenths});
  return absl::OkStatus();
}

// Reads a request for a view that has its memories, all but its queries.
absl::StatusOr<matching::LookupRequest> ReadSearch(const storage::View& view,
                                                   const v1::LookupMatchesRequest& request) {
  SILD_TRY(matching::LookupRequest search, FromProto(request));
  SILD_TRY(search.memories, ReadMemories(view, request.memories()));
  search.now =
      std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
  return search;
}

}  // namespace

absl::StatusOr<std::vector<matching::MemoryReference>> ReadMemories(
    const storage::View& view, const google::protobuf::RepeatedPtrField<v1::MemoryRef>& memories) {
  if (memories.empty()) {
    return FieldError("memories", "is required; send 1 to 20 names, or memories/- for all");
  }
  SILD_CHECK_OK(CheckCount("memories", memories.size(), kMaxMemories));
  std::vector<matching::MemoryReference> result;
  for (int i = 0; i < memories.size(); ++i) {
    SILD_CHECK_OK(Within("memories", i, AddMemory(view, memories[i], result)));
  }
  return result;
}

absl::Status CheckSearch(storage::Store& store, CallContext& call,
                         const v1::LookupMatchesRequest& request) {
  SILD_TRY(const auto view, ReadView(store, call));
  return ReadSearch(*view, request).status();
}

absl::StatusOr<FoundMatches> FindMatches(const storage::View& view, const CallContext& call,
                                         const v1::LookupMatchesRequest& request) {
  FoundMatches found;
  SILD_TRY(found.request, ReadSearch(view, request));
  SILD_CHECK_OK(TakeQueries(request, found.request));
  const storage::ViewCandidates candidates(view);
  const auto is_cancelled = [&call] { return call.cancelled.load(); };
  SILD_TRY(found.results, matching::Find(found.request, candidates, is_cancelled));
  found.fragments.resize(found.results.size());
  if (!request.options().exclude_fragments()) {
    SILD_TRY(found.fragments, matching::FindFragments(found.request, found.results, candidates,
                                                      is_cancelled, kMaxAnswerBytes));
  }
  found.revision = view.revision();
  return found;
}

}  // namespace sild::service

#include "server/matching/scan.h"

namespace sild::matching {
namespace {

constexpr std::int64_t kUnitsPerCheck = 256;  // Between questions whether to go on.
constexpr std::int64_t kUnitsPerLongCheck = 16 * kUnitsPerCheck;

}  // namespace

absl::Status Scan(const MemoryReference& memory, std::size_t number, const CandidateSource& source,
                  absl::FunctionRef<bool()> is_needless, UnitComparer& comparer) {
  std::int64_t visited = 0;
  return source.ForEachUnit(memory.name, [&](const TranslationUnit& unit) {
    ++visited;
    if ((visited % kUnitsPerCheck == 0 && comparer.IsCancelled()) ||
        (visited % kUnitsPerLongCheck == 0 && is_needless())) {
      return false;
    }
    comparer.CompareWithAll(unit, number, memory.penalty_tenths);
    return true;
  });
}

}  // namespace sild::matching

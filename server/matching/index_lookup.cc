#include "server/matching/index_lookup.h"

#include <string>
#include <unordered_set>
#include <utility>

#include "server/matching/index_search.h"
#include "server/model/try.h"

namespace sild::matching {
namespace {

// Reads the units of the texts that a search for one query finds.
class UnitReader : public NearTextSink {
 public:
  UnitReader(std::size_t query, const MemoryReference& memory, std::size_t memory_number,
             IndexedTexts& texts, UnitComparer& comparer)
      : query_(query),
        memory_(memory),
        memory_number_(memory_number),
        texts_(texts),
        comparer_(comparer) {}

  std::int32_t NeededTenths() const override {
    return comparer_.NeededTenths(query_, memory_.penalty_tenths);
  }

  bool Add(TextHandle handle, std::int32_t /*distance*/) override {
    if (!handles_.insert(handle).second) {
      return true;
    }
    status_ = texts_.ForEachUnit(handle, [this](const TranslationUnit& unit) {
      // A unit of several regional variants may be found by each of them.
      if (units_.insert(unit.name.unit).second) {
        comparer_.CompareWith(query_, unit, memory_number_, memory_.penalty_tenths);
      }
      return !comparer_.IsCancelled();
    });
    return status_.ok() && !comparer_.IsCancelled();
  }

  bool IsCancelled() const override { return comparer_.IsCancelled(); }

  const absl::Status& status() const { return status_; }

 private:
  const std::size_t query_;
  const MemoryReference& memory_;
  const std::size_t memory_number_;
  IndexedTexts& texts_;
  UnitComparer& comparer_;
  std::unordered_set<TextHandle> handles_;  // That were read.
  std::unordered_set<std::string> units_;   // Ids of units that were compared.
  absl::Status status_;
};

}  // namespace

absl::Status IndexLookup::Run(const MemoryReference& memory, std::size_t number,
                              IndexedTexts& texts) {
  // Buffers for searches, a quarter of a megabyte, which a thread makes once.
  thread_local IndexSearch search;
  Lexicon& lexicon = texts.index().lexicon();
  queries_.resize(comparer_.queries().size());
  for (std::size_t i = 0; i < queries_.size() && !comparer_.IsCancelled(); ++i) {
    const QueryBatch::Prepared& prepared = comparer_.queries()[i];
    if (prepared.text.normal.empty()) {
      continue;
    }
    if (queries_[i] == nullptr || &queries_[i]->lexicon() != &lexicon) {
      queries_[i] = std::make_unique<IndexQuery>(prepared.text, lexicon);
    }
    UnitReader reader(i, memory, number, texts, comparer_);
    search.Find(texts.index(), *queries_[i], reader);
    SILD_CHECK_OK(reader.status());
  }
  return absl::OkStatus();
}

}  // namespace sild::matching

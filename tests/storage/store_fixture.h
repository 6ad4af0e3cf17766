#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "server/model/try.h"
#include "server/storage/store.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace sild::test {

inline const LanguageTag kEstonian = LanguageTag::FromCanonical("et");
inline const LanguageTag kLithuanian = LanguageTag::FromCanonical("lt");
inline const LanguageTag kRussian = LanguageTag::FromCanonical("ru");

// A unit of memory `memory` with an Estonian and a Russian text.
inline TranslationUnit MakeUnit(std::string memory, std::string id, std::string estonian,
                                std::string russian = "мост") {
  TranslationUnit unit;
  unit.name = {std::move(memory), std::move(id)};
  unit.variants.resize(2);
  unit.variants[0].language = kEstonian;
  unit.variants[0].segment.text = std::move(estonian);
  unit.variants[1].language = kRussian;
  unit.variants[1].segment.text = std::move(russian);
  return unit;
}

inline Memory MakeMemory(std::string id) {
  Memory memory;
  memory.name = {std::move(id)};
  return memory;
}

// The names of the units with that text.
inline absl::StatusOr<std::vector<UnitName>> UnitsWithText(const storage::Reader& reader,
                                                           const MemoryName& memory,
                                                           const LanguageTag& language,
                                                           std::string_view text) {
  std::vector<UnitName> names;
  SILD_CHECK_OK(reader.ForEachUnitWithText(memory, language, text, [&](TranslationUnit&& unit) {
    names.push_back(unit.name);
    return true;
  }));
  return names;
}

// A store in a fresh directory, with small buffers so that small tests reach flush and compaction,
// and a clock that stands until it is moved.
class StoreTest : public ::testing::Test {
 protected:
  void SetUp() override {
    options_.directory = directory_.path();
    options_.write_buffer_bytes = 64U << 10;
    options_.block_cache_bytes = 1U << 20;
    options_.clock = [this] { return now_; };
    Open();
  }

  void Open() {
    auto store = storage::Store::Open(options_);
    ASSERT_THAT(store, IsOk());
    store_ = *std::move(store);
  }

  void Reopen() {
    store_.reset();
    Open();
  }

  storage::Store& store() { return *store_; }
  std::shared_ptr<const storage::View> view() { return store_->CurrentView(); }

  // Writes with a new event and no request id.
  absl::StatusOr<storage::WriteResult> Write(
      std::function<absl::Status(storage::Transaction&)> plan) {
    return store_->Write({.actor = "Mari", .request_id = "", .fingerprint = 0}, std::move(plan));
  }

  template <typename Resource>
  absl::StatusOr<storage::WriteResult> Put(Resource resource) {
    return Write([resource](storage::Transaction& write) { return write.Put(resource); });
  }

  template <typename Name>
  absl::StatusOr<storage::WriteResult> Delete(Name name) {
    return Write([name](storage::Transaction& write) { return write.Delete(name); });
  }

  // The Estonian text of a unit, or the status message.
  std::string Text(const std::string& memory, const std::string& id) {
    const auto unit = view()->GetUnit({memory, id});
    return unit.ok() ? unit->variants[0].segment.text : std::string(unit.status().message());
  }

  // All memories, at most 100.
  std::vector<Memory> Memories() {
    auto memories = view()->ListMemories("", 100);
    EXPECT_THAT(memories, IsOk());
    return memories.value_or(std::vector<Memory>());
  }

  // The ids of all units of a memory.
  std::vector<std::string> Ids(const std::string& memory) {
    std::vector<std::string> ids;
    const absl::Status status = view()->ForEachUnit({memory}, "", [&](TranslationUnit&& unit) {
      ids.push_back(unit.name.unit);
      return true;
    });
    EXPECT_THAT(status, IsOk());
    return ids;
  }

  TempDir directory_;
  storage::StoreOptions options_;
  Timestamp now_ = Timestamp(std::chrono::hours(24 * 365 * 50));
  std::unique_ptr<storage::Store> store_;
};

}  // namespace sild::test

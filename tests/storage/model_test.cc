#include <map>
#include <random>

#include "tests/storage/store_fixture.h"

namespace sild::test {
namespace {

// What the store must be like: maps, and a list of all states of each unit.
struct ModelMemory {
  std::map<std::string, TranslationUnit> units;
  std::map<std::string, std::vector<std::string>> states;  // Oldest first.
};
using Model = std::map<std::string, ModelMemory>;

const char* const kTexts[] = {"sild",
                              "м\u043eст",
                              "m\u00f5te",
                              "mo\u0303te",
                              "tiltas\u00a0per",
                              "si\u00adld",
                              "🌉👩‍👩‍👧",
                              "جسر",
                              ""};

// Makes the same random writes in the store and in the model.
class ModelTest : public StoreTest, public ::testing::WithParamInterface<int> {
 protected:
  int Random(int below) { return std::uniform_int_distribution<int>(0, below - 1)(random_); }
  std::string RandomMemory() { return "m" + std::to_string(Random(3)); }
  std::string RandomUnit() { return "u" + std::to_string(Random(12)); }

  TranslationUnit RandomContent(const std::string& memory, const std::string& id) {
    TranslationUnit unit = MakeUnit(memory, id, kTexts[Random(std::size(kTexts))]);
    unit.variants[1].language = Random(2) == 0 ? kRussian : kLithuanian;
    unit.document = std::string(static_cast<std::size_t>(Random(400)), 'x');
    return unit;
  }

  // One random call, in both. What fails in one must fail in the other.
  void Step(storage::Transaction& write, Model& model) {
    const std::string memory = RandomMemory();
    const std::string id = RandomUnit();
    const bool has_memory = model.contains(memory);
    const bool has_unit = has_memory && model[memory].units.contains(id);
    const int kind = Random(20);
    if (kind == 0) {
      EXPECT_EQ(write.Delete(MemoryName{memory}).ok(), has_memory);
      model.erase(memory);
    } else if (kind < 3) {
      EXPECT_THAT(write.Put(MakeMemory(memory)), IsOk());
      model.try_emplace(memory);
    } else if (kind < 6) {
      EXPECT_EQ(write.Delete(UnitName{memory, id}).ok(), has_unit);
      if (has_unit) {
        model[memory].units.erase(id);
        model[memory].states[id].push_back("deleted");
      }
    } else if (kind == 6 && has_unit) {
      EXPECT_THAT(write.Purge(UnitName{memory, id}), IsOk());
      model[memory].units.erase(id);
      for (std::string& state : model[memory].states[id]) {
        state = state == "deleted" ? state : "purged";
      }
      model[memory].states[id].push_back("purged");
    } else {
      const TranslationUnit unit = RandomContent(memory, id);
      EXPECT_EQ(write.Put(unit).ok(), has_memory);
      if (has_memory) {
        model[memory].units[id] = unit;
        model[memory].states[id].push_back(unit.variants[0].segment.text);
      }
    }
  }

  // One event, of which one in five fails in the end. One call each: the history tells only the
  // last state that an event leaves of a unit.
  void WriteRandomEvent() {
    Model changed = model_;
    const bool fails = Random(5) == 0;
    const auto result = Write([&](storage::Transaction& write) {
      Step(write, changed);
      return fails ? absl::AbortedError("on purpose") : absl::OkStatus();
    });
    EXPECT_EQ(result.ok(), !fails);
    if (!fails) {
      model_ = std::move(changed);
    }
  }

  static std::string Describe(const TranslationUnit& unit) {
    return unit.name.str() + "=" + unit.variants[0].segment.text + "/" +
           unit.variants[1].language.str() + "/" + std::to_string(unit.document.size()) + "\n";
  }

  std::string ModelContents() {
    std::string contents;
    for (const auto& [name, memory] : model_) {
      contents += name + ": " + std::to_string(memory.units.size()) + "\n";
      for (const auto& [id, unit] : memory.units) {
        contents += Describe(unit);
      }
      for (const auto& [id, states] : memory.states) {
        contents += id + ":";
        for (auto state = states.rbegin(); state != states.rend(); ++state) {
          contents += " " + *state;
        }
        contents += "\n";
      }
    }
    return contents;
  }

  std::string StateOf(const Change& change) {
    if (const auto* unit = std::get_if<TranslationUnit>(&change.resource)) {
      return unit->variants[0].segment.text;
    }
    return change.type == ChangeType::kDeleted ? "deleted" : "purged";
  }

  std::string StoreContents() {
    std::string contents;
    const auto now = view();
    for (const Memory& memory : Memories()) {
      contents +=
          memory.name.memory + ": " + std::to_string(now->CountUnits(memory.name)->total) + "\n";
      EXPECT_THAT(now->ForEachUnit(memory.name, "",
                                   [&](TranslationUnit&& unit) {
                                     contents += Describe(unit);
                                     return true;
                                   }),
                  IsOk());
      for (const std::string id :
           {"u0", "u1", "u10", "u11", "u2", "u3", "u4", "u5", "u6", "u7", "u8", "u9"}) {
        const auto states = now->ListRevisions(UnitName{memory.name.memory, id}, {}, 1000);
        if (states.ok()) {
          contents += id + ":";
          for (const Change& change : *states) {
            contents += " " + StateOf(change);
          }
          contents += "\n";
        }
      }
    }
    return contents;
  }

  // The look-up by text must find what a scan finds.
  void CheckTexts() {
    for (const auto& [name, memory] : model_) {
      std::vector<UnitName> expected;
      for (const auto& [id, unit] : memory.units) {
        const std::string& text = unit.variants[0].segment.text;
        if (text == "m\u00f5te" || text == "mo\u0303te") {
          expected.push_back(unit.name);
        }
      }
      EXPECT_THAT(UnitsWithText(*view(), {name}, kEstonian, "m\u00f5te"), IsOkAndHolds(expected));
    }
  }

  Model model_;
  std::mt19937 random_{static_cast<std::mt19937::result_type>(GetParam())};
};

TEST_P(ModelTest, StoreDoesWhatMapsDo) {
  for (int round = 0; round < 6; ++round) {
    for (int i = 0; i < 60; ++i) {
      WriteRandomEvent();
    }
    ASSERT_EQ(StoreContents(), ModelContents()) << "seed " << GetParam();
    CheckTexts();
    if (round % 2 == 1) {
      Reopen();
      ASSERT_EQ(StoreContents(), ModelContents()) << "after reopening, seed " << GetParam();
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, ModelTest, ::testing::Range(1, 5));

}  // namespace
}  // namespace sild::test

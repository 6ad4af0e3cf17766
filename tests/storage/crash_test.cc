#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <map>
#include <random>
#include <set>
#include <sstream>
#include <thread>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "server/storage/state.h"
#include "server/storage/stored_texts.h"
#include "tests/storage/store_fixture.h"

namespace sild::test {
namespace {

// What crash_writer.cc said of one operation.
struct Acknowledged {
  std::string memory;
  std::string operation;
  int size = 0;
  Revision revision;
};

// Starts crash_writer, reads `acknowledgements` lines, waits a little more, kills it, and returns
// everything that it said.
std::vector<Acknowledged> RunAndKill(const std::string& directory, int round, int acknowledgements,
                                     std::chrono::microseconds delay) {
  int ends[2];
  EXPECT_EQ(pipe(ends), 0);
  const std::string round_text = std::to_string(round);
  const pid_t child = fork();
  if (child == 0) {
    dup2(ends[1], STDOUT_FILENO);
    close(ends[0]);
    close(ends[1]);
    execl(SILD_CRASH_WRITER, SILD_CRASH_WRITER, directory.c_str(), round_text.c_str(), nullptr);
    _exit(127);
  }
  close(ends[1]);
  std::string said;
  char buffer[4096];
  bool is_killed = false;
  for (ssize_t count = 0; (count = read(ends[0], buffer, sizeof(buffer))) > 0;) {
    said.append(buffer, static_cast<std::size_t>(count));
    if (!is_killed && std::count(said.begin(), said.end(), '\n') >= acknowledgements) {
      std::this_thread::sleep_for(delay);  // So that it dies anywhere, not only after an answer.
      kill(child, SIGKILL);
      is_killed = true;
    }
  }
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status)) << "the writer ended by itself";
  std::vector<Acknowledged> result;
  std::istringstream lines(said.substr(0, said.rfind('\n') + 1));
  for (Acknowledged line;
       lines >> line.memory >> line.operation >> line.size >> line.revision.value;) {
    result.push_back(line);
  }
  return result;
}

class CrashTest : public StoreTest {
 protected:
  using Sizes = std::map<std::string, int>;  // Units by memory and operation.

  // How many units of each operation the state has.
  Sizes UnitsInState() {
    Sizes sizes;
    for (const Memory& memory : Memories()) {
      std::int64_t total = 0;
      for (const std::string& id : Ids(memory.name.memory)) {
        ++sizes[memory.name.memory + " " + id.substr(0, id.find('.'))];
        ++total;
      }
      EXPECT_EQ(view()->CountUnits(memory.name)->total, total);
    }
    return sizes;
  }

  // How many units of each operation the log has.
  Sizes UnitsInLog() {
    Sizes sizes;
    Revision from = view()->oldest_revision();
    for (std::uint32_t ordinal = 0; from <= view()->revision();) {
      const auto changes = view()->ReadChanges(from, ordinal, 1U << 20);
      if (!changes.ok()) {
        ADD_FAILURE() << changes.status().message();
        break;
      }
      for (const Change& change : changes->changes) {
        if (const auto* name = std::get_if<UnitName>(&change.name)) {
          ++sizes[name->memory + " " + name->unit.substr(0, name->unit.find('.'))];
        }
      }
      ordinal = changes->next_ordinal;
      from = {changes->through.value + (ordinal == 0 ? 1 : 0)};
    }
    return sizes;
  }

  // Opens the index of each memory and expects the text of each unit in it.
  void ExpectAllIndexed() {
    const text::LanguageKey key = text::LanguageKeyOf(kEstonian);
    for (const Memory& memory : Memories()) {
      (void)view()->OpenIndex(memory.name, key);
      store().WaitForIndexes();
      const auto texts = view()->OpenIndex(memory.name, key);
      ASSERT_THAT(texts, IsOk());
      ASSERT_NE(*texts, nullptr);
      std::set<matching::TextHandle> handles;
      for (const auto& tier : (*texts)->index().tiers()) {
        for (std::uint32_t i = 0; i < tier->size(); ++i) {
          handles.insert(tier->handle(i));
        }
      }
      for (std::uint32_t i = 0; i < (*texts)->index().fresh().size(); ++i) {
        handles.insert((*texts)->index().fresh()[i].handle);
      }
      std::size_t missing = 0;
      const absl::Status status = view()->ForEachUnit(memory.name, "", [&](TranslationUnit&& unit) {
        const std::uint64_t hash = storage::TextHash(unit.variants[0].segment.text);
        missing += handles.contains(storage::TextHandleOf(hash)) ? 0 : 1;
        return true;
      });
      EXPECT_THAT(status, IsOk());
      EXPECT_EQ(missing, 0U) << "of " << memory.name.str();
    }
  }

  static bool IsWholeSize(int size) {
    return size == 1 || size == 10 || size == 100 || size == 1000;
  }
};

TEST_F(CrashTest, LosesNothingAcknowledgedAndHalvesNoEvent) {
  store_.reset();
  int rounds = 10;
  if (const char* wanted = std::getenv("SILD_CRASH_ROUNDS")) {
    rounds = std::atoi(wanted);
  }
  const std::uint32_t seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  std::map<std::string, Acknowledged> ledger;
  for (int round = 0; round < rounds; ++round) {
    const auto said =
        RunAndKill(directory_.path().string(), round, 1 + static_cast<int>(random() % 40),
                   std::chrono::microseconds(random() % 20'000));
    for (const Acknowledged& line : said) {
      ledger[line.memory + " " + line.operation] = line;
    }
    Open();
    const Sizes state = UnitsInState();
    for (const auto& [operation, line] : ledger) {
      ASSERT_TRUE(state.contains(operation)) << operation << " is lost, round " << round;
      EXPECT_EQ(state.at(operation), line.size) << operation;
      EXPECT_LE(line.revision, view()->revision());
    }
    for (const auto& [operation, size] : state) {
      EXPECT_TRUE(IsWholeSize(size)) << operation << " has " << size << " units, round " << round;
    }
    EXPECT_EQ(UnitsInLog(), state);
    ExpectAllIndexed();
    store_.reset();
  }
  std::printf("%d rounds, %zu acknowledged operations, none lost\n", rounds, ledger.size());
}

}  // namespace
}  // namespace sild::test

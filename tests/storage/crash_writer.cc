// A program for crash_test.cc: writes to a store until it is killed, and says what was
// acknowledged.
//
//   crash_writer <directory> <round>
//
// Each of four threads writes to a memory of its own. An operation stores `size` units, named
// `<round>-<thread>-<n>.<i>`, in one event or one bulk load. When it
// is acknowledged, a line `<memory> <round>-<thread>-<n> <size> <revision>` goes to standard
// output.
#include <cstdlib>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <unistd.h>

#include "server/model/try.h"
#include "server/storage/store.h"
#include "server/text/languages.h"

namespace sild::test {
namespace {

TranslationUnit MakeUnit(const std::string& memory, const std::string& id) {
  TranslationUnit unit;
  unit.name = {memory, id};
  unit.variants.resize(1);
  unit.variants[0].language = LanguageTag::FromCanonical("et");
  unit.variants[0].segment.text = "mõte " + id;
  return unit;
}

absl::StatusOr<storage::WriteResult> Load(storage::Store& store, const std::string& memory,
                                          const std::string& operation, int size) {
  SILD_TRY(const auto load, store.BeginBulkLoad({}, {memory}));
  for (int i = 0; i < size; ++i) {
    SILD_CHECK_OK(load->Add(MakeUnit(memory, fmt::format("{}.{}", operation, i))));
  }
  return load->Finish();
}

absl::StatusOr<storage::WriteResult> WriteEvent(storage::Store& store, const std::string& memory,
                                                const std::string& operation, int size) {
  return store.Write({}, [&](storage::Transaction& write) {
    for (int i = 0; i < size; ++i) {
      SILD_CHECK_OK(write.Put(MakeUnit(memory, fmt::format("{}.{}", operation, i))));
    }
    return absl::OkStatus();
  });
}

void WriteForEver(storage::Store& store, const std::string& round, int thread) {
  static constexpr int kSizes[] = {1, 1, 1, 10, 100, 1000};
  std::mt19937 random(std::random_device{}());
  const std::string memory = "m" + std::to_string(thread);
  for (int n = 0;; ++n) {
    const std::string operation = fmt::format("{}-{}-{}", round, thread, n);
    const int size = kSizes[random() % std::size(kSizes)];
    if (n % 4 == 0) {  // So that there is an index, which is saved and dropped now and then.
      (void)store.CurrentView()->OpenIndex({memory},
                                           text::LanguageKeyOf(LanguageTag::FromCanonical("et")));
    }
    const auto result = random() % 4 == 0 ? Load(store, memory, operation, size)
                                          : WriteEvent(store, memory, operation, size);
    if (!result.ok()) {
      fmt::print(stderr, "{}\n", std::string(result.status().message()));
      std::_Exit(1);
    }
    const std::string line =
        fmt::format("{} {} {} {}\n", memory, operation, size, result->revision.value);
    // Short writes to a pipe are not mixed.
    if (write(STDOUT_FILENO, line.data(), line.size()) < 0) {
      std::_Exit(2);
    }
  }
}

int Run(const std::string& directory, const std::string& round) {
  storage::StoreOptions options;
  options.directory = directory;
  options.write_buffer_bytes = 256U << 10;
  const auto store = storage::Store::Open(options);
  if (!store.ok()) {
    fmt::print(stderr, "{}\n", std::string(store.status().message()));
    return 1;
  }
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    const auto memory = (*store)->Write({}, [i](storage::Transaction& write) {
      Memory made;
      made.name = {"m" + std::to_string(i)};
      return write.Put(made);
    });
    if (!memory.ok()) {
      return 1;
    }
    threads.emplace_back([&, i] { WriteForEver(**store, round, i); });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  return 0;
}

}  // namespace
}  // namespace sild::test

int main(int argc, char** argv) { return argc == 3 ? sild::test::Run(argv[1], argv[2]) : 2; }

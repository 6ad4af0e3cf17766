// Starts `sildd`, fills a memory, and prints a table of what look-ups cost through gRPC: one
// segment a call, a hundred a call and as a stream; how much of it is the call itself; across a
// third language; how long it takes until a new unit is found; and the server's memory.
//
// sild_serving_table SEGMENTS [LANGUAGES] [QUERIES] [DIRECTORY]
//   SEGMENTS   how many units there are
//   LANGUAGES  default en: the languages of their variants, as en,et,lt,ru, whose indexes are made;
//              queries are of the first one
//   QUERIES    default 2000
//   DIRECTORY  where the data stay; what an earlier run with the same arguments left is used again

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include "sild/v1/match_service.grpc.pb.h"
#include "sild/v1/memory_service.grpc.pb.h"
#include "tests/bench/machine.h"
#include "tests/bench/workload.h"
#include "tests/end_to_end/server_process.h"

namespace sild::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kBatch = 100;
constexpr int kUnitsPerWrite = 1'000;
constexpr int kCallers = 2;
constexpr int kConfirmed = 200;
constexpr double kMinimumScore = 70;
constexpr const char* kTarget = "fi";  // Of all units; nobody asks for its index.
constexpr const char* kAcross = "sv";  // Of units of another memory, which have `kTarget` too.

double Seconds(Clock::duration duration) { return std::chrono::duration<double>(duration).count(); }

void Check(const grpc::Status& status) {
  if (!status.ok()) {
    fmt::print(stderr, "{}\n", status.error_message());
    std::exit(1);
  }
}

// Processor seconds that a process has taken, `self` for this one.
double ProcessorSeconds(const std::string& process) {
  std::ifstream file("/proc/" + process + "/stat");
  std::string word;
  double ticks = 0;
  for (int i = 1; file >> word && i <= 15; ++i) {
    ticks += i >= 14 ? std::strtod(word.c_str(), nullptr) : 0;  // utime and stime.
  }
  return ticks / static_cast<double>(sysconf(_SC_CLK_TCK));
}

// Megabytes of memory that a process has in use.
double ResidentMegabytes(pid_t process) {
  std::ifstream file(fmt::format("/proc/{}/status", process));
  for (std::string word; file >> word;) {
    if (word == "VmRSS:" && file >> word) {
      return std::strtod(word.c_str(), nullptr) / 1024;
    }
  }
  return 0;
}

std::vector<std::string> Split(const std::string& list) {
  std::vector<std::string> parts(1);
  for (const char c : list) {
    c == ',' ? parts.emplace_back() : parts.back() += c;
  }
  return parts;
}

class Table {
 public:
  Table(std::vector<std::string> languages, std::size_t segments, std::size_t queries,
        const std::string& directory)
      : languages_(std::move(languages)),
        segments_(segments),
        server_({"--log-level", "warn"}, directory) {
    for (const std::string& language : languages_) {
      workloads_.push_back(MakeWorkload(language, segments, queries));
    }
  }

  bool HasTexts() const { return !workloads_[0].texts.empty() && !workloads_[0].queries.empty(); }

  void Print() {
    fmt::print("{}\n", MachineText());
    Connect();
    if (!IsFull()) {
      Fill();
    }
    fmt::print("{} units of {} languages; database and indexes written, server {:.0f} MB\n",
               segments_, languages_.size() + 1, ResidentMegabytes(server_.pid()));
    AwaitIndexes("made");
    AwaitIdle();
    fmt::print("server with {} indexes of {} segments: {:.0f} MB\n", languages_.size(), segments_,
               ResidentMegabytes(server_.pid()));
    fmt::print("{:<34} {:>12} {:>11} {:>11} {:>9}\n", "70 %, top 5", "segments/s", "server us",
               "client us", "of it RPC");
    PrintCalls("one a call, 1 caller", 1, 1);
    PrintCalls("one a call, 2 callers", 1, kCallers);
    PrintCalls("100 a call, 1 caller", kBatch, 1);
    PrintCalls("100 a call, 2 callers", kBatch, kCallers);
    exclude_fragments_ = true;
    PrintCalls("the same without fragments", kBatch, kCallers);
    exclude_fragments_ = false;
    PrintStream();
    PrintPivot();
    PrintConfirmed();
    fmt::print("server after all that: {:.0f} MB\n", ResidentMegabytes(server_.pid()));
    if (!server_.Terminate().has_value()) {
      fmt::print(stderr, "sildd does not end\n");
      std::exit(1);
    }
    const auto begin = Clock::now();
    server_.Start();
    Connect();
    fmt::print("started again in {:.2f} s\n", Seconds(Clock::now() - begin));
    AwaitIndexes("read");
    AwaitIdle();
    fmt::print("server after a start, with {} indexes: {:.0f} MB\n", languages_.size(),
               ResidentMegabytes(server_.pid()));
  }

 private:
  using Request = v1::LookupMatchesRequest;

  void Connect() {
    const auto channel = server_.Connect();
    memories_ = v1::MemoryService::NewStub(channel);
    matches_ = v1::MatchService::NewStub(channel);
  }

  bool IsFull() const {
    grpc::ClientContext context;
    v1::GetMemoryRequest request;
    request.set_name("memories/across");
    v1::Memory memory;
    return memories_->GetMemory(&context, request, &memory).ok() &&
           memory.unit_count() == static_cast<std::int64_t>(segments_);
  }

  void Fill() {
    for (const char* const id : {"full", "empty", "across"}) {
      grpc::ClientContext context;
      v1::CreateMemoryRequest request;
      request.set_memory_id(id);
      v1::Memory memory;
      Check(memories_->CreateMemory(&context, request, &memory));
    }
    FillMemory("full", [this](std::size_t i, v1::TranslationUnit& unit) {
      for (std::size_t j = 0; j < languages_.size(); ++j) {
        AddVariant(languages_[j], workloads_[j].texts[i], unit);
      }
    });
    FillMemory("across", [](std::size_t i, v1::TranslationUnit& unit) {
      AddVariant(kAcross, fmt::format("Översättning {}", i), unit);
    });
  }

  // Stores units of a target and what `add` adds.
  void FillMemory(const std::string& memory,
                  const std::function<void(std::size_t, v1::TranslationUnit&)>& add) {
    v1::BatchCreateUnitsRequest batch;
    batch.set_parent("memories/" + memory);
    for (std::size_t i = 0; i < segments_; ++i) {
      v1::TranslationUnit& unit = *batch.add_requests()->mutable_unit();
      AddVariant(kTarget, fmt::format("Käännös {}", i), unit);
      add(i, unit);
      if (batch.requests_size() == kUnitsPerWrite || i + 1 == segments_) {
        grpc::ClientContext context;
        v1::BatchCreateUnitsResponse response;
        Check(memories_->BatchCreateUnits(&context, batch, &response));
        batch.clear_requests();
      }
    }
  }

  static void AddVariant(const std::string& language, const std::string& text,
                         v1::TranslationUnit& unit) {
    v1::Variant* variant = unit.add_variants();
    variant->set_language_code(language);
    variant->mutable_segment()->set_text(text);
  }

  Request RequestFor(const std::string& memory, const std::string& language) const {
    Request request;
    request.add_memories()->set_memory("memories/" + memory);
    request.set_source_language_code(language);
    request.add_target_language_codes(kTarget);
    request.mutable_options()->set_minimum_score(kMinimumScore);
    request.mutable_options()->set_exclude_fragments(exclude_fragments_);
    return request;
  }

  v1::LookupMatchesResponse LookUp(const Request& request) const {
    grpc::ClientContext context;
    v1::LookupMatchesResponse response;
    Check(matches_->LookupMatches(&context, request, &response));
    return response;
  }

  // Looks something up until that takes far less than a look at all units: the index is there.
  void AwaitIndexes(const char* verb) const {
    for (std::size_t i = 0; i < languages_.size(); ++i) {
      Request request = RequestFor("full", languages_[i]);
      request.add_queries()->mutable_segment()->set_text(workloads_[i].queries[0]);
      const auto begin = Clock::now();
      const double far_less = 20e-9 * static_cast<double>(segments_) + 0.002;
      for (auto before = begin;; before = Clock::now()) {
        LookUp(request);
        if (Seconds(Clock::now() - before) < far_less) {
          break;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
      }
      fmt::print("index of {} {} in {:.2f} s, looking at all units meanwhile\n", languages_[i],
                 verb, Seconds(Clock::now() - begin));
    }
  }

  // Waits until the server has nothing to do: it finds look-alikes in advance, and compacts.
  void AwaitIdle() const {
    const std::string server = std::to_string(server_.pid());
    const auto begin = Clock::now();
    for (double before = ProcessorSeconds(server), now = before + 1; now - before > 0.02;) {
      before = ProcessorSeconds(server);
      std::this_thread::sleep_for(std::chrono::seconds(1));
      now = ProcessorSeconds(server);
    }
    fmt::print("idle after {:.0f} s more\n", Seconds(Clock::now() - begin));
    std::fflush(stdout);
  }

  std::vector<Request> Requests(const std::string& memory, int batch) const {
    std::vector<Request> requests;
    for (const std::string& query : workloads_[0].queries) {
      if (requests.empty() || requests.back().queries_size() == batch) {
        requests.push_back(RequestFor(memory, languages_[0]));
      }
      requests.back().add_queries()->mutable_segment()->set_text(query);
    }
    return requests;
  }

  struct Cost {
    double seconds = 0;
    double server_seconds = 0;
    double client_seconds = 0;
  };

  Cost Measure(const std::function<void()>& work) const {
    const std::string server = std::to_string(server_.pid());
    const double server_before = ProcessorSeconds(server);
    const double client_before = ProcessorSeconds("self");
    const auto begin = Clock::now();
    work();
    return {Seconds(Clock::now() - begin), ProcessorSeconds(server) - server_before,
            ProcessorSeconds("self") - client_before};
  }

  // Sends all requests `rounds` times, by as many callers.
  Cost Send(const std::vector<Request>& requests, int callers, int rounds) const {
    return Measure([&] {
      std::vector<std::jthread> threads;
      for (int caller = 0; caller < callers; ++caller) {
        threads.emplace_back([&, caller] {
          for (int round = 0; round < rounds; ++round) {
            for (std::size_t i = static_cast<std::size_t>(caller); i < requests.size();
                 i += static_cast<std::size_t>(callers)) {
              LookUp(requests[i]);
            }
          }
        });
      }
    });
  }

  void PrintCalls(const char* name, int batch, int callers) const {
    const std::vector<Request> requests = Requests("full", batch);
    Send(requests, callers, 1);
    const Cost full = Send(requests, callers, kRounds);
    const Cost empty = Send(Requests("empty", batch), callers, kRounds);
    PrintRow(name, full, empty);
  }

  // To a language that other units have, by the target that both have.
  void PrintPivot() const {
    std::vector<Request> requests = Requests("full", 1);
    for (Request& request : requests) {
      request.add_memories()->set_memory("memories/across");
      request.set_target_language_codes(0, kAcross);
    }
    Send(requests, 1, 1);
    const Cost full = Send(requests, 1, kRounds);
    PrintRow("across a language, one a call", full, Send(Requests("empty", 1), 1, kRounds));
  }

  void PrintStream() const {
    const Cost full = Measure([this] { Stream("full"); });
    const Cost empty = Measure([this] { Stream("empty"); });
    PrintRow("stream, 100 a message", full, empty);
  }

  void Stream(const std::string& memory) const {
    grpc::ClientContext context;
    const auto stream = matches_->PretranslateSegments(&context);
    v1::PretranslateSegmentsRequest request;
    auto* config = request.mutable_config();
    config->add_memories()->set_memory("memories/" + memory);
    config->set_source_language_code(languages_[0]);
    config->set_target_language_code(kTarget);
    config->mutable_options()->set_minimum_score(kMinimumScore);
    stream->Write(request);
    std::jthread writer([this, &stream] {
      for (int round = 0; round < kRounds; ++round) {
        for (const Request& batch : Requests("", kBatch)) {
          v1::PretranslateSegmentsRequest message;
          *message.mutable_batch()->mutable_queries() = batch.queries();
          stream->Write(message);
        }
      }
      stream->WritesDone();
    });
    v1::PretranslateSegmentsResponse response;
    std::size_t answers = 0;
    while (stream->Read(&response)) {
      ++answers;
    }
    writer.join();
    Check(stream->Finish());
    if (answers != kRounds * workloads_[0].queries.size()) {
      fmt::print(stderr, "{} answers\n", answers);
      std::exit(1);
    }
  }

  void PrintRow(const char* name, const Cost& full, const Cost& empty) const {
    const auto count = static_cast<double>(kRounds * workloads_[0].queries.size());
    const double all = full.server_seconds + full.client_seconds;
    const double call = empty.server_seconds + empty.client_seconds;
    fmt::print("{:<34} {:>12.0f} {:>11.1f} {:>11.1f} {:>7.0f} %\n", name, count / full.seconds,
               full.server_seconds / count * 1e6, full.client_seconds / count * 1e6,
               100 * call / all);
    std::fflush(stdout);
  }

  // Confirms new units, and looks each up at once.
  void PrintConfirmed() const {
    std::vector<double> confirm;
    std::vector<double> look_up;
    int found = 0;
    for (int i = 0; i < kConfirmed; ++i) {
      v1::CreateUnitRequest create;
      create.set_parent("memories/full");
      const std::string text = fmt::format("{} ({})", workloads_[0].queries[0], i);
      AddVariant(languages_[0], text, *create.mutable_unit());
      AddVariant(kTarget, "uusi", *create.mutable_unit());
      grpc::ClientContext context;
      v1::TranslationUnit unit;
      const auto begin = Clock::now();
      Check(memories_->CreateUnit(&context, create, &unit));
      const auto confirmed = Clock::now();
      Request request = RequestFor("full", languages_[0]);
      request.add_queries()->mutable_segment()->set_text(text);
      const v1::LookupMatchesResponse response = LookUp(request);
      look_up.push_back(Seconds(Clock::now() - confirmed) * 1e3);
      confirm.push_back(Seconds(confirmed - begin) * 1e3);
      const auto& matches = response.results(0).matches();
      found += !matches.empty() && matches[0].unit().name() == unit.name() ? 1 : 0;
    }
    std::sort(confirm.begin(), confirm.end());
    std::sort(look_up.begin(), look_up.end());
    fmt::print(
        "{} units created, {} of them found by the next look-up; create p50 {:.2f} p99 {:.2f} ms, "
        "look-up after it p50 {:.2f} p99 {:.2f} ms\n",
        kConfirmed, found, confirm[confirm.size() / 2], confirm[confirm.size() * 99 / 100],
        look_up[look_up.size() / 2], look_up[look_up.size() * 99 / 100]);
  }

  static constexpr int kRounds = 3;

  const std::vector<std::string> languages_;
  const std::size_t segments_;
  std::vector<Workload> workloads_;
  bool exclude_fragments_ = false;
  test::ServerProcess server_;
  std::unique_ptr<v1::MemoryService::Stub> memories_;
  std::unique_ptr<v1::MatchService::Stub> matches_;
};

}  // namespace
}  // namespace sild::bench

int main(int argc, char** argv) {
  if (argc < 2) {
    fmt::print(stderr, "usage: sild_serving_table SEGMENTS [LANGUAGES] [QUERIES] [DIRECTORY]\n");
    return 2;
  }
  const std::size_t segments = std::strtoul(argv[1], nullptr, 10);
  const std::string languages = argc > 2 ? argv[2] : "en";
  const std::size_t queries = argc > 3 ? std::strtoul(argv[3], nullptr, 10) : 2000;
  const std::string directory = argc > 4 ? argv[4] : "";
  sild::bench::Table table(sild::bench::Split(languages), segments, queries, directory);
  if (!table.HasTexts()) {
    fmt::print(stderr, "there are no real texts: see SILD_SHARED_DATA\n");
    return 1;
  }
  table.Print();
  return 0;
}

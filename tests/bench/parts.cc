// Benchmarks of the parts of a look-up, on real sentences. `sild_parts --help` tells the options.

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "server/matching/char_distance.h"
#include "server/matching/edit_script.h"
#include "server/matching/index_query.h"
#include "server/matching/index_search.h"
#include "server/matching/text_index.h"
#include "server/matching/token_aligner.h"
#include "server/text/normalize.h"
#include "server/text/tokens.h"
#include "tests/bench/workload.h"

namespace sild::bench {
namespace {

constexpr std::size_t kTexts = 50'000;
constexpr std::size_t kQueries = 1'000;
constexpr std::size_t kLookAlikeBytes = 32U << 20;
constexpr std::int32_t kNoLimit = 1'000'000'000;

const Workload& EnglishWorkload() {
  static const Workload workload = MakeWorkload("en", kTexts, kQueries);
  return workload;
}

// Goes through the queries for ever.
class Queries {
 public:
  const std::string& Next() {
    const std::vector<std::string>& queries = EnglishWorkload().queries;
    next_ = (next_ + 1) % queries.size();
    return queries[next_];
  }

 private:
  std::size_t next_ = 0;
};

void SetBytes(benchmark::State& state, std::size_t bytes) {
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}

void Tokenize(benchmark::State& state) {
  Queries queries;
  std::size_t bytes = 0;
  for (auto _ : state) {
    const std::string& text = queries.Next();
    bytes += text.size();
    benchmark::DoNotOptimize(text::Tokenize(text));
  }
  SetBytes(state, bytes);
}
BENCHMARK(Tokenize);

void IsNfc(benchmark::State& state) {
  Queries queries;
  std::size_t bytes = 0;
  for (auto _ : state) {
    const std::string& text = queries.Next();
    bytes += text.size();
    benchmark::DoNotOptimize(text::IsNfc(text));
  }
  SetBytes(state, bytes);
}
BENCHMARK(IsNfc);

// The distance of two sentences that have nothing to do with each other, to its end.
void TokenDistance(benchmark::State& state) {
  Queries queries;
  matching::TokenAligner aligner;
  for (auto _ : state) {
    state.PauseTiming();
    const text::TokenizedText a = text::Tokenize(queries.Next());
    const text::TokenizedText b = text::Tokenize(queries.Next());
    state.ResumeTiming();
    benchmark::DoNotOptimize(aligner.Distance(a, b, kNoLimit));
  }
}
BENCHMARK(TokenDistance);

void EditScript(benchmark::State& state) {
  Queries queries;
  matching::TokenAligner aligner;
  for (auto _ : state) {
    state.PauseTiming();
    const text::TokenizedText a = text::Tokenize(queries.Next());
    const text::TokenizedText b = text::Tokenize(queries.Next());
    const std::int32_t distance = aligner.Distance(a, b, kNoLimit);
    state.ResumeTiming();
    benchmark::DoNotOptimize(matching::MakeEditScript(a, b, distance, aligner));
  }
}
BENCHMARK(EditScript);

void CharDistance(benchmark::State& state) {
  Queries queries;
  for (auto _ : state) {
    state.PauseTiming();
    const std::u32string a = matching::JoinedTokens(text::Tokenize(queries.Next()));
    const std::u32string b = matching::JoinedTokens(text::Tokenize(queries.Next()));
    state.ResumeTiming();
    benchmark::DoNotOptimize(matching::CharDistance(a, b));
  }
}
BENCHMARK(CharDistance);

// A lexicon and an index of the texts.
struct Indexed {
  Indexed() {
    std::vector<matching::FormId> forms;
    matching::DocumentList list;
    for (const std::string& text : EnglishWorkload().texts) {
      matching::InternForms(text::Tokenize(text), lexicon->vocabulary, forms);
      list.Add(static_cast<matching::TextHandle>(list.size()), forms);
    }
    index = matching::TextIndex(lexicon).With(
        std::make_shared<matching::Tier>(matching::Tier::Build(list, lexicon->vocabulary)));
  }

  std::shared_ptr<matching::Lexicon> lexicon = std::make_shared<matching::Lexicon>(kLookAlikeBytes);
  std::shared_ptr<const matching::TextIndex> index;
};

const Indexed& EnglishIndex() {
  static const Indexed indexed;
  return indexed;
}

void MakeQuery(benchmark::State& state) {
  const Indexed& indexed = EnglishIndex();
  Queries queries;
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        matching::IndexQuery(text::Tokenize(queries.Next()), *indexed.lexicon));
  }
}
BENCHMARK(MakeQuery);

// The look-alikes of a word among all words of the vocabulary, found anew each time.
void FindLookAlikes(benchmark::State& state) {
  matching::Vocabulary& vocabulary = EnglishIndex().lexicon->vocabulary;
  std::uint32_t word = 0;
  for (auto _ : state) {
    matching::LookAlikes look_alikes(vocabulary, kLookAlikeBytes);
    word = (word + 97) % vocabulary.word_count();
    benchmark::DoNotOptimize(look_alikes.Get(word));
  }
  state.counters["words"] = vocabulary.word_count();
}
BENCHMARK(FindLookAlikes);

// Counts what it is given.
class CountingSink : public matching::NearTextSink {
 public:
  explicit CountingSink(std::int32_t tenths) : tenths_(tenths) {}
  std::int32_t NeededTenths() const override { return tenths_; }
  bool Add(matching::TextHandle /*handle*/, std::int32_t /*distance*/) override {
    ++count_;
    return true;
  }
  std::int64_t count() const { return count_; }

 private:
  std::int32_t tenths_;
  std::int64_t count_ = 0;
};

// A whole search, all texts of that similarity or more.
void Search(benchmark::State& state) {
  const Indexed& indexed = EnglishIndex();
  Queries queries;
  matching::IndexSearch search;
  CountingSink sink(static_cast<std::int32_t>(state.range(0)));
  for (auto _ : state) {
    matching::IndexQuery query(text::Tokenize(queries.Next()), *indexed.lexicon);
    search.Find(*indexed.index, query, sink);
  }
  state.counters["found"] =
      benchmark::Counter(static_cast<double>(sink.count()), benchmark::Counter::kAvgIterations);
}
BENCHMARK(Search)->Arg(850)->Arg(700)->Arg(500);

}  // namespace
}  // namespace sild::bench

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (sild::bench::EnglishWorkload().queries.empty()) {
    std::fprintf(stderr, "there are no real texts: see SILD_SHARED_DATA\n");
    return 1;
  }
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}

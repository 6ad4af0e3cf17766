// Prints a table of the retrieval index: build, memory, updates, and for several thresholds the
// processor time of a search and what it missed of what a look at all texts finds.
//
// sild_index_table LANGUAGE SEGMENTS [QUERIES] [CHECKED]
//   LANGUAGE  en, et, lt or ru
//   SEGMENTS  how many texts are indexed
//   QUERIES   default 2000: 90 % real texts that are not indexed, 10 % indexed ones misspelt
//   CHECKED   default 20: how many of the queries are compared with a look at all texts

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <numeric>
#include <set>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>

#include "server/matching/index_search.h"
#include "server/matching/lexicon_bytes.h"
#include "server/matching/query_texts.h"
#include "server/matching/score.h"
#include "server/matching/tier_bytes.h"
#include "server/matching/token_aligner.h"
#include "server/text/tokens.h"
#include "tests/bench/machine.h"
#include "tests/bench/workload.h"

namespace sild::bench {
namespace {

using matching::TextHandle;
using text::TokenizedText;

constexpr std::size_t kMaxTexts = 5;
constexpr std::size_t kLookAlikeBytes = 32U << 20;
constexpr int kRepetitions = 3;

double ProcessorSeconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

// Keeps the best and raises the threshold to the last of them.
class BestTexts : public matching::NearTextSink {
 public:
  BestTexts(std::int32_t tenths, std::int32_t query_weight,
            const std::vector<std::int32_t>& weights)
      : tenths_(tenths), query_weight_(query_weight), weights_(weights) {}

  std::int32_t NeededTenths() const override { return tenths_; }

  bool Add(TextHandle handle, std::int32_t distance) override {
    const std::int32_t weight = std::max(query_weight_, weights_[handle]);
    found_.insert(-matching::SimilarityOf(distance, weight).tenths);
    if (found_.size() > kMaxTexts) {
      found_.erase(std::prev(found_.end()));
    }
    if (found_.size() == kMaxTexts) {
      tenths_ = std::max(tenths_, -*found_.rbegin());
    }
    return true;
  }

  const std::multiset<std::int32_t>& found() const { return found_; }

 private:
  std::int32_t tenths_;
  std::int32_t query_weight_;
  const std::vector<std::int32_t>& weights_;
  std::multiset<std::int32_t> found_;  // Similarities, negative.
};

// Looks at all texts with a plain measure, how many tokens must change, 64 of them a step: what a
// scan costs on the same machine. It knows no look-alikes, so it also finds less.
class PlainScan {
 public:
  void Add(std::span<const matching::FormId> forms) {
    forms_.insert(forms_.end(), forms.begin(), forms.end());
    ends_.push_back(forms_.size());
  }

  // Returns how many texts are at most so many percent of the longer one's tokens away.
  std::size_t CountNear(std::span<const matching::FormId> query, std::size_t percent,
                        std::size_t form_count) {
    const std::size_t length = std::min<std::size_t>(query.size(), 64);
    places_.resize(form_count);
    for (std::size_t i = 0; i < length; ++i) {
      places_[query[i]] |= std::uint64_t{1} << i;
    }
    std::size_t count = 0;
    std::size_t begin = 0;
    for (const std::size_t end : ends_) {
      const std::size_t longer = std::max(end - begin, length);
      const std::size_t limit = longer * percent / 100;
      if (longer - std::min(end - begin, length) <= limit) {
        count += Distance(begin, end, length) <= limit ? 1 : 0;
      }
      begin = end;
    }
    for (std::size_t i = 0; i < length; ++i) {
      places_[query[i]] = 0;
    }
    return count;
  }

 private:
  // Myers 1999, "A fast bit-vector algorithm for approximate string matching", on tokens.
  std::size_t Distance(std::size_t begin, std::size_t end, std::size_t length) const {
    const std::uint64_t last = std::uint64_t{1} << (length - 1);
    std::uint64_t plus = ~std::uint64_t{0};
    std::uint64_t minus = 0;
    std::size_t distance = length;
    for (std::size_t i = begin; i < end; ++i) {
      const std::uint64_t match = places_[forms_[i]];
      const std::uint64_t diagonal = (((match & plus) + plus) ^ plus) | match | minus;
      std::uint64_t across_plus = minus | ~(diagonal | plus);
      const std::uint64_t across_minus = plus & diagonal;
      distance += (across_plus & last) != 0 ? 1 : 0;
      distance -= (across_minus & last) != 0 ? 1 : 0;
      across_plus = across_plus << 1 | 1;
      plus = across_minus << 1 | ~(diagonal | across_plus);
      minus = across_plus & diagonal;
    }
    return distance;
  }

  std::vector<matching::FormId> forms_;
  std::vector<std::size_t> ends_;
  std::vector<std::uint64_t> places_;  // Of each form in the query.
};

class Table {
 public:
  Table(Workload workload, std::string language)
      : workload_(std::move(workload)), language_(std::move(language)) {}

  void Print(std::size_t checked) {
    fmt::print("{}\n", MachineText());
    Build();
    Update();
    PrintOnce("cold");
    PrintOnce("once more");
    FillLookAlikes();
    Reopen();
    PrintOnce("right after opening");
    fmt::print("{:>4} {:>9} {:>4} {:>8} {:>8} {:>8} {:>8} {:>8} {:>6} {:>6} {:>9} {:>9} {:>9}\n",
               "lang", "segments", "thr", "mean us", "p50 us", "p99 us", "max us", "scan us",
               "ratio", "hits", "recall", "candid.", "distances");
    for (const std::int32_t tenths : {850, 700, 500}) {
      PrintThreshold(tenths, checked);
    }
    PrintFragments();
    PrintThreads();
  }

 private:
  void Build() {
    const double begin = ProcessorSeconds();
    std::vector<matching::FormId> forms;
    matching::DocumentList list;
    std::size_t text_bytes = 0;
    for (std::size_t i = 0; i < workload_.texts.size(); ++i) {
      const TokenizedText text = text::Tokenize(workload_.texts[i]);
      matching::InternForms(text, lexicon_->vocabulary, forms);
      list.Add(static_cast<TextHandle>(i), forms);
      weights_.push_back(matching::WeightOf(text));
      text_bytes += workload_.texts[i].size();
    }
    const double interned = ProcessorSeconds();
    index_ = index_->With(
        std::make_shared<matching::Tier>(matching::Tier::Build(list, lexicon_->vocabulary)));
    const double built = ProcessorSeconds();
    const auto count = static_cast<double>(workload_.texts.size());
    fmt::print(
        "{} {} segments: {:.1f} bytes of text, {:.1f} tokens each; tokenized and interned in "
        "{:.2f} s, sorted in {:.2f} s: {:.0f} k segments a second\n",
        language_, workload_.texts.size(), static_cast<double>(text_bytes) / count,
        static_cast<double>(list.forms.size()) / count, interned - begin, built - interned,
        count / (built - begin) / 1000);
    fmt::print("index {:.1f} bytes a segment; vocabulary {} words, {} forms, {:.1f} MB\n",
               static_cast<double>(index_->bytes()) / count, lexicon_->vocabulary.word_count(),
               lexicon_->vocabulary.form_count(),
               static_cast<double>(lexicon_->vocabulary.bytes()) / 1e6);
  }

  // Adds texts to another index.
  void Update() {
    constexpr std::size_t kUpdates = 1000;
    std::vector<matching::FormId> forms;
    auto updated = std::make_shared<matching::TextIndex>(lexicon_);
    const double begin = ProcessorSeconds();
    for (std::size_t i = 0; i < kUpdates; ++i) {
      matching::InternForms(text::Tokenize(workload_.queries[i % workload_.queries.size()]),
                            lexicon_->vocabulary, forms);
      (void)updated->Add(0, forms);
    }
    fmt::print("an update takes {:.1f} us\n", (ProcessorSeconds() - begin) / kUpdates * 1e6);
  }

  // Asks everything once, when nothing is known of look-alikes, and once more.
  void PrintOnce(const char* state) {
    std::vector<double> times;
    for (const std::string& query : workload_.queries) {
      times.push_back(Search(query, 700));
    }
    std::sort(times.begin(), times.end());
    fmt::print("{}, at 70 %, each query once: p50 {:.0f} us, p99 {:.0f} us\n", state,
               times[times.size() / 2] * 1e6, times[times.size() * 99 / 100] * 1e6);
  }

  // Finds look-alikes in advance, as the server does.
  void FillLookAlikes() {
    const double begin = ProcessorSeconds();
    lexicon_->look_alikes.BeginFilling();
    while (lexicon_->look_alikes.Fill(1000)) {
    }
    fmt::print("look-alikes found in advance in {:.1f} s, {:.1f} MB\n", ProcessorSeconds() - begin,
               static_cast<double>(lexicon_->look_alikes.bytes()) / 1e6);
  }

  // Writes tier and lexicon, and goes on with what is read from that, as a server does that starts.
  void Reopen() {
    const std::string tier_bytes = matching::ToBytes(*index_->tiers()[0], lexicon_->vocabulary);
    const std::string lexicon_bytes = matching::ToBytes(*lexicon_);
    lexicon_ = std::make_shared<matching::Lexicon>(kLookAlikeBytes);
    const double begin = ProcessorSeconds();
    const bool is_good = matching::LexiconFromBytes(lexicon_bytes, *lexicon_);
    const auto tier = matching::TierFromBytes(tier_bytes, lexicon_->vocabulary);
    index_ = std::make_shared<matching::TextIndex>(lexicon_)->With(tier);
    fmt::print("opened {} in {:.2f} s: {:.1f} bytes a segment, {:.1f} MB of words\n",
               is_good ? "whole" : "without words", ProcessorSeconds() - begin,
               static_cast<double>(tier_bytes.size()) / tier->size(),
               static_cast<double>(lexicon_bytes.size()) / 1e6);
    std::vector<matching::FormId> forms;
    for (const std::string& text : workload_.texts) {
      matching::InternForms(text::Tokenize(text), lexicon_->vocabulary, forms);
      plain_scan_.Add(forms);
    }
  }

  double Search(const std::string& query, std::int32_t tenths) {
    const double begin = ProcessorSeconds();
    const TokenizedText text = text::Tokenize(query);
    matching::IndexQuery index_query(text, *lexicon_);
    BestTexts best(tenths, index_query.profile().weight, weights_);
    search_.Find(*index_, index_query, best);
    hits_ = best.found();
    return ProcessorSeconds() - begin;
  }

  void PrintThreshold(std::int32_t tenths, std::size_t checked) {
    std::vector<double> times;
    std::size_t hits = 0;
    const matching::IndexSearch::Counts before = search_.counts();
    for (const std::string& query : workload_.queries) {
      double best = Search(query, tenths);
      for (int i = 1; i < kRepetitions; ++i) {
        best = std::min(best, Search(query, tenths));
      }
      times.push_back(best * 1e6);
      hits += hits_.size();
    }
    const auto count = static_cast<double>(times.size());
    const auto a_query = [count](std::int64_t all) {
      return static_cast<double>(all) / count / kRepetitions;
    };
    std::sort(times.begin(), times.end());
    const double mean = std::accumulate(times.begin(), times.end(), 0.0) / count;
    const double scan = ScanMicroseconds(tenths);
    fmt::print(
        "{:>4} {:>9} {:>4} {:>8.1f} {:>8.1f} {:>8.1f} {:>8.1f} {:>8.0f} {:>6.0f} {:>6.2f} {:>9} "
        "{:>9.0f} {:>9.1f}\n",
        language_, workload_.texts.size(), tenths / 10, mean, times[times.size() / 2],
        times[times.size() * 99 / 100], times.back(), scan, scan / mean,
        static_cast<double>(hits) / count, Recall(tenths, checked),
        a_query(search_.counts().candidates - before.candidates),
        a_query(search_.counts().distances - before.distances));
    std::fflush(stdout);
  }

  // What it takes to find the texts that stand whole in the queries.
  void PrintFragments() {
    std::vector<double> times;
    std::size_t found = 0;
    for (const std::string& query : workload_.queries) {
      const double begin = ProcessorSeconds();
      matching::Query sought;
      sought.segment.text = query;
      const matching::QueryTexts texts({sought});
      const TokenizedText& text = texts[0];
      std::vector<matching::FoldedKey> keys;
      for (const text::Token& token : text.tokens) {
        keys.push_back(lexicon_->vocabulary.FindFolded(token.token_class, text.Folded(token)));
      }
      const auto is_wanted = [&](matching::TokenSpan span) { return texts.SaysSomething(0, span); };
      const auto visit = [&found](TextHandle, matching::TokenSpan) { ++found; };
      matching::FindContained(
          *index_, keys, is_wanted, [] { return false; }, visit);
      times.push_back((ProcessorSeconds() - begin) * 1e6);
    }
    std::sort(times.begin(), times.end());
    const auto count = static_cast<double>(times.size());
    fmt::print(
        "texts inside a query: mean {:.1f} us, p99 {:.1f} us, {:.2f} found; {:.1f} of the bytes a "
        "segment are for that\n",
        std::accumulate(times.begin(), times.end(), 0.0) / count, times[times.size() * 99 / 100],
        static_cast<double>(found) / count,
        static_cast<double>(index_->tiers()[0]->spans().bytes()) /
            static_cast<double>(workload_.texts.size()));
  }

  // Asks everything at 70 % with one thread and with two, each with a search of its own.
  void PrintThreads() {
    for (const std::size_t count : {1, 2}) {
      const auto begin = std::chrono::steady_clock::now();
      std::vector<std::thread> threads;
      for (std::size_t first = 0; first < count; ++first) {
        threads.emplace_back([this, first, count] {
          matching::IndexSearch search;
          for (std::size_t i = first; i < workload_.queries.size(); i += count) {
            matching::IndexQuery query(text::Tokenize(workload_.queries[i]), *lexicon_);
            BestTexts best(700, query.profile().weight, weights_);
            search.Find(*index_, query, best);
          }
        });
      }
      for (std::thread& thread : threads) {
        thread.join();
      }
      const std::chrono::duration<double, std::micro> took =
          std::chrono::steady_clock::now() - begin;
      fmt::print("{} thread{} at 70 %: {:.1f} us of wall time a query\n", count,
                 count == 1 ? "" : "s",
                 took.count() / static_cast<double>(workload_.queries.size()));
    }
  }

  // What a plain scan takes, for some of the queries.
  double ScanMicroseconds(std::int32_t tenths) {
    constexpr std::size_t kScanned = 20;
    std::vector<matching::FormId> forms;
    double seconds = 0;
    for (std::size_t i = 0; i < kScanned; ++i) {
      const std::string& query = workload_.queries[i * 97 % workload_.queries.size()];
      matching::InternForms(text::Tokenize(query), lexicon_->vocabulary, forms);
      const double begin = ProcessorSeconds();
      if (!forms.empty()) {
        scanned_ += plain_scan_.CountNear(forms, static_cast<std::size_t>(1000 - tenths) / 10,
                                          lexicon_->vocabulary.form_count());
      }
      seconds += ProcessorSeconds() - begin;
    }
    return seconds / kScanned * 1e6;
  }

  // Looks at all texts for some of the queries. Returns the share of the best that were found.
  std::string Recall(std::int32_t tenths, std::size_t checked) {
    if (checked == 0) {
      return "-";
    }
    matching::TokenAligner aligner;
    std::size_t found = 0;
    std::size_t all = 0;
    for (std::size_t i = 0; i < checked; ++i) {
      const std::string& query = workload_.queries[i * 97 % workload_.queries.size()];
      Search(query, tenths);
      const std::multiset<std::int32_t> expected = Compared(text::Tokenize(query), tenths, aligner);
      all += expected.size();
      std::vector<std::int32_t> common;
      std::set_intersection(expected.begin(), expected.end(), hits_.begin(), hits_.end(),
                            std::back_inserter(common));
      found += common.size();
      all += hits_.size() > expected.size() ? 1 : 0;  // Never: what is not there was found.
    }
    return all == 0 ? "none" : fmt::format("{}/{}", found, all);
  }

  std::multiset<std::int32_t> Compared(const TokenizedText& query, std::int32_t tenths,
                                       matching::TokenAligner& aligner) const {
    std::multiset<std::int32_t> found;
    const std::int32_t query_weight = matching::WeightOf(query);
    for (std::size_t i = 0; i < workload_.texts.size(); ++i) {
      const std::int32_t weight = std::max(query_weight, weights_[i]);
      const std::int32_t limit = std::max(0, matching::DistanceLimit(weight, tenths));
      if (std::abs(query_weight - weights_[i]) > limit) {
        continue;
      }
      const std::int32_t distance =
          aligner.Distance(text::Tokenize(workload_.texts[i]), query, limit);
      if (distance <= limit) {
        found.insert(-matching::SimilarityOf(distance, weight).tenths);
      }
    }
    while (found.size() > kMaxTexts) {
      found.erase(std::prev(found.end()));
    }
    return found;
  }

  Workload workload_;
  std::string language_;
  std::vector<std::int32_t> weights_;
  std::shared_ptr<matching::Lexicon> lexicon_ =
      std::make_shared<matching::Lexicon>(kLookAlikeBytes);
  std::shared_ptr<const matching::TextIndex> index_ =
      std::make_shared<matching::TextIndex>(lexicon_);
  matching::IndexSearch search_;
  PlainScan plain_scan_;
  std::size_t scanned_ = 0;  // Found by it: so that the compiler must compute it.
  std::multiset<std::int32_t> hits_;
};

}  // namespace
}  // namespace sild::bench

int main(int argc, char** argv) {
  if (argc < 3) {
    fmt::print(stderr, "usage: sild_index_table LANGUAGE SEGMENTS [QUERIES] [CHECKED]\n");
    return 2;
  }
  const std::string language = argv[1];
  const std::size_t segments = std::strtoul(argv[2], nullptr, 10);
  const std::size_t queries = argc > 3 ? std::strtoul(argv[3], nullptr, 10) : 2000;
  const std::size_t checked = argc > 4 ? std::strtoul(argv[4], nullptr, 10) : 20;
  sild::bench::Workload workload = sild::bench::MakeWorkload(language, segments, queries);
  if (workload.texts.empty() || workload.queries.empty()) {
    fmt::print(stderr, "there are no real texts: see SILD_SHARED_DATA\n");
    return 1;
  }
  sild::bench::Table(std::move(workload), language).Print(checked);
  return 0;
}

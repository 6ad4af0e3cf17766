// The long differential test of the retrieval index: compares what it finds with a look at all
// texts, for each query at several thresholds and numbers of texts, and exits with 1 at the first
// difference.
//
// sild_index_check LANGUAGE SEGMENTS QUERIES [THREADS]

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "server/matching/id_aligner.h"
#include "server/matching/index_search.h"
#include "server/matching/score.h"
#include "server/matching/token_aligner.h"
#include "server/text/tokens.h"
#include "tests/bench/workload.h"

namespace sild::bench {
namespace {

using matching::TextHandle;
using text::TokenizedText;

using Found = std::set<std::pair<std::int32_t, TextHandle>>;  // Similarity, negative, and text.

constexpr std::int32_t kLowestTenths = 500;
constexpr std::size_t kAll = ~std::size_t{0};
constexpr std::size_t kLookAlikeBytes = 32U << 20;
constexpr std::size_t kWithTexts = 200;  // One query of so many is compared by texts, not numbers.

// The first `count` that are at least `tenths`, and all that are as near as the last of them.
Found Best(const Found& found, std::int32_t tenths, std::size_t count) {
  Found best;
  for (const auto& one : found) {
    if (-one.first < tenths || (best.size() >= count && one.first > best.rbegin()->first)) {
      break;
    }
    best.insert(one);
  }
  return best;
}

class Collector : public matching::NearTextSink {
 public:
  Collector(std::int32_t tenths, std::size_t count, std::int32_t query_weight,
            const std::vector<std::int32_t>& weights)
      : tenths_(tenths), count_(count), query_weight_(query_weight), weights_(weights) {}

  std::int32_t NeededTenths() const override { return tenths_; }

  bool Add(TextHandle handle, std::int32_t distance) override {
    const std::int32_t weight = std::max(query_weight_, weights_[handle]);
    found_.emplace(-matching::SimilarityOf(distance, weight).tenths, handle);
    if (found_.size() >= count_) {
      const auto last = std::next(found_.begin(), static_cast<std::ptrdiff_t>(count_ - 1));
      tenths_ = std::max(tenths_, -last->first);
      // Not below `tenths_`: at 100 % nearly equal texts come too.
      found_.erase(found_.upper_bound({last->first, ~TextHandle{0}}), found_.end());
    }
    return true;
  }

  const Found& found() const { return found_; }

 private:
  std::int32_t tenths_;
  std::size_t count_;
  std::int32_t query_weight_;
  const std::vector<std::int32_t>& weights_;
  Found found_;
};

class Check {
 public:
  explicit Check(Workload workload) : workload_(std::move(workload)) {
    std::vector<matching::FormId> forms;
    matching::DocumentList list;
    for (std::size_t i = 0; i < workload_.texts.size(); ++i) {
      const TokenizedText text = text::Tokenize(workload_.texts[i]);
      matching::InternForms(text, lexicon_->vocabulary, forms);
      list.Add(static_cast<TextHandle>(i), forms);
      for (const matching::FormId form : forms) {
        tokens_.push_back(matching::MakeStoredToken(form, lexicon_->vocabulary));
      }
      ends_.push_back(tokens_.size());
      weights_.push_back(matching::WeightOf(text));
    }
    index_ = index_->With(
        std::make_shared<matching::Tier>(matching::Tier::Build(list, lexicon_->vocabulary)));
  }

  // Checks all queries with so many threads; whether all is the same.
  bool Run(unsigned thread_count) {
    std::vector<std::thread> threads;
    for (unsigned i = 0; i < thread_count; ++i) {
      threads.emplace_back([this] { RunSome(); });
    }
    for (std::thread& thread : threads) {
      thread.join();
    }
    fmt::print("{} queries, {} answers compared, {} texts found, {} differences\n",
               workload_.queries.size(), answers_.load(), texts_found_.load(), differences_.load());
    return differences_ == 0;
  }

 private:
  void RunSome() {
    matching::IndexSearch search;
    matching::IdAligner aligner;
    for (std::size_t i = next_++; i < workload_.queries.size(); i = next_++) {
      const TokenizedText query = text::Tokenize(workload_.queries[i]);
      const Found all = i % kWithTexts == 0 ? ComparedByText(query) : Compared(query, aligner);
      texts_found_ += all.size();
      for (const std::int32_t tenths : {500, 550, 600, 700, 770, 850, 950, 1000}) {
        for (const std::size_t count : {std::size_t{1}, std::size_t{5}, std::size_t{50}, kAll}) {
          matching::IndexQuery index_query(query, *lexicon_);
          Collector found(tenths, count, matching::WeightOf(query), weights_);
          search.Find(*index_, index_query, found);
          // At 100 % texts that are equal but for what tokens do not tell are found too.
          const std::int32_t least = std::min(tenths, matching::kMaxFuzzyTenths);
          ++answers_;
          if (Best(found.found(), least, count) != Best(all, least, count)) {
            ++differences_;
            fmt::print("DIFFERENT at {} tenths, best {}: {}\n", tenths, count,
                       workload_.queries[i]);
          }
        }
      }
    }
  }

  Found Compared(const TokenizedText& query, matching::IdAligner& aligner) {
    matching::IndexQuery index_query(query, *lexicon_);
    return CompareAll(matching::WeightOf(query), [&](std::size_t text, std::int32_t limit) {
      const std::size_t begin = text == 0 ? 0 : ends_[text - 1];
      const std::span tokens = std::span(tokens_).subspan(begin, ends_[text] - begin);
      return aligner.Distance(tokens, index_query, limit);
    });
  }

  Found ComparedByText(const TokenizedText& query) const {
    matching::TokenAligner aligner;
    return CompareAll(matching::WeightOf(query), [&](std::size_t text, std::int32_t limit) {
      return aligner.Distance(text::Tokenize(workload_.texts[text]), query, limit);
    });
  }

  template <typename Distance>
  Found CompareAll(std::int32_t query_weight, Distance distance_to) const {
    Found found;
    for (std::size_t i = 0; i < weights_.size(); ++i) {
      const std::int32_t weight = std::max(query_weight, weights_[i]);
      const std::int32_t limit = std::max(0, matching::DistanceLimit(weight, kLowestTenths));
      if (std::abs(query_weight - weights_[i]) > limit) {
        continue;
      }
      const std::int32_t distance = distance_to(i, limit);
      if (distance <= limit) {
        found.emplace(-matching::SimilarityOf(distance, weight).tenths, static_cast<TextHandle>(i));
      }
    }
    return found;
  }

  // Constant after construction.
  Workload workload_;
  std::vector<std::int32_t> weights_;
  std::vector<matching::StoredToken> tokens_;  // Of all texts; `ends_` tells where each one's end.
  std::vector<std::size_t> ends_;
  std::shared_ptr<matching::Lexicon> lexicon_ =
      std::make_shared<matching::Lexicon>(kLookAlikeBytes);
  std::shared_ptr<const matching::TextIndex> index_ =
      std::make_shared<matching::TextIndex>(lexicon_);

  std::atomic<std::size_t> next_ = 0;
  std::atomic<std::size_t> answers_ = 0;
  std::atomic<std::size_t> texts_found_ = 0;
  std::atomic<std::size_t> differences_ = 0;
};

}  // namespace
}  // namespace sild::bench

int main(int argc, char** argv) {
  if (argc < 4) {
    fmt::print(stderr, "usage: sild_index_check LANGUAGE SEGMENTS QUERIES [THREADS]\n");
    return 2;
  }
  sild::bench::Workload workload = sild::bench::MakeWorkload(
      argv[1], std::strtoul(argv[2], nullptr, 10), std::strtoul(argv[3], nullptr, 10));
  if (workload.texts.empty()) {
    fmt::print(stderr, "there are no real texts: see SILD_SHARED_DATA\n");
    return 1;
  }
  const auto threads = argc > 4 ? static_cast<unsigned>(std::strtoul(argv[4], nullptr, 10)) : 1U;
  return sild::bench::Check(std::move(workload)).Run(threads) ? 0 : 1;
}

#include "server/terms/candidate_counts.h"

#include <algorithm>
#include <utility>

#include <absl/container/flat_hash_map.h>
#include <absl/hash/hash.h>
#include <fmt/format.h>

#include "server/model/try.h"

namespace sild::terms {
namespace {

// Different candidates that are counted in one reading: about 100 bytes each.
constexpr std::size_t kCountedAtOnce = 4'000'000;

// A token begins two to three candidates, most of them seen once.
constexpr std::size_t kCandidatesPerToken = 2;

struct Count {
  CountedCandidate candidate;
  std::uint32_t last_segment = 0;
  std::uint32_t order = 0;
};

class Counter {
 public:
  Counter(const WordCorpus& corpus, const CandidatePlaces& places, std::uint32_t minimum_frequency,
          std::size_t max_kept)
      : corpus_(corpus),
        places_(places),
        minimum_frequency_(minimum_frequency),
        max_kept_(max_kept) {}

  absl::StatusOr<std::vector<CountedCandidate>> Run(const std::function<bool()>& is_cancelled) && {
    const std::size_t parts = 1 + corpus_.token_count() * kCandidatesPerToken / kCountedAtOnce;
    for (std::size_t part = 0; part < parts; ++part) {
      for (std::size_t segment = 0; segment < corpus_.segment_count(); ++segment) {
        if (is_cancelled && is_cancelled()) {
          return std::vector<CountedCandidate>();
        }
        AddSegment(segment, part, parts);
      }
      SILD_CHECK_OK(Keep());
    }
    std::sort(kept_.begin(), kept_.end(), [](const Count& a, const Count& b) {
      return std::pair(a.order, a.candidate.words) < std::pair(b.order, b.candidate.words);
    });
    std::vector<CountedCandidate> candidates;
    candidates.reserve(kept_.size());
    for (const Count& count : kept_) {
      candidates.push_back(count.candidate);
    }
    AddNested(candidates);
    return candidates;
  }

 private:
  void AddSegment(std::size_t segment, std::size_t part, std::size_t parts) {
    for (const CandidatePlace& place : places_.In(segment)) {
      if (parts == 1 || absl::HashOf(place.key) % parts == part) {
        Add(segment, place);
      }
    }
  }

  void Add(std::size_t segment, const CandidatePlace& place) {
    const auto tokens = corpus_.Segment(segment).subspan(place.begin, place.words);
    const auto [known, is_new] = counts_.try_emplace(place.key);
    Count& count = known->second;
    CountedCandidate& candidate = count.candidate;
    if (is_new) {
      const auto at = static_cast<std::size_t>(tokens.data() - corpus_.Segment(0).data());
      count.order = static_cast<std::uint32_t>(at);
      candidate.key = place.key;
      candidate.words = static_cast<std::uint32_t>(place.words);
      candidate.content_words = static_cast<std::uint32_t>(
          std::count_if(tokens.begin(), tokens.end(),
                        [this](CorpusToken token) { return !places_.IsLink(token); }));
    }
    candidate.is_general = place.words == 1 && places_.IsGeneral(tokens[0]);
    const auto number = static_cast<std::uint32_t>(segment + 1);
    ++candidate.frequency;
    candidate.segments += count.last_segment == number ? 0 : 1;
    count.last_segment = number;
    if (!tokens[0].begins_sentence()) {
      ++candidate.inner_uses;
      candidate.capital_uses += HasCapitals(tokens) ? 1 : 0;
    }
  }

  bool HasCapitals(std::span<const CorpusToken> tokens) const {
    return std::all_of(tokens.begin(), tokens.end(), [this](CorpusToken token) {
      return corpus_.SpellingOf(token).has_capital || places_.IsLink(token);
    });
  }

  // Moves what is frequent enough on, and forgets the rest.
  absl::Status Keep() {
    for (auto& [key, count] : counts_) {
      if (count.candidate.frequency < minimum_frequency_) {
        continue;
      }
      if (kept_.size() >= max_kept_) {
        return absl::ResourceExhaustedError(
            fmt::format("more than {} phrases occur {} times or more; raise minimum_frequency",
                        max_kept_, minimum_frequency_));
      }
      kept_.push_back(count);
    }
    counts_.clear();
    return absl::OkStatus();
  }

  // Notes of each candidate in what longer ones it lies.
  static void AddNested(std::vector<CountedCandidate>& candidates) {
    absl::flat_hash_map<CandidateKey, std::size_t> by_key;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      by_key.emplace(candidates[i].key, i);
    }
    for (const CountedCandidate& outer : candidates) {
      for (std::uint32_t words = 1; words < outer.words; ++words) {
        for (std::uint32_t begin = 0; begin + words <= outer.words; ++begin) {
          CandidateKey key;
          key.fill(kNoGroup);
          std::copy_n(outer.key.begin() + begin, words, key.begin());
          if (const auto inner = by_key.find(key); inner != by_key.end()) {
            CountedCandidate& nested = candidates[inner->second];
            nested.nested_uses += outer.frequency;
            ++nested.nests;
            nested.most_nested = std::max(nested.most_nested, outer.frequency);
          }
        }
      }
    }
  }

  const WordCorpus& corpus_;
  const CandidatePlaces& places_;
  const std::uint32_t minimum_frequency_;
  const std::size_t max_kept_;
  absl::flat_hash_map<CandidateKey, Count> counts_;
  std::vector<Count> kept_;
};

}  // namespace

absl::StatusOr<std::vector<CountedCandidate>> CountCandidates(
    const WordCorpus& corpus, const CandidatePlaces& places, std::uint32_t minimum_frequency,
    std::size_t max_kept, const std::function<bool()>& is_cancelled) {
  return Counter(corpus, places, minimum_frequency, max_kept).Run(is_cancelled);
}

}  // namespace sild::terms

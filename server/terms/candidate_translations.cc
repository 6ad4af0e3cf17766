#include "server/terms/candidate_translations.h"

#include <algorithm>
#include <cmath>

#include <absl/container/flat_hash_map.h>

namespace sild::terms {
namespace {

// In so many segments both must stand, or in two if neither stands in any other.
constexpr std::uint32_t kMinTogether = 3;
constexpr std::uint32_t kMinAlwaysTogether = 2;
constexpr double kMinDice = 0.4;
constexpr double kMinLogLikelihood = 10.83;
// What a longer target must have of the score of one that lies in it; and if it has more words than
// the source, since it is rather the translation with something beside it (`President Trump`).
constexpr double kLongerShare = 0.8;
constexpr double kTooLongShare = 1.05;
// A target of which another, that has no part in it, has so much of the score is not clear.
constexpr double kOtherShare = 0.9;
// What a source must have of the score that the same target has with another.
constexpr double kRivalShare = 0.8;

double XLogX(double x) { return x <= 0 ? 0 : x * std::log(x); }

// Dunning's log-likelihood ratio of two events in `all` segments.
double LogLikelihood(double both, double a, double b, double all) {
  const double only_a = a - both;
  const double only_b = b - both;
  const double none = all - a - b + both;
  return 2 * (XLogX(both) + XLogX(only_a) + XLogX(only_b) + XLogX(none) - XLogX(a) - XLogX(b) -
              XLogX(all - a) - XLogX(all - b) + XLogX(all));
}

// Whether `inner` lies in `outer`.
bool IsWithin(const CountedCandidate& inner, const CountedCandidate& outer) {
  if (inner.words >= outer.words) {
    return false;
  }
  const auto end = outer.key.begin() + outer.words;
  return std::search(outer.key.begin(), end, inner.key.begin(), inner.key.begin() + inner.words) !=
         end;
}

class Aligner {
 public:
  Aligner(const WordCorpus& corpus, const CandidatePlaces& places,
          const std::vector<CountedCandidate>& targets)
      : corpus_(corpus), targets_(targets), segments_of_(targets.size(), 0) {
    for (std::size_t i = 0; i < targets.size(); ++i) {
      by_key_.emplace(targets[i].key, static_cast<std::uint32_t>(i));
    }
    for (std::size_t segment = 0; segment < corpus.segment_count(); ++segment) {
      AddSegment(places.In(segment));
      segments_ += corpus.Segment(segment).empty() ? 0 : 1;
    }
    together_.assign(targets.size(), 0);
  }

  std::optional<CandidateTranslation> Find(const CandidateUse& source) {
    std::vector<std::uint32_t> touched;
    std::uint32_t source_segments = 0;
    for (const std::uint32_t segment : source.segments) {
      source_segments += corpus_.Segment(segment).empty() ? 0 : 1;
      for (std::size_t i = segment == 0 ? 0 : ends_[segment - 1]; i < ends_[segment]; ++i) {
        if (together_[in_segments_[i]]++ == 0) {
          touched.push_back(in_segments_[i]);
        }
      }
    }
    std::vector<CandidateTranslation> judged;
    for (const std::uint32_t target : touched) {
      judged.push_back(Judge(target, source_segments));
      together_[target] = 0;
    }
    return Best(judged, WordsOf(source.text));
  }

 private:
  // Of those that have a score the best, if it is clear.
  std::optional<CandidateTranslation> Best(const std::vector<CandidateTranslation>& judged,
                                           std::size_t source_words) const {
    const CandidateTranslation* best = nullptr;
    for (const CandidateTranslation& found : judged) {
      if (found.score > 0 && (best == nullptr || IsBetter(found, *best, source_words))) {
        best = &found;
      }
    }
    const auto is_as_good = [&](const CandidateTranslation& other) {
      return other.target != best->target && other.score >= kOtherShare * best->score &&
             !IsWithin(targets_[other.target], targets_[best->target]) &&
             !IsWithin(targets_[best->target], targets_[other.target]);
    };
    const bool is_clear = best != nullptr && std::none_of(judged.begin(), judged.end(), is_as_good);
    return is_clear ? std::optional(*best) : std::nullopt;
  }

  static std::size_t WordsOf(std::string_view text) {
    return 1 + static_cast<std::size_t>(std::count_if(text.begin(), text.end(),
                                                      [](char c) { return c == ' ' || c == '-'; }));
  }

  void AddSegment(const std::vector<CandidatePlace>& places) {
    const std::size_t begin = in_segments_.size();
    for (const CandidatePlace& place : places) {
      if (const auto known = by_key_.find(place.key); known != by_key_.end()) {
        in_segments_.push_back(known->second);
      }
    }
    const auto first = in_segments_.begin() + static_cast<std::ptrdiff_t>(begin);
    std::sort(first, in_segments_.end());
    in_segments_.erase(std::unique(first, in_segments_.end()), in_segments_.end());
    for (std::size_t i = begin; i < in_segments_.size(); ++i) {
      ++segments_of_[in_segments_[i]];
    }
    ends_.push_back(in_segments_.size());
  }

  // The score is 0 if the two have too little in common.
  CandidateTranslation Judge(std::uint32_t target, std::uint32_t source_segments) const {
    const std::uint32_t both = together_[target];
    const double dice = 2.0 * both / (source_segments + segments_of_[target]);
    const bool is_enough = both >= kMinTogether || (both >= kMinAlwaysTogether && dice >= 1);
    const bool is_clear = is_enough && dice > kMinDice &&
                          LogLikelihood(both, source_segments, segments_of_[target],
                                        static_cast<double>(segments_)) > kMinLogLikelihood;
    return {target, both, is_clear ? dice : 0.0};
  }

  bool IsBetter(const CandidateTranslation& a, const CandidateTranslation& b,
                std::size_t source_words) const {
    const auto share = [&](const CandidateTranslation& longer) {
      return targets_[longer.target].words > source_words ? kTooLongShare : kLongerShare;
    };
    if (IsWithin(targets_[b.target], targets_[a.target])) {
      return a.score >= share(a) * b.score;
    }
    if (IsWithin(targets_[a.target], targets_[b.target])) {
      return b.score < share(b) * a.score;
    }
    return a.score > b.score || (a.score == b.score && a.target < b.target);
  }

  const WordCorpus& corpus_;
  const std::vector<CountedCandidate>& targets_;
  absl::flat_hash_map<CandidateKey, std::uint32_t> by_key_;
  std::vector<std::uint32_t> in_segments_;  // Targets, by segment, each once.
  std::vector<std::size_t> ends_;           // By segment.
  std::vector<std::uint32_t> segments_of_;  // By target: in how many it stands.
  std::vector<std::uint32_t> together_;     // By target, while one source is read.
  std::size_t segments_ = 0;
};

}  // namespace

std::vector<std::optional<CandidateTranslation>> FindTranslations(
    const std::vector<CandidateUse>& sources, const WordCorpus& target_corpus,
    const CandidatePlaces& target_places, const std::vector<CountedCandidate>& targets,
    const std::function<bool()>& is_cancelled) {
  Aligner aligner(target_corpus, target_places, targets);
  std::vector<std::optional<CandidateTranslation>> found(sources.size());
  std::vector<double> best_of_target(targets.size(), 0);
  for (std::size_t i = 0; i < sources.size() && !(is_cancelled && is_cancelled()); ++i) {
    found[i] = aligner.Find(sources[i]);
    if (found[i]) {
      double& best = best_of_target[found[i]->target];
      best = std::max(best, found[i]->score);
    }
  }
  for (std::optional<CandidateTranslation>& translation : found) {
    if (translation && translation->score < kRivalShare * best_of_target[translation->target]) {
      translation.reset();
    }
  }
  return found;
}

}  // namespace sild::terms

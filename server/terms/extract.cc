#include "server/terms/extract.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <absl/container/flat_hash_map.h>

#include "server/model/try.h"
#include "server/terms/candidate_counts.h"
#include "server/terms/candidate_places.h"
#include "server/terms/candidate_score.h"
#include "server/terms/candidate_translations.h"
#include "server/terms/word_corpus.h"
#include "server/terms/word_groups.h"

namespace sild::terms {

// All segments in one language, and what was found there.
struct TermExtractor::Side {
  ExtractLanguage language;
  WordCorpus corpus;
  WordGroups groups;
  std::optional<CandidatePlaces> places;
  std::vector<CountedCandidate> candidates;

  absl::Status Count(const ExtractOptions& options) {
    groups = GroupWords(corpus, *language.expander, options.is_cancelled);
    places.emplace(corpus, groups, language.code);
    SILD_TRY(candidates, CountCandidates(corpus, *places, options.minimum_frequency,
                                         options.max_phrases, options.is_cancelled));
    return absl::OkStatus();
  }

  std::vector<CandidateUse> Uses(const std::vector<CountedCandidate>& some,
                                 const ExtractOptions& options) const {
    return FindUses(corpus, groups, *places, some, options.max_examples, options.is_cancelled);
  }
};

namespace {

using Scored = std::pair<double, CountedCandidate>;

// Returns the candidates with their scores, best first.
std::vector<Scored> Ranked(const std::vector<CountedCandidate>& candidates) {
  std::vector<Scored> ranked;
  for (const CountedCandidate& candidate : candidates) {
    if (!IsPartOnly(candidate)) {
      ranked.emplace_back(CandidateScore(candidate), candidate);
    }
  }
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const Scored& a, const Scored& b) { return a.first > b.first; });
  return ranked;
}

}  // namespace

TermExtractor::TermExtractor(ExtractLanguage source, std::optional<ExtractLanguage> target)
    : source_(std::make_unique<Side>()) {
  source_->language = std::move(source);
  if (target) {
    target_ = std::make_unique<Side>();
    target_->language = *std::move(target);
  }
}
TermExtractor::~TermExtractor() = default;
TermExtractor::TermExtractor(TermExtractor&&) noexcept = default;
TermExtractor& TermExtractor::operator=(TermExtractor&&) noexcept = default;

absl::Status TermExtractor::Add(std::string_view source, std::string_view target) {
  SILD_CHECK_OK(source_->corpus.Add(source));
  return target_ == nullptr ? absl::OkStatus() : target_->corpus.Add(target);
}

absl::StatusOr<Extraction> TermExtractor::Run(const ExtractOptions& options) {
  Extraction result;
  result.words = source_->corpus.token_count();
  SILD_CHECK_OK(source_->Count(options));
  std::vector<Scored> ranked = Ranked(source_->candidates);
  result.candidates = ranked.size();
  ranked.resize(std::min(ranked.size(), options.max_candidates));
  std::vector<CountedCandidate> chosen;
  for (const Scored& scored : ranked) {
    chosen.push_back(scored.second);
  }
  std::vector<CandidateUse> uses = source_->Uses(chosen, options);
  for (std::size_t i = 0; i < uses.size(); ++i) {
    // The logarithm spreads the scores, of which few are large and most are small.
    const double score = std::log1p(ranked[i].first) / std::log1p(ranked[0].first);
    result.terms.push_back({uses[i].text,
                            std::move(uses[i].forms),
                            chosen[i].frequency,
                            chosen[i].segments,
                            ranked[0].first > 0 ? score : 0.0,
                            std::move(uses[i].examples),
                            {},
                            0,
                            0});
  }
  if (target_ != nullptr) {
    SILD_CHECK_OK(AddTranslations(uses, options, result));
  }
  return result;
}

absl::Status TermExtractor::AddTranslations(const std::vector<CandidateUse>& uses,
                                            const ExtractOptions& options, Extraction& result) {
  SILD_CHECK_OK(target_->Count(options));
  const auto found = FindTranslations(uses, target_->corpus, *target_->places, target_->candidates,
                                      options.is_cancelled);
  std::vector<CountedCandidate> chosen;
  absl::flat_hash_map<std::size_t, std::size_t> place_of;  // By target, in `chosen`.
  for (const std::optional<CandidateTranslation>& translation : found) {
    if (translation && place_of.try_emplace(translation->target, chosen.size()).second) {
      chosen.push_back(target_->candidates[translation->target]);
    }
  }
  const std::vector<CandidateUse> target_uses = target_->Uses(chosen, options);
  for (std::size_t i = 0; i < found.size() && !target_uses.empty(); ++i) {
    if (found[i]) {
      ExtractedTerm& term = result.terms[i];
      term.translation = target_uses[place_of[found[i]->target]].text;
      term.translation_score = found[i]->score;
      term.translation_segments = found[i]->together;
    }
  }
  return absl::OkStatus();
}

ByteRange RangeOf(std::string_view segment, const CandidateExample& example) {
  const TermText read = ReadCorpusText(segment);
  return {read.tokens[example.begin].range.begin,
          read.tokens[example.begin + example.words - 1].range.end};
}

}  // namespace sild::terms

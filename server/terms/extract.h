#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "server/model/text_offset.h"
#include "server/terms/candidate_forms.h"
#include "server/terms/form_expander.h"

namespace sild::terms {

struct ExtractOptions {
  std::size_t max_candidates = 1'000;
  std::uint32_t minimum_frequency = 2;
  std::size_t max_phrases = 5'000'000;      // That occur so often; some hundred bytes each.
  std::size_t max_examples = 2;             // Of each candidate.
  std::function<bool()> is_cancelled = {};  // Asked now and then. May be empty.
};

// A phrase that may be a term.
struct ExtractedTerm {
  std::string text;                  // Its base form if that occurs, else the commonest.
  std::vector<CandidateForm> forms;  // All in which it occurs, commonest first.
  std::uint32_t frequency = 0;
  std::uint32_t segments = 0;              // That it stands in.
  double score = 0;                        // In [0, 1]; the best has 1.
  std::vector<CandidateExample> examples;  // By number of the segment as added.
  std::string translation;                 // Empty: none is clear.
  double translation_score = 0;            // Dice's coefficient.
  std::uint32_t translation_segments = 0;  // In which both stand.
};

// What `TermExtractor::Run` gives.
struct Extraction {
  std::vector<ExtractedTerm> terms;  // Best first.
  std::size_t candidates = 0;        // How many there were; more than `terms` if too many.
  std::size_t words = 0;             // Tokens of the text, in the language of the terms.
};

// A language to extract in.
struct ExtractLanguage {
  std::string code;                        // `en`, `et`, …
  const FormExpander* expander = nullptr;  // Must outlive the extractor.
};

// Proposes terms from segments: first `Add` all, then `Run` once. Four bytes a word, and some
// hundred bytes a different word or phrase; at most 50,000,000 words (`WordCorpus`).
class TermExtractor {
 public:
  // With `target` the segments are translated into that language, and translations are proposed.
  TermExtractor(ExtractLanguage source, std::optional<ExtractLanguage> target);
  ~TermExtractor();
  TermExtractor(TermExtractor&&) noexcept;
  TermExtractor& operator=(TermExtractor&&) noexcept;
  TermExtractor(const TermExtractor&) = delete;
  TermExtractor& operator=(const TermExtractor&) = delete;

  // Adds a segment and its translation, which is empty if there is none. Both must be UTF-8.
  // `ResourceExhausted` if it is too much.
  absl::Status Add(std::string_view source, std::string_view target);

  // Phrases of one to four words that have the shape of a term, forms of the same words as one, by
  // `CandidateScore`; without those that occur only inside a longer one. The same for the same
  // segments in the same order. If it is cancelled, what it gives is worth nothing.
  // `ResourceExhausted` if there are more phrases than the options take.
  absl::StatusOr<Extraction> Run(const ExtractOptions& options);

 private:
  struct Side;

  absl::Status AddTranslations(const std::vector<CandidateUse>& uses, const ExtractOptions& options,
                               Extraction& result);

  std::unique_ptr<Side> source_;
  std::unique_ptr<Side> target_;  // Null: no translations.
};

// Returns where in `segment`, the text as it was added, an example stands.
ByteRange RangeOf(std::string_view segment, const CandidateExample& example);

}  // namespace sild::terms

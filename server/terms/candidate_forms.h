#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "server/terms/candidate_counts.h"

namespace sild::terms {

// A form in which a candidate occurs.
struct CandidateForm {
  std::string text;  // As it is written where its case says something.
  std::uint32_t frequency = 0;
};

// A place where it occurs.
struct CandidateExample {
  std::size_t segment = 0;
  std::size_t begin = 0;  // Of its tokens.
  std::size_t words = 0;
};

// What is told of a candidate besides how often it occurs.
struct CandidateUse {
  // Its base form where that occurs (at least once in 20 uses), else a nominative plural, else the
  // base form that the rules of agreement make (`CandidateBase`), else its commonest form.
  std::string text;
  std::vector<CandidateForm> forms;  // Commonest first, then by text; case set aside.
  std::vector<CandidateExample> examples;
  std::vector<std::uint32_t> segments;  // Ascending, each once.
};

// Reads the corpus again for some of its candidates. The examples, at most `max_examples` for each,
// are of different segments, those first that are about as long as a sentence. In the order of
// `candidates`.
std::vector<CandidateUse> FindUses(const WordCorpus& corpus, const WordGroups& groups,
                                   const CandidatePlaces& places,
                                   const std::vector<CountedCandidate>& candidates,
                                   std::size_t max_examples,
                                   const std::function<bool()>& is_cancelled);

}  // namespace sild::terms

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include <absl/status/status.h>

#include "server/matching/candidate_source.h"
#include "server/matching/lookup.h"
#include "server/matching/query_texts.h"
#include "server/matching/selection.h"
#include "server/matching/some_units.h"
#include "server/matching/span_table.h"

namespace sild::matching {

// A part of a query that a stored text covers.
struct Part {
  std::uint32_t begin = 0;  // Tokens.
  std::uint32_t end = 0;
  std::int32_t weight = 0;

  // The heaviest part first.
  friend bool operator<(const Part& a, const Part& b) {
    return std::tuple(-a.weight, a.begin, a.end) < std::tuple(-b.weight, b.begin, b.end);
  }
};

// Where in a query stored texts seem to stand that were not read yet.
struct Core {
  TokenSpan span;
  std::int32_t max_weight = 0;  // Of a part: with the punctuation around it.
  struct Text {
    std::size_t index = 0;  // By number.
    TextHandle handle = 0;
  };
  std::vector<Text> texts;
};

// The stored texts that stand in queries. Those of memories with an index are read only when they
// are asked for; of other memories all units are looked at.
class CoveringTexts {
 public:
  // Looks in the queries for which `is_open` is set. Units are kept until they take `max_bytes`,
  // further ones are only named. What is given must outlive it.
  CoveringTexts(const LookupRequest& request, std::vector<bool> is_open,
                const CandidateSource& source, const std::function<bool()>& is_cancelled,
                std::size_t max_bytes)
      : request_(request),
        source_(source),
        is_cancelled_(is_cancelled),
        max_bytes_(max_bytes),
        is_open_(std::move(is_open)),
        texts_(request.queries),
        selector_(request),
        cores_(request.queries.size()),
        parts_(request.queries.size()) {}

  // Looks at another memory.
  absl::Status LookIn(const MemoryName& memory);

  // Takes out where unread texts seem to stand in a query: the heaviest places last.
  std::vector<Core> TakeCores(std::size_t query);

  // Reads the texts that seem to stand there. Those that do are in `parts` then.
  absl::Status Read(const Core& core);

  // The parts of a query that texts cover which were read, and these, by number, in ascending
  // order.
  std::map<Part, std::vector<std::uint32_t>>& parts(std::size_t query) { return parts_[query]; }

  // The units that have a text.
  const Units& UnitsOf(std::uint32_t text) const { return units_of_text_[text]; }

  const text::TokenizedText& query(std::size_t query) const { return texts_[query]; }

  bool IsCancelled() const { return is_cancelled_ && is_cancelled_(); }

 private:
  struct Index {
    std::unique_ptr<IndexedTexts> texts;  // Null if all units were looked at.
    std::unordered_set<TextHandle> read;  // By any query: what is noted, is noted in all.
  };

  void LookUp(std::size_t query, const TextIndex& index);
  void Note(const TranslationUnit& unit);
  Part PartOf(std::size_t query, TokenSpan span) const;
  std::int32_t MaxWeight(std::size_t query, TokenSpan core) const;

  const LookupRequest& request_;
  const CandidateSource& source_;
  const std::function<bool()>& is_cancelled_;
  const std::size_t max_bytes_;
  const std::vector<bool> is_open_;  // By query.
  const QueryTexts texts_;
  VariantSelector selector_;
  std::vector<Index> indexes_;                                              // By memory.
  std::vector<std::map<std::pair<std::size_t, std::size_t>, Core>> cores_;  // By query and span.
  std::vector<std::map<Part, std::vector<std::uint32_t>>> parts_;           // By query.
  std::unordered_map<std::string, std::uint32_t> text_numbers_;  // Of texts that cover something.
  std::vector<Units> units_of_text_;                             // By number.
  std::size_t kept_bytes_ = 0;  // Of units there; at most `max_bytes_`.
};

}  // namespace sild::matching

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "server/matching/index_query.h"
#include "server/matching/tier.h"

namespace sild::matching {

// `TokenAligner::Distance` on numbers instead of texts: the same distance for the same tokens.
// Keeps its buffers. For one thread.
class IdAligner {
 public:
  // Returns the distance in hundredths of a word, or some value above `limit` if it is above
  // `limit`. O(n · m) time at most, less the lower `limit` is.
  std::int32_t Distance(std::span<const StoredToken> stored, IndexQuery& query, std::int32_t limit);

 private:
  struct Side {
    std::size_t begin = 0;  // Without the tokens that both begin and end with.
    std::size_t end = 0;
  };

  void Trim(std::span<const StoredToken> stored, const IndexQuery& query);
  std::int32_t CostOf(std::size_t stored, const IndexQuery::Code& code,
                      const IndexQuery& query) const;
  std::int32_t FillRow(std::size_t row, std::size_t begin, std::size_t end,
                       const IndexQuery& query);

  std::span<const StoredToken> tokens_;
  Side stored_;
  Side query_;
  std::vector<IndexQuery::Costs> costs_;  // By stored token, of words.
  std::vector<std::int32_t> weights_;     // Of stored tokens before each.
  std::vector<std::int32_t> last_row_;
  std::vector<std::int32_t> row_;
};

}  // namespace sild::matching

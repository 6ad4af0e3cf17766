// Looks in any text for anything, each way that there is: what is found stands where it is said to,
// and a phrase or substring cut out of a text is found in it.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "server/matching/concordance_text.h"
#include "server/text/utf8.h"
#include "tests/fuzz/check.h"

namespace sild {
namespace {

using matching::ConcordanceMode;
using matching::ConcordanceOptions;
using matching::ConcordanceQuery;

ConcordanceOptions OptionsOf(std::uint8_t byte) {
  ConcordanceOptions options;
  options.mode = static_cast<ConcordanceMode>(1 + byte % 3);
  options.match_case = (byte & 16) != 0;
  if (options.mode != ConcordanceMode::kSubstring) {
    options.whole_word = (byte & 4) != 0;
    options.wildcards = (byte & 8) != 0;
  }
  return options;
}

void CheckSearch(std::string_view text, std::string_view wanted, const ConcordanceOptions& options,
                 bool is_cut_out) {
  const auto query = ConcordanceQuery::Parse(
      wanted, options,
      [](std::string_view word) -> std::vector<std::string> { return {std::string(word) + "s"}; });
  if (!query.ok()) {
    return;
  }
  const auto found = matching::TextComparer(*query).Compare(text);
  FUZZ_CHECK(found || !is_cut_out);
  std::uint32_t end = 0;
  for (const ByteRange range : found ? found->ranges : std::vector<ByteRange>()) {
    FUZZ_CHECK(range.begin >= end && range.begin < range.end && range.end <= text.size());
    FUZZ_CHECK(text::IsCharStart(text[range.begin]));
    FUZZ_CHECK(range.end == text.size() || text::IsCharStart(text[range.end]));
    end = range.end;
  }
  FUZZ_CHECK(!found || !found->ranges.empty());
}

}  // namespace
}  // namespace sild

// The first byte says how, the second how long the query is, which stands before the text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sild;  // NOLINT(google-build-using-namespace): the function is outside it.
  if (size < 2) {
    return 0;
  }
  const std::string_view all(reinterpret_cast<const char*>(data) + 2, size - 2);
  const std::string_view query = all.substr(0, data[1]);
  const std::string_view text = all.substr(query.size());
  if (text::FindTextProblem(query) || text::FindTextProblem(text)) {
    return 0;
  }
  const ConcordanceOptions options = OptionsOf(data[0]);
  CheckSearch(text, query, options, false);
  if (!options.wildcards) {
    CheckSearch(text, text, options, true);
  }
  return 0;
}

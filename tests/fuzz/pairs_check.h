#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include <absl/functional/function_ref.h>

#include "server/formats/pairs.h"
#include "server/text/utf8.h"
#include "tests/fuzz/check.h"

namespace sild::fuzz {

class Pairs : public formats::PairSink {
 public:
  absl::Status OnPair(formats::ParsedPair pair) override {
    pairs.push_back(std::move(pair));
    return absl::OkStatus();
  }
  void OnIssue(formats::Issue /*issue*/) override { ++issue_count; }

  std::vector<formats::ParsedPair> pairs;
  std::size_t issue_count = 0;
  bool is_whole = false;  // The file was read to its end.
};

// Makes a reader that sends its pairs to `sink`.
using MakeReader = absl::FunctionRef<std::unique_ptr<formats::FileReader>(formats::PairSink& sink)>;

inline Pairs ReadPairs(std::string_view bytes, MakeReader make, Pieces pieces) {
  Pairs found;
  const auto reader = make(found);
  while (!bytes.empty()) {
    const std::size_t size = pieces.Next(bytes.size());
    if (!reader->Feed(bytes.substr(0, size)).ok()) {
      break;
    }
    bytes.remove_prefix(size);
  }
  found.is_whole = reader->Finish().ok();
  return found;
}

inline void CheckSegment(const Segment& segment) {
  FUZZ_CHECK(!text::FindTextProblem(segment.text));
  for (const Tag& tag : segment.tags) {
    FUZZ_CHECK(tag.position <= segment.text.size());
  }
}

// Reads a file of pairs at once and in random pieces, which must give the same pairs, all of them
// sound.
inline void CheckPairs(std::string_view bytes, MakeReader make) {
  const Pairs whole = ReadPairs(bytes, make, Pieces::Whole());
  const Pairs pieces = ReadPairs(bytes, make, Pieces::Of(bytes));
  FUZZ_CHECK(whole.is_whole == pieces.is_whole);
  FUZZ_CHECK(whole.pairs.size() == pieces.pairs.size());
  FUZZ_CHECK(!whole.is_whole || whole.issue_count == pieces.issue_count);
  for (std::size_t i = 0; i < whole.pairs.size(); ++i) {
    const formats::ParsedPair& pair = whole.pairs[i];
    FUZZ_CHECK(pair.source == pieces.pairs[i].source && pair.target == pieces.pairs[i].target);
    FUZZ_CHECK(pair.unit_id == pieces.pairs[i].unit_id && pair.line == pieces.pairs[i].line);
    CheckSegment(pair.source);
    CheckSegment(pair.target.value_or(Segment()));
  }
}

}  // namespace sild::fuzz

// Reads any bytes as TMX: at once and in random pieces, which must give the same; then writes what
// was read and reads it again, which must give the same once more.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/formats/tmx.h"
#include "tests/fuzz/check.h"

namespace sild {
namespace {

class Units : public formats::UnitSink {
 public:
  absl::Status OnUnit(formats::ParsedUnit unit) override {
    units.push_back(std::move(unit.unit));
    return absl::OkStatus();
  }
  void OnIssue(formats::Issue /*issue*/) override { ++issue_count; }

  std::vector<TranslationUnit> units;
  std::size_t issue_count = 0;
  bool is_whole = false;  // The file was read to its end.
};

Units Read(std::string_view bytes, fuzz::Pieces pieces, bool must_pass) {
  Units found;
  const auto reader = formats::NewTmxReader({}, found);
  while (!bytes.empty()) {
    const std::size_t size = pieces.Next(bytes.size());
    if (!reader->Feed(bytes.substr(0, size)).ok()) {
      break;
    }
    bytes.remove_prefix(size);
  }
  const absl::Status status = reader->Finish();
  FUZZ_CHECK(!must_pass || status.ok());
  found.is_whole = status.ok();
  return found;
}

}  // namespace
}  // namespace sild

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sild;  // NOLINT(google-build-using-namespace): the function is outside it.
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const Units whole = Read(bytes, fuzz::Pieces::Whole(), false);
  const Units pieces = Read(bytes, fuzz::Pieces::Of(bytes), false);
  FUZZ_CHECK(whole.units == pieces.units);
  FUZZ_CHECK(whole.is_whole == pieces.is_whole);
  FUZZ_CHECK(!whole.is_whole || whole.issue_count == pieces.issue_count);

  const auto writer = formats::NewTmxWriter({LanguageTag(), "1.0"});
  std::string file;
  writer->Begin(file);
  for (const TranslationUnit& unit : whole.units) {
    writer->Write(unit, file);
  }
  writer->Finish(file);
  const Units again = Read(file, fuzz::Pieces::Of(bytes), true);
  FUZZ_CHECK(again.units.size() == whole.units.size());
  // Parts of one `tu` that others stand between are put together, so only the set is the same.
  for (const TranslationUnit& unit : whole.units) {
    FUZZ_CHECK(std::find(again.units.begin(), again.units.end(), unit) != again.units.end());
  }
  return 0;
}

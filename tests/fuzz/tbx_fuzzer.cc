// Reads any bytes as TBX: at once and in random pieces, which must give the same; then writes what
// was read and reads it again, which must give the same once more.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/formats/tbx.h"
#include "tests/fuzz/check.h"

namespace sild {
namespace {

class Concepts : public formats::ConceptSink {
 public:
  absl::Status OnConcept(formats::ParsedConcept entry) override {
    concepts.push_back(std::move(entry.entry));
    return absl::OkStatus();
  }
  void OnIssue(formats::Issue /*issue*/) override { ++issue_count; }

  std::vector<Concept> concepts;
  std::size_t issue_count = 0;
  bool is_whole = false;  // The file was read to its end.
};

Concepts Read(std::string_view bytes, fuzz::Pieces pieces, bool must_pass) {
  Concepts found;
  const auto reader = formats::NewTbxReader({}, found);
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
  const Concepts whole = Read(bytes, fuzz::Pieces::Whole(), false);
  const Concepts pieces = Read(bytes, fuzz::Pieces::Of(bytes), false);
  FUZZ_CHECK(whole.concepts == pieces.concepts);
  FUZZ_CHECK(whole.is_whole == pieces.is_whole);
  FUZZ_CHECK(!whole.is_whole || whole.issue_count == pieces.issue_count);

  const auto writer = formats::NewTbxWriter({"title", "1.0"});
  std::string file;
  writer->Begin(file);
  for (const Concept& entry : whole.concepts) {
    writer->Write(entry, file);
  }
  writer->Finish(file);
  FUZZ_CHECK(Read(file, fuzz::Pieces::Of(bytes), true).concepts == whole.concepts);
  return 0;
}

// Reads any bytes as each format of concepts that is no XML, and as MultiTerm: at once and in
// random pieces, which must give the same. What was read as a table is written as one and read
// again, which must give the same once more, but for what tables do not hold. The first byte
// chooses the format.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/formats/concept_files.h"
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

Concepts Read(formats::ConceptFormat format, std::string_view bytes, fuzz::Pieces pieces) {
  formats::ReadOptions options;
  options.default_source_language = LanguageTag::FromCanonical("en");
  options.default_target_language = LanguageTag::FromCanonical("et");
  Concepts found;
  const auto reader = formats::NewConceptReader(format, options, found);
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

std::string Write(formats::ConceptFormat format, const std::vector<Concept>& concepts) {
  formats::ConceptWriteOptions options;
  options.source_language = LanguageTag::FromCanonical("en");
  options.target_language = LanguageTag::FromCanonical("et");
  const auto writer = formats::NewConceptWriter(format, options);
  for (const Concept& entry : concepts) {
    writer->Survey(entry);
  }
  std::string file;
  writer->Begin(file);
  for (const Concept& entry : concepts) {
    writer->Write(entry, file);
  }
  writer->Finish(file);
  return file;
}

// The terms of concepts, by language: what every table keeps.
std::vector<std::string> TermsOf(const std::vector<Concept>& concepts) {
  std::vector<std::string> terms;
  for (const Concept& entry : concepts) {
    for (const LanguageSection& section : entry.sections) {
      for (const Term& term : section.terms) {
        terms.push_back(section.language.str() + " " + term.text);
      }
    }
  }
  std::sort(terms.begin(), terms.end());
  return terms;
}

}  // namespace
}  // namespace sild

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sild;  // NOLINT(google-build-using-namespace): the function is outside it.
  using formats::ConceptFormat;
  if (size == 0) {
    return 0;
  }
  static constexpr std::array<ConceptFormat, 5> kFormats = {
      ConceptFormat::kCsv, ConceptFormat::kTsv, ConceptFormat::kOmegat, ConceptFormat::kUtx,
      ConceptFormat::kMultiterm};
  const ConceptFormat format = kFormats[data[0] % kFormats.size()];
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const Concepts whole = Read(format, bytes, fuzz::Pieces::Whole());
  const Concepts pieces = Read(format, bytes, fuzz::Pieces::Of(bytes));
  FUZZ_CHECK(whole.concepts == pieces.concepts);
  FUZZ_CHECK(whole.is_whole == pieces.is_whole);
  FUZZ_CHECK(!whole.is_whole || whole.issue_count == pieces.issue_count);
  if (whole.concepts.empty()) {
    return 0;
  }
  for (const ConceptFormat written : {ConceptFormat::kCsv, ConceptFormat::kTsv}) {
    const std::string file = Write(written, whole.concepts);
    const Concepts again = Read(written, file, fuzz::Pieces::Of(bytes));
    FUZZ_CHECK(again.is_whole);
    FUZZ_CHECK(TermsOf(again.concepts) == TermsOf(whole.concepts));
    FUZZ_CHECK(Write(written, again.concepts) == file);
  }
  Write(ConceptFormat::kOmegat, whole.concepts);
  Write(ConceptFormat::kUtx, whole.concepts);
  return 0;
}

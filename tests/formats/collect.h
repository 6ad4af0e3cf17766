#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <absl/status/status.h>

#include "server/formats/reader.h"

namespace sild::formats::test {

// Keeps all that a reader finds.
class Collector : public UnitSink, public ConceptSink {
 public:
  absl::Status OnUnit(ParsedUnit unit) override {
    units.push_back(std::move(unit));
    return unit_status;
  }
  absl::Status OnConcept(ParsedConcept entry) override {
    concepts.push_back(std::move(entry));
    return unit_status;
  }
  void OnIssue(Issue issue) override { issues.push_back(std::move(issue)); }
  void OnHeader(const FileHeader& file_header) override { header = file_header; }

  std::size_t DroppedCount() const {
    return static_cast<std::size_t>(
        std::count_if(issues.begin(), issues.end(), [](const Issue& i) { return i.dropped; }));
  }

  // The messages of all issues, a line each.
  std::string Messages() const {
    std::string all;
    for (const Issue& issue : issues) {
      all += issue.message + "\n";
    }
    return all;
  }

  std::vector<ParsedUnit> units;
  std::vector<ParsedConcept> concepts;
  std::vector<Issue> issues;
  FileHeader header;
  absl::Status unit_status;  // What the sink answers to each.
};

// Pushes `bytes` in pieces of `piece_bytes`.
inline absl::Status ReadAll(FileReader& reader, std::string_view bytes,
                            std::size_t piece_bytes = 4096) {
  for (; !bytes.empty(); bytes.remove_prefix(std::min(bytes.size(), piece_bytes))) {
    if (absl::Status status = reader.Feed(bytes.substr(0, piece_bytes)); !status.ok()) {
      return status;
    }
  }
  return reader.Finish();
}

inline std::string Contents(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace sild::formats::test

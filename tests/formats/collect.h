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

#include "server/formats/pairs.h"
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

// Keeps all pairs that a reader finds.
class PairCollector : public PairSink {
 public:
  absl::Status OnPair(ParsedPair pair) override {
    pairs.push_back(std::move(pair));
    return absl::OkStatus();
  }
  void OnIssue(Issue issue) override { issues.push_back(std::move(issue)); }

  // Each as `id: source > target`, with `-` for no target.
  std::vector<std::string> Told() const {
    std::vector<std::string> told;
    for (const ParsedPair& pair : pairs) {
      told.push_back(pair.unit_id + ": " + pair.source.text + " > " +
                     (pair.target ? pair.target->text : "-"));
    }
    return told;
  }

  // Each issue as `line: message`, with `!` before those that dropped a unit.
  std::vector<std::string> Issues() const {
    std::vector<std::string> told;
    for (const Issue& issue : issues) {
      told.push_back((issue.dropped ? "!" : "") + std::to_string(issue.line) + ": " +
                     issue.message);
    }
    return told;
  }

  std::vector<ParsedPair> pairs;
  std::vector<Issue> issues;
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

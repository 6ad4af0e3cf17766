#pragma once

#include <cctype>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sild::formats::test {

// A file of the shared test data, and what another parser counted in it.
struct ManifestRow {
  std::string file;                      // Empty: there is no test data.
  std::optional<std::size_t> units;      // Nothing: the other parser refuses the file.
  std::map<std::string, int> languages;  // As the file spells them.
  std::string other_counts;              // As `files=1 targets=3 segments=3`.
  std::string oddities;                  // In words.

  // The number behind `name=` in `other_counts`.
  std::optional<std::size_t> Count(const std::string& name) const {
    const std::size_t at = (" " + other_counts).find(" " + name + "=");
    std::size_t count = 0;
    return at != std::string::npos &&
                   std::from_chars(other_counts.data() + at + name.size() + 1,
                                   other_counts.data() + other_counts.size(), count)
                           .ec == std::errc()
               ? std::optional(count)
               : std::nullopt;
  }
};

inline std::filesystem::path FormatsFolder() {
  return std::filesystem::path(SILD_SHARED_DATA) / "formats";
}
inline std::filesystem::path ManifestPath() { return FormatsFolder() / "manifest.tsv"; }

inline std::vector<std::string> SplitBy(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (std::size_t end = 0; end != std::string_view::npos; text.remove_prefix(end + 1)) {
    end = text.find(separator);
    parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) {
      break;
    }
  }
  return parts;
}

// The rows of the files below `folder`, or one empty row if there is no test data.
inline std::vector<ManifestRow> ManifestRows(std::string_view folder) {
  constexpr std::size_t kUnits = 10;
  constexpr std::size_t kLanguages = 11;
  constexpr std::size_t kOtherCounts = 12;
  constexpr std::size_t kOddities = 13;
  std::vector<ManifestRow> rows;
  std::ifstream manifest(ManifestPath());
  for (std::string line; std::getline(manifest, line);) {
    const std::vector<std::string> cells = SplitBy(line, '\t');
    if (!cells[0].starts_with(folder) || cells.size() <= kLanguages) {
      continue;
    }
    ManifestRow row;
    row.file = cells[0];
    row.other_counts = cells.size() > kOtherCounts ? cells[kOtherCounts] : "";
    row.oddities = cells.size() > kOddities ? cells[kOddities] : "";
    std::size_t units = 0;
    const std::string& count = cells[kUnits];
    if (std::from_chars(count.data(), count.data() + count.size(), units).ec == std::errc()) {
      row.units = units;
    }
    for (const std::string& language : SplitBy(cells[kLanguages], ' ')) {
      if (const std::size_t colon = language.rfind(':'); colon != std::string::npos) {
        row.languages[language.substr(0, colon)] = std::stoi(language.substr(colon + 1));
      }
    }
    rows.push_back(row);
  }
  return rows.empty() ? std::vector<ManifestRow>(1) : rows;
}

// `file` as a name that GoogleTest takes.
inline std::string TestName(std::string file) {
  for (char& c : file) {
    c = std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
  }
  return file.empty() ? "NoData" : file;
}

inline void PrintTo(const ManifestRow& row, std::ostream* out) { *out << row.file; }

}  // namespace sild::formats::test

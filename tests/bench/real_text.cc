#include "tests/bench/real_text.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <system_error>
#include <unordered_set>

#include <zlib.h>

#include "server/text/utf8.h"

namespace sild::bench {
namespace {

constexpr std::size_t kMaxBytes = 3000;

// Returns the lines of a file that gzip made.
std::vector<std::string> ReadLines(const std::filesystem::path& path) {
  std::vector<std::string> lines;
  gzFile file = gzopen(path.c_str(), "rb");
  if (file == nullptr) {
    return lines;
  }
  std::array<char, 1 << 16> buffer{};
  while (gzgets(file, buffer.data(), static_cast<int>(buffer.size())) != nullptr) {
    lines.emplace_back(buffer.data());
    while (!lines.back().empty() && (lines.back().back() == '\n' || lines.back().back() == '\r')) {
      lines.back().pop_back();
    }
  }
  gzclose(file);
  return lines;
}

std::string_view Column(std::string_view line, std::size_t column) {
  for (; column > 0; --column) {
    const std::size_t tab = line.find('\t');
    line = tab == std::string_view::npos ? std::string_view() : line.substr(tab + 1);
  }
  return line.substr(0, line.find('\t'));
}

// Where a language stands in `software/*.tsv.gz`, behind catalogue and context.
std::size_t ColumnOf(const std::string& language) {
  return language == "en" ? 2 : language == "et" ? 3 : language == "lt" ? 4 : 5;
}

// The files of `software/`, in order.
std::vector<std::filesystem::path> SoftwareFiles() {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (const auto& entry :
       std::filesystem::directory_iterator(SILD_SHARED_DATA "/software", error)) {
    if (entry.path().string().ends_with(".tsv.gz")) {
      files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

// A cell without the escapes of the files: `\\`, `\t`, `\n`.
std::string Unescaped(std::string_view cell) {
  std::string text;
  for (std::size_t i = 0; i < cell.size(); ++i) {
    if (cell[i] != '\\' || i + 1 == cell.size()) {
      text += cell[i];
      continue;
    }
    ++i;
    text += cell[i] == 't' ? '\t' : cell[i] == 'n' ? '\n' : cell[i];
  }
  return text;
}

}  // namespace

std::vector<std::string> RealTexts(const std::string& language) {
  std::vector<std::string> texts;
  std::unordered_set<std::string> known;
  const auto take = [&](std::string_view text) {
    if (!text.empty() && text.size() < kMaxBytes && !text::FindTextProblem(text) &&
        known.emplace(text).second) {
      texts.emplace_back(text);
    }
  };
  for (const std::filesystem::path& file : SoftwareFiles()) {
    for (const std::string& line : ReadLines(file)) {
      take(Column(line, ColumnOf(language)));
    }
  }
  std::ifstream articles(SILD_SHARED_DATA "/ntrex/" + language + ".txt");
  for (std::string line; std::getline(articles, line);) {
    take(line);
  }
  return texts;
}

std::vector<std::array<std::string, 4>> RealRows() {
  std::vector<std::array<std::string, 4>> rows;
  for (const std::filesystem::path& file : SoftwareFiles()) {
    for (const std::string& line : ReadLines(file)) {
      std::array<std::string, 4>& row = rows.emplace_back();
      for (std::size_t i = 0; i < row.size(); ++i) {
        row[i] = Unescaped(Column(line, ColumnOf(kRealLanguages[i])));
      }
    }
  }
  return rows;
}

}  // namespace sild::bench

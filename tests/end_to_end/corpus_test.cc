#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include "sild/v1/memory_service.grpc.pb.h"
#include "tests/end_to_end/server_process.h"

namespace sild {
namespace {

using ::testing::HasSubstr;
namespace fs = std::filesystem;

// The texts of a unit by language.
using Row = std::map<std::string, std::string>;

// Real texts go in as TMX and come out as they were, and again from what was exported. NTREX in
// every run; SILD_CORPUS=all adds the software strings, some 276,000 units.
class CorpusTest : public ::testing::Test {
 protected:
  test::Finished Sild(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {SILD_CLIENT_BINARY, "--server", server_.address()});
    return test::RunProgram(arguments);
  }

  fs::path File(const std::string& name) { return directory_.path() / name; }

  static std::string Read(const fs::path& path) {
    std::ifstream in(path);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  void WriteTmx(const std::vector<Row>& rows, const fs::path& path) {
    std::ofstream out(path);
    out << "<tmx version=\"1.4\"><header srclang=\"en\"/><body>\n";
    for (std::size_t i = 0; i < rows.size(); ++i) {
      out << "<tu tuid=\"" << i << "\">";
      for (const auto& [language, text] : rows[i]) {
        out << "<tuv xml:lang=\"" << language << "\"><seg>" << Escape(text) << "</seg></tuv>";
      }
      out << "</tu>\n";
    }
    out << "</body></tmx>\n";
  }

  static std::string Escape(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
      switch (c) {
        case '<':
          escaped += "&lt;";
          break;
        case '>':
          escaped += "&gt;";
          break;
        case '&':
          escaped += "&amp;";
          break;
        case '\r':
          escaped += "&#13;";
          break;
        default:
          escaped += c;
      }
    }
    return escaped;
  }

  // The texts of all units of a memory, sorted.
  std::vector<Row> Stored(const std::string& memory) {
    const auto stub = v1::MemoryService::NewStub(server_.Connect());
    v1::ListUnitsRequest request;
    request.set_parent("memories/" + memory);
    request.set_page_size(1'000);
    std::vector<Row> rows;
    do {
      grpc::ClientContext context;
      v1::ListUnitsResponse page;
      EXPECT_TRUE(stub->ListUnits(&context, request, &page).ok());
      for (const v1::TranslationUnit& unit : page.units()) {
        Row& row = rows.emplace_back();
        for (const v1::Variant& variant : unit.variants()) {
          row[variant.language_code()] = variant.segment().text();
        }
      }
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    std::sort(rows.begin(), rows.end());
    return rows;
  }

  void GoThereAndBack(std::vector<Row> rows) {
    const std::string created = fmt::format("\"createdCount\":\"{}\"", rows.size());
    const std::string unchanged = fmt::format("\"unchangedCount\":\"{}\"", rows.size());
    WriteTmx(rows, File("in.tmx"));
    EXPECT_EQ(Sild({"memory", "create", "first"}).exit_code, 0);
    EXPECT_THAT(Sild({"--json", "memory", "import", "first", File("in.tmx")}).out,
                HasSubstr(created));
    std::sort(rows.begin(), rows.end());
    EXPECT_TRUE(Stored("first") == rows);
    EXPECT_EQ(Sild({"memory", "export", "first", "-o", File("out.tmx")}).exit_code, 0);

    EXPECT_EQ(Sild({"memory", "create", "second"}).exit_code, 0);
    EXPECT_THAT(Sild({"--json", "memory", "import", "second", File("out.tmx")}).out,
                HasSubstr(created));
    EXPECT_TRUE(Stored("second") == rows);
    EXPECT_EQ(Sild({"memory", "export", "second", "-o", File("again.tmx")}).exit_code, 0);
    EXPECT_TRUE(Read(File("out.tmx")) == Read(File("again.tmx")));
    EXPECT_THAT(Sild({"--json", "memory", "import", "first", File("in.tmx")}).out,
                HasSubstr(unchanged));
  }

  test::ServerProcess server_;
  test::TempDir directory_;
};

std::vector<std::string> LinesOf(const fs::path& path) {
  std::ifstream in(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) {
    lines.push_back(line);
  }
  return lines;
}

TEST_F(CorpusTest, NewsGoThereAndBack) {
  const fs::path folder = fs::path(SILD_SHARED_DATA) / "ntrex";
  if (!fs::exists(folder)) {
    GTEST_SKIP() << "there is no " << folder;
  }
  std::vector<Row> rows;
  for (const std::string language : {"en", "et", "lt", "ru"}) {
    const std::vector<std::string> lines = LinesOf(folder / (language + ".txt"));
    rows.resize(lines.size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
      rows[i][language] = lines[i];
    }
  }
  ASSERT_GT(rows.size(), 500U);
  GoThereAndBack(std::move(rows));
}

std::vector<std::string> Split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, separator);) {
    parts.push_back(part);
  }
  return parts;
}

// The rows of a file with the columns `catalogue context en et lt ru`.
void AddSoftware(const fs::path& path, std::vector<Row>& rows) {
  const gzFile file = gzopen(path.c_str(), "rb");
  ASSERT_NE(file, nullptr) << path;
  std::string all;
  std::vector<char> buffer(1 << 20);
  for (int read = 0; (read = gzread(file, buffer.data(), 1 << 20)) > 0;) {
    all.append(buffer.data(), static_cast<std::size_t>(read));
  }
  gzclose(file);
  const std::vector<std::string> lines = Split(all, '\n');
  const std::vector<std::string> header = Split(lines.at(0), '\t');
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const std::vector<std::string> fields = Split(lines[i], '\t');
    Row& row = rows.emplace_back();
    for (std::size_t column = 2; column < fields.size(); ++column) {
      if (!fields[column].empty()) {
        row[header.at(column)] = fields[column];
      }
    }
  }
}

TEST_F(CorpusTest, SoftwareStringsGoThereAndBack) {
  const fs::path folder = fs::path(SILD_SHARED_DATA) / "software";
  if (!fs::exists(folder)) {
    GTEST_SKIP() << "there is no " << folder;
  }
  const char* corpus = std::getenv("SILD_CORPUS");
  if (corpus == nullptr || std::string_view(corpus) != "all") {
    GTEST_SKIP() << "takes minutes: SILD_CORPUS=all is not set";
  }
  std::vector<Row> rows;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".gz") {
      AddSoftware(entry.path(), rows);
    }
  }
  ASSERT_GT(rows.size(), 200'000U);
  GoThereAndBack(std::move(rows));
}

}  // namespace
}  // namespace sild

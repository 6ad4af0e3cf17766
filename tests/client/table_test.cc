#include "client/cli/table.h"

#include <sstream>

#include <gtest/gtest.h>

#include "client/cli/display_text.h"

namespace sild::cli {
namespace {

std::string Shown(Table table, bool is_colored = false) {
  UseUtf8Locale();
  std::ostringstream out;
  Printer printer(out, is_colored);
  table.PrintTo(printer, 1);
  return out.str();
}

TEST(Table, AlignsColumnsByWidth) {
  Table table;
  table.Add({{"日本"}, {"a"}});
  table.Add({{"õ"}, {"b"}});
  EXPECT_EQ(Shown(table), " 日本  a\n õ     b\n");
}

TEST(Table, PutsNumbersToTheRight) {
  Table table;
  table.Add({{"5", Style::kPlain, true}, {"x"}});
  table.Add({{"123", Style::kPlain, true}, {"y"}});
  EXPECT_EQ(Shown(table), "   5  x\n 123  y\n");
}

TEST(Table, EndsNoLineInSpaces) {
  Table table;
  table.Add({{"a"}, {""}});
  table.Add({{"bbb"}, {"c"}});
  EXPECT_EQ(Shown(table), " a\n bbb  c\n");
}

TEST(Table, KeepsControlsFromTheTerminal) {
  Table table;
  table.Add({{"a\x1b[2Jb"}});
  EXPECT_EQ(Shown(table), " a\\x1b[2Jb\n");
}

TEST(Table, DoesNotCountColorsAsWidth) {
  Table table;
  table.Add({{"a", Style::kBad}, {"b"}});
  EXPECT_EQ(Shown(table, true), " \x1b[31ma\x1b[0m  b\n");
}

}  // namespace
}  // namespace sild::cli

#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "client/cli/printer.h"

namespace sild::cli {

// One place of a table.
struct Cell {
  std::string text;  // Made visible by the table.
  Style style = Style::kPlain;
  bool is_number = false;  // Stands at the right of its column.
};

// Rows whose columns are as wide as their widest cell, two spaces apart.
class Table {
 public:
  void Add(std::vector<Cell> row) { rows_.push_back(std::move(row)); }

  // Writes the rows, each after `indent` spaces, and forgets them. Rows may have fewer cells than
  // others.
  void PrintTo(Printer& printer, std::size_t indent = 0);

 private:
  std::vector<std::vector<Cell>> rows_;
};

}  // namespace sild::cli

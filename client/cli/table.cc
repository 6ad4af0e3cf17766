#include "client/cli/table.h"

#include <algorithm>

#include "client/cli/display_text.h"

namespace sild::cli {

void Table::PrintTo(Printer& printer, std::size_t indent) {
  std::vector<std::size_t> widths;
  for (std::vector<Cell>& row : rows_) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) {
      row[i].text = Visible(row[i].text);
      widths[i] = std::max(widths[i], WidthOf(row[i].text));
    }
  }
  for (const std::vector<Cell>& row : rows_) {
    std::string line;
    std::size_t gap = indent;  // Owed before the next text, so that no line ends in spaces.
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::size_t padding = widths[i] - WidthOf(row[i].text);
      if (!row[i].text.empty()) {
        line.append(gap + (row[i].is_number ? padding : 0), ' ');
        line += printer.Styled(row[i].style, row[i].text);
        gap = row[i].is_number ? 2 : padding + 2;
      } else {
        gap += padding + 2;
      }
    }
    printer.Line(line);
  }
  rows_.clear();
}

}  // namespace sild::cli

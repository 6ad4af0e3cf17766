#include "server/terms/form_distance.h"

#include <algorithm>
#include <string>
#include <vector>

#include "server/text/utf8.h"

namespace sild::terms {

std::size_t FormDistance(std::string_view a, std::string_view b, std::size_t limit) {
  return FormDistance(text::ToUtf32(a), text::ToUtf32(b), limit);
}

std::size_t FormDistance(std::u32string_view from, std::u32string_view to, std::size_t limit) {
  const std::size_t apart =
      from.size() > to.size() ? from.size() - to.size() : to.size() - from.size();
  if (apart >= limit) {
    return apart;  // No shorter than by what lengths differ.
  }
  std::vector<std::size_t> row(to.size() + 1);
  for (std::size_t j = 0; j < row.size(); ++j) {
    row[j] = j;
  }
  for (std::size_t i = 0; i < from.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < to.size(); ++j) {
      const std::size_t replaced = diagonal + (from[i] == to[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, diagonal + 1, row[j] + 1});
    }
  }
  return row.back();
}

}  // namespace sild::terms

#include "client/cli/names.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "client/cli/errors.h"

namespace sild::cli {
namespace {

std::vector<std::string_view> PartsOf(std::string_view word) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t slash = word.find('/');
    parts.push_back(word.substr(0, slash));
    if (slash == std::string_view::npos) {
      return parts;
    }
    word.remove_prefix(slash + 1);
  }
}

absl::Status NotAName(std::string_view word, std::string_view what, std::string_view forms) {
  return UsageError(fmt::format("\"{}\" is not the name of a {}; write {}", word, what, forms));
}

// `id` or `collection/id`.
absl::StatusOr<std::string> TopName(std::string_view word, std::string_view collection,
                                    std::string_view what) {
  const std::vector<std::string_view> parts = PartsOf(word);
  const bool is_full = parts.size() == 2 && parts[0] == collection;
  if ((parts.size() != 1 && !is_full) || parts.back().empty()) {
    return NotAName(word, what, fmt::format("ID or {}/ID", collection));
  }
  return fmt::format("{}/{}", collection, parts.back());
}

// `id/id` or `collection/id/children/id`.
absl::StatusOr<std::string> ChildName(std::string_view word, std::string_view collection,
                                      std::string_view children, std::string_view what) {
  const std::vector<std::string_view> parts = PartsOf(word);
  const bool is_full = parts.size() == 4 && parts[0] == collection && parts[2] == children;
  if ((parts.size() != 2 && !is_full) || std::ranges::count(parts, std::string_view()) > 0) {
    return NotAName(word, what,
                    fmt::format("{0}/ID/{1}/ID or, in short, ID/ID", collection, children));
  }
  return fmt::format("{}/{}/{}/{}", collection, parts[is_full ? 1 : 0], children, parts.back());
}

}  // namespace

absl::StatusOr<std::string> MemoryNameOf(std::string_view word) {
  return TopName(word, "memories", "memory");
}

absl::StatusOr<std::string> UnitNameOf(std::string_view word) {
  return ChildName(word, "memories", "units", "unit");
}

absl::StatusOr<std::string> GlossaryNameOf(std::string_view word) {
  return TopName(word, "glossaries", "glossary");
}

absl::StatusOr<std::string> ConceptNameOf(std::string_view word) {
  return ChildName(word, "glossaries", "concepts", "concept");
}

absl::StatusOr<std::string> ExceptionNameOf(std::string_view word) {
  return ChildName(word, "glossaries", "exceptions", "exception");
}

std::string IdOf(std::string_view name) {
  return std::string(name.substr(name.rfind('/') + 1));  // `npos` + 1 is the beginning.
}

}  // namespace sild::cli

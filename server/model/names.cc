#include "server/model/names.h"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

namespace sild {
namespace {

constexpr std::size_t kMaxIdLength = 63;

bool IsAlphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// The ids in `name` if it reads `collection/id`, or `collection/id/child/id` with a `child`.
std::optional<std::array<std::string_view, 2>> Split(std::string_view name,
                                                     std::string_view collection,
                                                     std::string_view child) {
  if (!name.starts_with(collection) || !name.substr(collection.size()).starts_with('/')) {
    return std::nullopt;
  }
  name.remove_prefix(collection.size() + 1);
  const std::string_view parent = name.substr(0, name.find('/'));
  name.remove_prefix(parent.size());
  if (child.empty()) {
    return name.empty() && IsResourceId(parent) ? std::optional{std::array{parent, name}}
                                                : std::nullopt;
  }
  if (!name.starts_with('/') || !name.substr(1).starts_with(child) ||
      !name.substr(1 + child.size()).starts_with('/')) {
    return std::nullopt;
  }
  name.remove_prefix(child.size() + 2);
  return IsResourceId(parent) && IsResourceId(name) ? std::optional{std::array{parent, name}}
                                                    : std::nullopt;
}

// Long names are cut so that a message stays readable.
absl::Status WrongName(std::string_view name, std::string_view form) {
  return absl::InvalidArgumentError(fmt::format(
      "name \"{}\" is not of the form {}, with ids of 1 to 63 letters, digits and ._- that begin "
      "with a letter or digit",
      name.substr(0, 100), form));
}

}  // namespace

bool IsResourceId(std::string_view id) {
  return !id.empty() && id.size() <= kMaxIdLength && IsAlphanumeric(id[0]) &&
         std::all_of(id.begin(), id.end(),
                     [](char c) { return IsAlphanumeric(c) || c == '.' || c == '_' || c == '-'; });
}

absl::StatusOr<MemoryName> MemoryName::Parse(std::string_view name) {
  const auto ids = Split(name, "memories", "");
  if (!ids) {
    return WrongName(name, "memories/{memory}");
  }
  return MemoryName{std::string((*ids)[0])};
}

std::string MemoryName::str() const { return "memories/" + memory; }

absl::StatusOr<UnitName> UnitName::Parse(std::string_view name) {
  const auto ids = Split(name, "memories", "units");
  if (!ids) {
    return WrongName(name, "memories/{memory}/units/{unit}");
  }
  return UnitName{std::string((*ids)[0]), std::string((*ids)[1])};
}

std::string UnitName::str() const { return "memories/" + memory + "/units/" + unit; }

absl::StatusOr<GlossaryName> GlossaryName::Parse(std::string_view name) {
  const auto ids = Split(name, "glossaries", "");
  if (!ids) {
    return WrongName(name, "glossaries/{glossary}");
  }
  return GlossaryName{std::string((*ids)[0])};
}

std::string GlossaryName::str() const { return "glossaries/" + glossary; }

absl::StatusOr<ConceptName> ConceptName::Parse(std::string_view name) {
  const auto ids = Split(name, "glossaries", "concepts");
  if (!ids) {
    return WrongName(name, "glossaries/{glossary}/concepts/{concept}");
  }
  return ConceptName{std::string((*ids)[0]), std::string((*ids)[1])};
}

std::string ConceptName::str() const {
  return "glossaries/" + glossary + "/concepts/" + concept_id;
}

absl::StatusOr<ExceptionName> ExceptionName::Parse(std::string_view name) {
  const auto ids = Split(name, "glossaries", "exceptions");
  if (!ids) {
    return WrongName(name, "glossaries/{glossary}/exceptions/{exception}");
  }
  return ExceptionName{std::string((*ids)[0]), std::string((*ids)[1])};
}

std::string ExceptionName::str() const {
  return "glossaries/" + glossary + "/exceptions/" + exception;
}

}  // namespace sild

#pragma once

#include <compare>
#include <string>
#include <string_view>

#include <absl/status/statusor.h>

namespace sild {

// Whether `id` may be the last part of a name: `[A-Za-z0-9][A-Za-z0-9._-]{0,62}`.
bool IsResourceId(std::string_view id);

// The names of resources. `Parse` takes the full form and fails with `InvalidArgument`, naming the
// form wanted; a parsed name is right. `str` gives the full form back.

// `memories/{memory}`
struct MemoryName {
  std::string memory;

  static absl::StatusOr<MemoryName> Parse(std::string_view name);
  std::string str() const;
  friend auto operator<=>(const MemoryName&, const MemoryName&) = default;
};

// `memories/{memory}/units/{unit}`
struct UnitName {
  std::string memory;
  std::string unit;

  static absl::StatusOr<UnitName> Parse(std::string_view name);
  std::string str() const;
  MemoryName parent() const { return {memory}; }
  friend auto operator<=>(const UnitName&, const UnitName&) = default;
};

// `glossaries/{glossary}`
struct GlossaryName {
  std::string glossary;

  static absl::StatusOr<GlossaryName> Parse(std::string_view name);
  std::string str() const;
  friend auto operator<=>(const GlossaryName&, const GlossaryName&) = default;
};

// `glossaries/{glossary}/concepts/{concept}`
struct ConceptName {
  std::string glossary;
  std::string concept_id;  // `concept` is a keyword of C++20.

  static absl::StatusOr<ConceptName> Parse(std::string_view name);
  std::string str() const;
  GlossaryName parent() const { return {glossary}; }
  friend auto operator<=>(const ConceptName&, const ConceptName&) = default;
};

// `glossaries/{glossary}/exceptions/{exception}`
struct ExceptionName {
  std::string glossary;
  std::string exception;

  static absl::StatusOr<ExceptionName> Parse(std::string_view name);
  std::string str() const;
  GlossaryName parent() const { return {glossary}; }
  friend auto operator<=>(const ExceptionName&, const ExceptionName&) = default;
};

}  // namespace sild

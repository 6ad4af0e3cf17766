#include "client/cli/unit_texts.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <absl/strings/match.h>
#include <fmt/format.h>

#include "client/cli/enum_words.h"
#include "client/cli/errors.h"
#include "client/cli/options.h"
#include "client/cli/tagged_text.h"

namespace sild::cli {

void AddUnitFacts(CLI::App& command, UnitFacts& facts) {
  AddChoice<v1::Variant::Status>(command, "--status", facts.status,
                                 "How far the translation may be trusted, such as --status "
                                 "reviewed");
  AddChoice<v1::Variant::Origin>(command, "--origin", facts.origin,
                                 "Where the translation came from, such as --origin machine");
  AddRepeated(command, "--note", facts.notes,
              "A remark for people, added to those there are; may be repeated, such as --note "
              "\"the minister's own words\"");
  AddRepeated(command, "--label", facts.labels,
              "A facet KEY=VALUE to filter on (no VALUE: takes it away); may be repeated, such as "
              "--label client=acme");
  command.add_option("--document", facts.document,
                     "The document that the segment stands in, such as --document article.html");
  command.add_option("--context-id", facts.context_id,
                     "A key unique in the document, such as --context-id menu.file.open");
}

void AddNeighbors(CLI::App& command, NeighborWords& words) {
  command.add_option("--previous", words.previous,
                     "The text just before, empty at the beginning; where this and --next are as "
                     "stored, an exact match is \"in context\", such as --previous \"Hello.\"");
  command.add_option("--next", words.next,
                     "The text just after, empty at the end, such as --next \"Goodbye.\"");
}

void SetNeighbors(const NeighborWords& words, v1::Neighbors& neighbors) {
  if (words.previous.has_value()) {
    neighbors.set_previous_text(*words.previous);
  }
  if (words.next.has_value()) {
    neighbors.set_next_text(*words.next);
  }
}

v1::Variant* FindVariant(v1::TranslationUnit& unit, const std::string& language) {
  for (v1::Variant& variant : *unit.mutable_variants()) {
    if (absl::EqualsIgnoreCase(variant.language_code(), language)) {
      return &variant;
    }
  }
  return nullptr;
}

absl::Status SetTexts(const Pairs& texts, bool drops_tags, v1::TranslationUnit& unit) {
  for (const auto& [language, text] : texts) {
    v1::Variant* variant = FindVariant(unit, language);
    if (variant == nullptr) {
      variant = unit.add_variants();
      variant->set_language_code(language);
    }
    v1::Segment& segment = *variant->mutable_segment();
    if (segment.tags().empty() || drops_tags) {
      segment.clear_tags();
      segment.set_text(text);
    } else if (std::optional<v1::Segment> tagged = TakeTags(text, segment)) {
      segment = *std::move(tagged);
    } else {
      return UsageError(fmt::format(
          "the text in {} has inline tags, and it is not clear where they stand in the new one: "
          "write each as it stands in \"{}\", in that order; or add --drop-tags",
          language, WithTags(segment)));
    }
  }
  return absl::OkStatus();
}

void AddDropTags(CLI::App& command, bool& drops_tags) {
  command.add_flag("--drop-tags", drops_tags,
                   "Takes the inline tags of a text away that the new text does not have, such as "
                   "et=\"Tere\" --drop-tags");
}

absl::Status RemoveText(const std::string& language, v1::TranslationUnit& unit) {
  auto& variants = *unit.mutable_variants();
  const auto found = std::find_if(variants.begin(), variants.end(), [&](const v1::Variant& v) {
    return absl::EqualsIgnoreCase(v.language_code(), language);
  });
  if (found == variants.end()) {
    return UsageError(fmt::format("the unit has no text in {}", language));
  }
  variants.erase(found);
  return absl::OkStatus();
}

void SetTrust(const UnitFacts& facts, const Pairs& texts, v1::TranslationUnit& unit) {
  for (v1::Variant& variant : *unit.mutable_variants()) {
    const bool is_meant = texts.empty() || std::ranges::any_of(texts, [&](const auto& pair) {
                            return absl::EqualsIgnoreCase(pair.first, variant.language_code());
                          });
    if (!is_meant || variant.language_code() == unit.source_language_code()) {
      continue;
    }
    if (!facts.status.empty()) {
      variant.set_status(ValueFor<v1::Variant::Status>(facts.status));
    }
    if (!facts.origin.empty()) {
      variant.set_origin(ValueFor<v1::Variant::Origin>(facts.origin));
    }
  }
}

}  // namespace sild::cli

#include "server/service/convert_unit.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "server/model/try.h"
#include "server/service/convert_common.h"
#include "server/service/field_error.h"
#include "server/service/limits.h"
#include "server/text/context_hash.h"
#include "server/text/offsets.h"
#include "server/text/utf8.h"

namespace sild::service {
namespace {

// Open enums arrive with any number: only those that the API lists are taken.
template <typename ProtoEnum>
absl::Status CheckEnum(std::string_view field, ProtoEnum value, bool is_valid) {
  return is_valid ? absl::OkStatus()
                  : FieldError(field, fmt::format("{} is no value of this field",
                                                  static_cast<int>(value)));
}

absl::StatusOr<Tag> TagFromProto(const v1::Tag& tag, text::OffsetCursor& offsets) {
  SILD_CHECK_OK(
      CheckEnum("kind", tag.kind(),
                v1::Tag::Kind_IsValid(tag.kind()) && tag.kind() != v1::Tag::KIND_UNSPECIFIED));
  const auto position = tag.position() < 0
                            ? std::nullopt
                            : offsets.ByteOf(static_cast<std::uint32_t>(tag.position()));
  if (!position) {
    return FieldError("position", fmt::format("{} lies outside the text", tag.position()));
  }
  if (tag.pair() < 0 || tag.id() < 0) {
    return FieldError(tag.pair() < 0 ? "pair" : "id", "is negative");
  }
  SILD_CHECK_OK(text::CheckText(tag.type(), "type", kMaxTagChars));
  SILD_CHECK_OK(text::CheckText(tag.data(), "data", kMaxTagChars));
  return Tag{
      static_cast<TagKind>(tag.kind()), *position, tag.pair(), tag.id(), tag.type(), tag.data()};
}

absl::Status TakeTimes(const v1::Variant& from, Variant& to) {
  if (from.has_create_time()) {
    SILD_TRY(to.create_time, FromProto(from.create_time(), "create_time"));
  }
  if (from.has_update_time()) {
    SILD_TRY(to.update_time, FromProto(from.update_time(), "update_time"));
  }
  return absl::OkStatus();
}

absl::Status TakeTimes(const v1::TranslationUnit& from, TranslationUnit& to) {
  if (from.has_create_time()) {
    SILD_TRY(to.create_time, FromProto(from.create_time(), "create_time"));
  }
  if (from.has_update_time()) {
    SILD_TRY(to.update_time, FromProto(from.update_time(), "update_time"));
  }
  return absl::OkStatus();
}

absl::Status TakeVariants(const v1::TranslationUnit& from, TranslationUnit& to) {
  if (from.variants().empty()) {
    return FieldError("variants", "is required; a unit has at least one variant");
  }
  SILD_CHECK_OK(CheckCount("variants", from.variants_size(), kMaxVariants));
  std::set<LanguageTag> languages;
  for (int i = 0; i < from.variants_size(); ++i) {
    absl::StatusOr<Variant> variant = FromProto(from.variants(i));
    SILD_CHECK_OK(Within("variants", i, variant.status()));
    if (!languages.insert(variant->language).second) {
      return Within(
          "variants", i,
          FieldError("language_code",
                     fmt::format("\"{}\" comes twice; store the second text as a unit of its own",
                                 variant->language.str())));
    }
    to.variants.push_back(*std::move(variant));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<std::uint64_t>> NeighborHash(bool has_text,
                                                          const std::string& neighbor,
                                                          std::string_view field, bool has_hash,
                                                          std::uint64_t hash) {
  if (has_text) {
    SILD_CHECK_OK(text::CheckText(neighbor, field, kMaxSegmentChars));
    return text::ContextHash(neighbor);
  }
  return has_hash ? std::optional(hash) : std::nullopt;
}

}  // namespace

absl::StatusOr<Segment> FromProto(const v1::Segment& segment) {
  SILD_CHECK_OK(text::CheckText(segment.text(), "text", kMaxSegmentChars));
  if (segment.text().empty() && segment.tags().empty()) {
    return FieldError("text", "is empty; send 1 to 10,000 characters, or leave the segment out");
  }
  SILD_CHECK_OK(CheckCount("tags", segment.tags_size(), kMaxTags));
  Segment result;
  result.text = segment.text();
  text::OffsetCursor offsets(segment.text());
  for (int i = 0; i < segment.tags_size(); ++i) {
    absl::StatusOr<Tag> tag = TagFromProto(segment.tags(i), offsets);
    SILD_CHECK_OK(Within("tags", i, tag.status()));
    result.tags.push_back(*std::move(tag));
  }
  std::stable_sort(result.tags.begin(), result.tags.end(),
                   [](const Tag& a, const Tag& b) { return a.position < b.position; });
  return result;
}

void ToProto(const Segment& segment, v1::Segment* out) {
  out->set_text(segment.text);
  text::OffsetCursor offsets(segment.text);
  for (const Tag& tag : segment.tags) {
    v1::Tag* added = out->add_tags();
    added->set_kind(static_cast<v1::Tag::Kind>(tag.kind));
    added->set_position(static_cast<std::int32_t>(offsets.CharOf(tag.position)));
    added->set_pair(tag.pair);
    added->set_id(tag.id);
    added->set_type(tag.type);
    added->set_data(tag.data);
  }
}

absl::StatusOr<Neighbors> FromProto(const v1::Neighbors& neighbors) {
  Neighbors result;
  SILD_TRY(result.previous_hash,
           NeighborHash(neighbors.has_previous_text(), neighbors.previous_text(), "previous_text",
                        neighbors.has_previous_hash(), neighbors.previous_hash()));
  SILD_TRY(result.next_hash,
           NeighborHash(neighbors.has_next_text(), neighbors.next_text(), "next_text",
                        neighbors.has_next_hash(), neighbors.next_hash()));
  return result;
}

absl::StatusOr<Variant> FromProto(const v1::Variant& variant) {
  Variant result;
  SILD_TRY(result.language, Language(variant.language_code(), "language_code"));
  absl::StatusOr<Segment> segment = FromProto(variant.segment());
  SILD_CHECK_OK(Within("segment", segment.status()));
  result.segment = *std::move(segment);
  SILD_CHECK_OK(
      CheckEnum("status", variant.status(), v1::Variant::Status_IsValid(variant.status())));
  SILD_CHECK_OK(
      CheckEnum("origin", variant.origin(), v1::Variant::Origin_IsValid(variant.origin())));
  result.status = variant.status() == v1::Variant::STATUS_UNSPECIFIED
                      ? VariantStatus::kTranslated
                      : static_cast<VariantStatus>(variant.status());
  result.origin = static_cast<Origin>(variant.origin());
  SILD_CHECK_OK(TakeTimes(variant, result));
  SILD_CHECK_OK(text::CheckText(variant.creator(), "creator", kMaxFieldChars));
  SILD_CHECK_OK(text::CheckText(variant.updater(), "updater", kMaxFieldChars));
  result.creator = variant.creator();
  result.updater = variant.updater();
  SILD_TRY(result.properties, PropertiesFromProto(variant.properties()));
  SILD_TRY(result.notes, StringsFromProto(variant.notes(), "notes", kMaxProperties, kMaxNoteChars));
  absl::StatusOr<Neighbors> neighbors = FromProto(variant.neighbors());
  SILD_CHECK_OK(Within("neighbors", neighbors.status()));
  result.neighbors = *neighbors;
  return result;
}

void ToProto(const Variant& variant, v1::Variant* out) {
  out->set_language_code(variant.language.str());
  ToProto(variant.segment, out->mutable_segment());
  out->set_status(static_cast<v1::Variant::Status>(variant.status));
  out->set_origin(static_cast<v1::Variant::Origin>(variant.origin));
  if (variant.create_time) {
    *out->mutable_create_time() = ToProto(*variant.create_time);
  }
  if (variant.update_time) {
    *out->mutable_update_time() = ToProto(*variant.update_time);
  }
  out->set_creator(variant.creator);
  out->set_updater(variant.updater);
  PropertiesToProto(variant.properties, out->mutable_properties());
  out->mutable_notes()->Add(variant.notes.begin(), variant.notes.end());
  if (variant.neighbors.previous_hash) {
    out->mutable_neighbors()->set_previous_hash(*variant.neighbors.previous_hash);
  }
  if (variant.neighbors.next_hash) {
    out->mutable_neighbors()->set_next_hash(*variant.neighbors.next_hash);
  }
}

absl::StatusOr<TranslationUnit> FromProto(const v1::TranslationUnit& unit) {
  TranslationUnit result;
  if (!unit.name().empty()) {
    absl::StatusOr<UnitName> name = UnitName::Parse(unit.name());
    SILD_CHECK_OK(Named("name", name.status()));
    result.name = *std::move(name);
  }
  SILD_TRY(result.source_language,
           OptionalLanguage(unit.source_language_code(), "source_language_code"));
  SILD_CHECK_OK(TakeVariants(unit, result));
  SILD_CHECK_OK(text::CheckText(unit.document(), "document", kMaxFieldChars));
  SILD_CHECK_OK(text::CheckText(unit.context_id(), "context_id", kMaxFieldChars));
  result.document = unit.document();
  result.context_id = unit.context_id();
  SILD_CHECK_OK(CheckEnum("segment_type", unit.segment_type(),
                          v1::TranslationUnit::SegmentType_IsValid(unit.segment_type())));
  result.segment_type = unit.segment_type() == v1::TranslationUnit::SEGMENT_TYPE_UNSPECIFIED
                            ? SegmentType::kSentence
                            : static_cast<SegmentType>(unit.segment_type());
  SILD_TRY(result.labels, LabelsFromProto(unit.labels()));
  SILD_TRY(result.properties, PropertiesFromProto(unit.properties()));
  SILD_TRY(result.notes, StringsFromProto(unit.notes(), "notes", kMaxProperties, kMaxNoteChars));
  SILD_CHECK_OK(TakeTimes(unit, result));
  SILD_CHECK_OK(text::CheckText(unit.creator(), "creator", kMaxFieldChars));
  SILD_CHECK_OK(text::CheckText(unit.updater(), "updater", kMaxFieldChars));
  result.creator = unit.creator();
  result.updater = unit.updater();
  if (unit.usage_count() < 0) {
    return FieldError("usage_count", "is negative");
  }
  result.usage_count = unit.usage_count();
  if (unit.has_last_use_time()) {
    SILD_TRY(result.last_use_time, FromProto(unit.last_use_time(), "last_use_time"));
  }
  result.revision = Revision{unit.revision()};
  return result;
}

void ToProto(const TranslationUnit& unit, v1::TranslationUnit* out) {
  out->set_name(unit.name.str());
  out->set_source_language_code(unit.source_language.str());
  for (const Variant& variant : unit.variants) {
    ToProto(variant, out->add_variants());
  }
  out->set_document(unit.document);
  out->set_context_id(unit.context_id);
  out->set_segment_type(static_cast<v1::TranslationUnit::SegmentType>(unit.segment_type));
  out->mutable_labels()->insert(unit.labels.begin(), unit.labels.end());
  PropertiesToProto(unit.properties, out->mutable_properties());
  out->mutable_notes()->Add(unit.notes.begin(), unit.notes.end());
  *out->mutable_create_time() = ToProto(unit.create_time);
  *out->mutable_update_time() = ToProto(unit.update_time);
  out->set_creator(unit.creator);
  out->set_updater(unit.updater);
  out->set_usage_count(unit.usage_count);
  if (unit.last_use_time) {
    *out->mutable_last_use_time() = ToProto(*unit.last_use_time);
  }
  out->set_revision(unit.revision.value);
  out->set_etag(EtagOf(unit.revision));
}

absl::StatusOr<Memory> FromProto(const v1::Memory& memory) {
  Memory result;
  if (!memory.name().empty()) {
    absl::StatusOr<MemoryName> name = MemoryName::Parse(memory.name());
    SILD_CHECK_OK(Named("name", name.status()));
    result.name = *std::move(name);
  }
  SILD_CHECK_OK(text::CheckText(memory.display_name(), "display_name", kMaxDisplayNameChars));
  result.display_name = memory.display_name();
  SILD_TRY(result.source_language,
           OptionalLanguage(memory.source_language_code(), "source_language_code"));
  SILD_TRY(result.write_policy, FromProto(memory.write_policy(), WritePolicy::kKeepAll));
  SILD_TRY(result.labels, LabelsFromProto(memory.labels()));
  return result;
}

void ToProto(const Memory& memory, v1::Memory* out) {
  out->set_name(memory.name.str());
  out->set_display_name(memory.display_name);
  out->set_source_language_code(memory.source_language.str());
  out->set_write_policy(static_cast<v1::WritePolicy>(memory.write_policy));
  out->mutable_labels()->insert(memory.labels.begin(), memory.labels.end());
  *out->mutable_create_time() = ToProto(memory.create_time);
  *out->mutable_update_time() = ToProto(memory.update_time);
  out->set_revision(memory.revision.value);
  out->set_etag(EtagOf(memory.revision));
}

void ToProto(const Memory& memory, const storage::Counts& counts, v1::Memory* out) {
  ToProto(memory, out);
  out->set_unit_count(counts.total);
  for (const auto& [language, count] : counts.by_language) {
    out->add_language_codes(language.str());
  }
}

absl::StatusOr<UnitFilter> FromProto(const v1::UnitFilter& filter) {
  UnitFilter result;
  SILD_CHECK_OK(CheckCount("language_codes", filter.language_codes_size(), kMaxVariants));
  for (int i = 0; i < filter.language_codes_size(); ++i) {
    SILD_TRY(LanguageTag language,
             Language(filter.language_codes(i), fmt::format("language_codes[{}]", i)));
    result.languages.push_back(std::move(language));
  }
  SILD_TRY(result.labels, LabelsFromProto(filter.labels()));
  result.document = filter.document();
  result.updater = filter.updater();
  if (filter.has_updated_since()) {
    SILD_TRY(result.updated_since, FromProto(filter.updated_since(), "updated_since"));
  }
  if (filter.has_updated_before()) {
    SILD_TRY(result.updated_before, FromProto(filter.updated_before(), "updated_before"));
  }
  SILD_CHECK_OK(CheckEnum("minimum_status", filter.minimum_status(),
                          v1::Variant::Status_IsValid(filter.minimum_status())));
  if (filter.minimum_status() != v1::Variant::STATUS_UNSPECIFIED) {
    result.minimum_status = static_cast<VariantStatus>(filter.minimum_status());
  }
  for (const int origin : filter.origins()) {
    SILD_CHECK_OK(CheckEnum("origins", origin, v1::Variant::Origin_IsValid(origin)));
    result.origins.push_back(static_cast<Origin>(origin));
  }
  return result;
}

absl::StatusOr<WritePolicy> FromProto(v1::WritePolicy policy, WritePolicy if_unspecified) {
  SILD_CHECK_OK(CheckEnum("write_policy", policy, v1::WritePolicy_IsValid(policy)));
  return policy == v1::WRITE_POLICY_UNSPECIFIED ? if_unspecified : static_cast<WritePolicy>(policy);
}

}  // namespace sild::service

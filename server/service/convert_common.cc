#include "server/service/convert_common.h"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "server/model/labels.h"
#include "server/model/try.h"
#include "server/service/field_error.h"
#include "server/service/limits.h"
#include "server/text/languages.h"
#include "server/text/utf8.h"

namespace sild::service {
namespace {

// What `google.protobuf.Timestamp` takes: 0001-01-01 to 9999-12-31, in seconds from 1970.
constexpr std::int64_t kFirstSecond = -62'135'596'800;
constexpr std::int64_t kLastSecond = 253'402'300'799;
constexpr std::int64_t kNanosPerMicro = 1'000;
constexpr std::int64_t kMicrosPerSecond = 1'000'000;

}  // namespace

google::protobuf::Timestamp ToProto(Timestamp time) {
  const std::int64_t micros = time.time_since_epoch().count();
  std::int64_t seconds = micros / kMicrosPerSecond;
  std::int64_t rest = micros % kMicrosPerSecond;
  if (rest < 0) {
    rest += kMicrosPerSecond;
    --seconds;
  }
  google::protobuf::Timestamp result;
  result.set_seconds(seconds);
  result.set_nanos(static_cast<std::int32_t>(rest * kNanosPerMicro));
  return result;
}

absl::StatusOr<Timestamp> FromProto(const google::protobuf::Timestamp& time,
                                    std::string_view field) {
  if (time.seconds() < kFirstSecond || time.seconds() > kLastSecond || time.nanos() < 0 ||
      time.nanos() >= kNanosPerMicro * kMicrosPerSecond) {
    return FieldError(field, "is not a time of the years 1 to 9999");
  }
  return Timestamp(
      std::chrono::microseconds(time.seconds() * kMicrosPerSecond + time.nanos() / kNanosPerMicro));
}

absl::StatusOr<LanguageTag> Language(std::string_view tag, std::string_view field) {
  if (tag.empty()) {
    return FieldError(field, "is required; send a BCP 47 tag such as \"et\"");
  }
  absl::StatusOr<LanguageTag> parsed = text::ParseLanguageTag(tag);
  if (!parsed.ok()) {
    return Named(field, parsed.status());
  }
  return parsed;
}

absl::StatusOr<LanguageTag> OptionalLanguage(std::string_view tag, std::string_view field) {
  return tag.empty() ? LanguageTag() : Language(tag, field);
}

absl::StatusOr<Labels> LabelsFromProto(
    const google::protobuf::Map<std::string, std::string>& labels) {
  SILD_CHECK_OK(CheckCount("labels", static_cast<int>(labels.size()), kMaxLabels));
  Labels result;
  for (const auto& [key, value] : labels) {
    if (!IsLabelKey(key)) {
      return FieldError("labels", "a key is not of the form [a-z][a-z0-9_-]{0,62}");
    }
    SILD_CHECK_OK(text::CheckText(value, fmt::format("labels[\"{}\"]", key), kMaxLabelValueChars));
    result.emplace(key, value);
  }
  return result;
}

absl::StatusOr<std::vector<Property>> PropertiesFromProto(
    const google::protobuf::RepeatedPtrField<v1::Property>& properties) {
  SILD_CHECK_OK(CheckCount("properties", properties.size(), kMaxProperties));
  std::vector<Property> result;
  for (int i = 0; i < properties.size(); ++i) {
    const v1::Property& property = properties[i];
    if (property.type().empty()) {
      return Within("properties", i, FieldError("type", "is required"));
    }
    SILD_CHECK_OK(
        Within("properties", i, text::CheckText(property.type(), "type", kMaxFieldChars)));
    SILD_CHECK_OK(
        Within("properties", i, text::CheckText(property.value(), "value", kMaxNoteChars)));
    result.push_back({property.type(), property.value()});
  }
  return result;
}

void PropertiesToProto(const std::vector<Property>& properties,
                       google::protobuf::RepeatedPtrField<v1::Property>* out) {
  for (const Property& property : properties) {
    v1::Property* added = out->Add();
    added->set_type(property.type);
    added->set_value(property.value);
  }
}

absl::StatusOr<std::vector<std::string>> StringsFromProto(
    const google::protobuf::RepeatedPtrField<std::string>& strings, std::string_view field,
    int max_count, std::size_t max_chars) {
  SILD_CHECK_OK(CheckCount(field, strings.size(), max_count));
  for (int i = 0; i < strings.size(); ++i) {
    SILD_CHECK_OK(text::CheckText(strings[i], fmt::format("{}[{}]", field, i), max_chars));
  }
  return std::vector<std::string>(strings.begin(), strings.end());
}

absl::StatusOr<std::vector<GlossaryName>> GlossaryNamesFromProto(
    const google::protobuf::RepeatedPtrField<std::string>& glossaries) {
  if (glossaries.empty()) {
    return FieldError("glossaries", "is required; send 1 to 20 names");
  }
  SILD_CHECK_OK(CheckCount("glossaries", glossaries.size(), kMaxGlossaries));
  std::vector<GlossaryName> result;
  for (int i = 0; i < glossaries.size(); ++i) {
    absl::StatusOr<GlossaryName> name = GlossaryName::Parse(glossaries[i]);
    SILD_CHECK_OK(Named(fmt::format("glossaries[{}]", i), name.status()));
    result.push_back(*std::move(name));
  }
  return result;
}

absl::Status CheckRequestId(std::string_view id, std::string_view field) {
  const bool is_printable =
      std::all_of(id.begin(), id.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
  if (!is_printable || id.size() > kMaxRequestIdChars) {
    return FieldError(field, "must be at most 64 printable ASCII characters; a UUID is a good one");
  }
  return absl::OkStatus();
}

}  // namespace sild::service

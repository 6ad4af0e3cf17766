#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include <google/protobuf/map.h>
#include <google/protobuf/repeated_ptr_field.h>
#include <google/protobuf/timestamp.pb.h>

#include "server/model/unit.h"
#include "sild/v1/unit.pb.h"

// What converting units and concepts between wire and domain has in common. The functions from wire
// check everything that the API promises to refuse; their errors name the field.
namespace sild::service {

google::protobuf::Timestamp ToProto(Timestamp time);

// `InvalidArgument` if it is not of the years 1 to 9999.
absl::StatusOr<Timestamp> FromProto(const google::protobuf::Timestamp& time,
                                    std::string_view field);

// A language that must be there; and one that may be empty.
absl::StatusOr<LanguageTag> Language(std::string_view tag, std::string_view field);
absl::StatusOr<LanguageTag> OptionalLanguage(std::string_view tag, std::string_view field);

absl::StatusOr<Labels> LabelsFromProto(
    const google::protobuf::Map<std::string, std::string>& labels);

absl::StatusOr<std::vector<Property>> PropertiesFromProto(
    const google::protobuf::RepeatedPtrField<v1::Property>& properties);
void PropertiesToProto(const std::vector<Property>& properties,
                       google::protobuf::RepeatedPtrField<v1::Property>* out);

// Strings each of at most `max_chars` code points, at most `max_count` of them.
absl::StatusOr<std::vector<std::string>> StringsFromProto(
    const google::protobuf::RepeatedPtrField<std::string>& strings, std::string_view field,
    int max_count, std::size_t max_chars);

// The names of 1 to 20 glossaries, in the field `glossaries`.
absl::StatusOr<std::vector<GlossaryName>> GlossaryNamesFromProto(
    const google::protobuf::RepeatedPtrField<std::string>& glossaries);

// Checks a `request_id` or `import_id`: empty, or 1 to 64 printable ASCII characters.
absl::Status CheckRequestId(std::string_view id, std::string_view field);

}  // namespace sild::service

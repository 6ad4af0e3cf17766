#pragma once

#include <string_view>

#include <absl/status/statusor.h>

#include "server/model/unit.h"
#include "server/model/unit_filter.h"
#include "server/storage/reader.h"
#include "sild/v1/memory_service.pb.h"
#include "sild/v1/unit.pb.h"

// Units, variants, segments and memories between wire and domain. Everything from the wire is
// checked; an error names the field. What the API calls output only is taken over too: the caller
// overwrites it.
namespace sild::service {

absl::StatusOr<Segment> FromProto(const v1::Segment& segment);
void ToProto(const Segment& segment, v1::Segment* out);

absl::StatusOr<Neighbors> FromProto(const v1::Neighbors& neighbors);

absl::StatusOr<Variant> FromProto(const v1::Variant& variant);
void ToProto(const Variant& variant, v1::Variant* out);

// `name` may be empty here; the caller knows the unit's name.
absl::StatusOr<TranslationUnit> FromProto(const v1::TranslationUnit& unit);
void ToProto(const TranslationUnit& unit, v1::TranslationUnit* out);

absl::StatusOr<Memory> FromProto(const v1::Memory& memory);
void ToProto(const Memory& memory, v1::Memory* out);
void ToProto(const Memory& memory, const storage::Counts& counts, v1::Memory* out);

absl::StatusOr<UnitFilter> FromProto(const v1::UnitFilter& filter);

absl::StatusOr<WritePolicy> FromProto(v1::WritePolicy policy, WritePolicy if_unspecified);

}  // namespace sild::service

#pragma once

#include <absl/status/statusor.h>

#include "server/matching/lookup.h"
#include "server/model/match.h"
#include "server/model/text_offset.h"
#include "server/text/offsets.h"
#include "sild/v1/match_service.pb.h"

// Look-ups between wire and domain.
namespace sild::service {

// Reads all of a look-up but its queries and its memories, which need a view. Errors name the
// field.
absl::StatusOr<matching::LookupRequest> FromProto(const v1::LookupMatchesRequest& request);

// Reads the queries. Errors name the field.
absl::Status TakeQueries(const v1::LookupMatchesRequest& from, matching::LookupRequest& to);

// Writes a range of the text of `offsets` in code points.
v1::TextRange RangeToProto(ByteRange range, text::OffsetCursor& offsets);

// Writes a match found for `query`, with only the source variant and the target proposed of its
// unit. Byte ranges become code points of the texts as sent and stored.
void ToProto(const Match& match, const matching::Query& query, v1::Match* out);

}  // namespace sild::service

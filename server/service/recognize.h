#pragma once

#include <vector>

#include "server/model/language_tag.h"
#include "server/terms/recognizer.h"
#include "server/text/offsets.h"
#include "sild/v1/glossary_service.pb.h"

// What all methods that find terms have in common.
namespace sild::service {

// Whether a section answers a wish for one of `targets`, of which none means any: `en` takes
// `en-GB`, and `en-GB` takes `en`.
bool IsWanted(const LanguageTag& language, const std::vector<LanguageTag>& targets);

// Writes a hit with the sections that are wanted. `offsets` are of the text that it stands in.
void ToProto(const terms::Hit& hit, const std::vector<LanguageTag>& targets,
             text::OffsetCursor& offsets, v1::TermHit* out);

}  // namespace sild::service

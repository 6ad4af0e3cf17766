#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "server/terms/form_table.h"
#include "server/terms/term_text.h"

namespace sild::terms {

// A token of a text, as `ReadTermText` would have it.
struct ScannedToken {
  ByteRange range;  // In the text as sent.
  FormId form = kNoForm;
  std::uint32_t number = FormTable::kNoNumber;  // Of the form.
  Joint joint = Joint::kSpace;
  bool has_capital = false;
  bool mixes_scripts = false;  // Has Latin and Cyrillic letters, and `form` is what they look like.
};

// Returns the tokens of `text`, which must be UTF-8, with their forms in `forms`. A token that
// mixes Latin and Cyrillic letters and is no form as it stands is looked up in one script.
//
// One pass and one look-up a token; only what stands between two spaces and has rare characters is
// read by `ReadTermText`.
std::vector<ScannedToken> ScanText(std::string_view text, const FormTable& forms);

}  // namespace sild::terms

#pragma once

#include <optional>
#include <string_view>

#include "server/model/glossary.h"

namespace sild::formats {

// What a status of UTX says, on both axes. Of an axis that it does not speak of, a stored term
// keeps what it has, so that nothing is lost when a file of ours comes back.
struct UtxStatus {
  std::string_view name;
  std::optional<TermStatus> status;
  std::optional<ProcessStatus> process_status;
};

// The status of a name, of whatever case. Null: UTX has none of that name.
const UtxStatus* FindUtxStatus(std::string_view name);

// The name of the status that says the most of a term.
std::string_view UtxStatusOf(const Term& term);

}  // namespace sild::formats

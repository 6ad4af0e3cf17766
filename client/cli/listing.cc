#include "client/cli/listing.h"

#include "client/cli/display_text.h"

namespace sild::cli {

absl::Status ShowDone(Session& session, const absl::Status& status, std::string_view line) {
  if (status.ok()) {
    session.out().Line(session.is_json() ? "{}" : Visible(line));
  }
  return status;
}

}  // namespace sild::cli

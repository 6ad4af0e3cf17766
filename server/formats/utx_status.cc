#include "server/formats/utx_status.h"

#include <algorithm>
#include <array>
#include <string>

#include <absl/strings/ascii.h>

namespace sild::formats {
namespace {

constexpr std::array<UtxStatus, 6> kStatuses = {
    {{"approved", TermStatus::kPreferred, ProcessStatus::kApproved},
     {"provisional", std::nullopt, ProcessStatus::kProposed},
     {"non-standard", TermStatus::kAdmitted, ProcessStatus::kApproved},
     {"forbidden", TermStatus::kDeprecated, std::nullopt},
     {"rejected", std::nullopt, ProcessStatus::kRejected},
     {"obsolete", TermStatus::kSuperseded, std::nullopt}}};

}  // namespace

const UtxStatus* FindUtxStatus(std::string_view name) {
  const std::string folded = absl::AsciiStrToLower(absl::string_view(name.data(), name.size()));
  const auto* const found = std::find_if(kStatuses.begin(), kStatuses.end(),
                                         [&](const UtxStatus& s) { return s.name == folded; });
  return found == kStatuses.end() ? nullptr : &*found;
}

std::string_view UtxStatusOf(const Term& term) {
  if (term.process_status == ProcessStatus::kRejected) {
    return "rejected";
  }
  // Before "provisional", which says that the term may be used.
  if (term.status == TermStatus::kDeprecated) {
    return "forbidden";
  }
  if (term.status == TermStatus::kSuperseded) {
    return "obsolete";
  }
  if (term.process_status == ProcessStatus::kProposed) {
    return "provisional";
  }
  return term.status == TermStatus::kPreferred ? "approved" : "non-standard";
}

}  // namespace sild::formats

#include "server/terms/form_expander.h"

namespace sild::terms {

std::vector<BaseForm> FormExpander::BasesOf(std::string_view /*word*/) const { return {}; }

std::vector<Form> IdentityExpander::Expand(const Term& /*term*/, std::string_view word,
                                           std::size_t /*position*/, std::size_t /*words*/) const {
  return {{std::string(word), HitClass::kStrict}};
}

}  // namespace sild::terms

#include "server/service/services.h"

#include <utility>

namespace sild::service {

Services::Services(storage::Store& store, const terms::FormExpanders& expanders,
                   std::string version)
    : recognizers_(expanders),
      admin_(store, std::move(version)),
      glossaries_(store, expanders, recognizers_),
      matches_(store, expanders, recognizers_),
      memories_(store),
      watch_(store) {
  admin_.AddTo(api_);
  alignment_.AddTo(api_);
  glossaries_.AddTo(api_);
  matches_.AddTo(api_);
  memories_.AddTo(api_);
  watch_.AddTo(api_);
}

}  // namespace sild::service

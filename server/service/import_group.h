#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "server/service/identity.h"
#include "server/service/limits.h"

namespace sild::service {

// The units or concepts of an import that become one event together: at most `kImportGroupUnits`,
// of together `kImportGroupBytes` as stored.
template <typename Resource>
class ImportGroup {
 public:
  // Adds `resource` and returns true, or returns false and leaves it if the group is full. An empty
  // group takes any.
  bool Add(Resource& resource) {
    const std::size_t bytes = BytesOf(resource);
    const bool fits = resources_.size() < static_cast<std::size_t>(kImportGroupUnits) &&
                      bytes_ + bytes <= kImportGroupBytes;
    if (!fits && !resources_.empty()) {
      return false;
    }
    bytes_ += bytes;
    resources_.push_back(std::move(resource));
    return true;
  }

  void Clear() {
    resources_.clear();
    bytes_ = 0;
  }

  bool empty() const { return resources_.empty(); }
  std::vector<Resource>& resources() { return resources_; }

 private:
  std::vector<Resource> resources_;
  std::size_t bytes_ = 0;
};

}  // namespace sild::service

#pragma once

#include "server/service/api.h"

namespace sild::service {

// `sild.v1.AlignmentService`, whose work is not done yet.
class AlignmentService {
 public:
  void AddTo(Api& api) { api.AddUnimplemented("sild.v1.AlignmentService/AlignDocuments"); }
};

}  // namespace sild::service

#pragma once

#include <string>

#include "server/service/admin_service.h"
#include "server/service/alignment_service.h"
#include "server/service/api.h"
#include "server/service/glossary_service.h"
#include "server/service/match_service.h"
#include "server/service/memory_service.h"
#include "server/service/recognizer_cache.h"
#include "server/service/watch_service.h"
#include "server/terms/form_expanders.h"

namespace sild::service {

// All services of one store, and the table of their methods. Store and expanders must outlive it.
class Services {
 public:
  Services(storage::Store& store, const terms::FormExpanders& expanders, std::string version);

  const Api& api() const { return api_; }

 private:
  RecognizerCache recognizers_;  // Before the services that share it.
  AdminService admin_;
  AlignmentService alignment_;
  GlossaryService glossaries_;
  MatchService matches_;
  MemoryService memories_;
  WatchService watch_;
  Api api_;
};

}  // namespace sild::service

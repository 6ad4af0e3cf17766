#pragma once

#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <absl/status/statusor.h>

#include "server/storage/view.h"
#include "server/terms/form_expanders.h"
#include "server/terms/recognizer.h"
#include "server/text/languages.h"

namespace sild::service {

// Recognizers of the glossaries asked for last, so that a term look-up need not read and expand all
// terms again. One is made anew as soon as anything in its glossaries has changed. Safe for any
// number of threads; two that miss at once both build.
class RecognizerCache {
 public:
  // The expanders must outlive it.
  explicit RecognizerCache(const terms::FormExpanders& expanders) : expanders_(expanders) {}

  // Returns the recognizer of `glossaries`, in that order, for the terms of one language as `view`
  // has them. `NotFound` if a glossary does not exist; `Cancelled` if `is_cancelled`, which is
  // asked between concepts, returns true.
  absl::StatusOr<std::shared_ptr<const terms::Recognizer>> Get(
      const storage::View& view, const std::vector<GlossaryName>& glossaries,
      const text::LanguageKey& language, const std::function<bool()>& is_cancelled);

 private:
  struct Entry {
    std::string key;  // Language, glossaries, and the last write of each.
    std::shared_ptr<const terms::Recognizer> recognizer;  // Shared with the calls that use it.
  };

  const terms::FormExpanders& expanders_;
  std::mutex mutex_;
  std::list<Entry> entries_;  // Guarded by `mutex_`; used last first.
};

}  // namespace sild::service

#pragma once

#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <absl/status/statusor.h>

#include "server/storage/view.h"
#include "server/terms/term_directory.h"

namespace sild::service {

// The terms of a directory in the order of one language.
struct SortedTerms {
  std::shared_ptr<const terms::TermDirectory> directory;  // Shared with the cache; has the terms.
  std::vector<terms::TermDirectory::Sorted> terms;
};

// Directories of the glossaries asked for last, as `RecognizerCache` keeps recognizers. Safe for
// any number of threads.
class TermDirectoryCache {
 public:
  // Returns the directory of `glossaries` as `view` has them. Errors as `LoadConcepts`.
  absl::StatusOr<std::shared_ptr<const terms::TermDirectory>> Get(
      const storage::View& view, const std::vector<GlossaryName>& glossaries,
      const std::function<bool()>& is_cancelled);

  // Returns their terms in one language, sorted.
  absl::StatusOr<std::shared_ptr<const SortedTerms>> GetSorted(
      const storage::View& view, const std::vector<GlossaryName>& glossaries,
      const LanguageTag& language, const std::function<bool()>& is_cancelled);

 private:
  struct Entry {
    std::string key;  // The glossaries, and the last write of each.
    std::shared_ptr<const terms::TermDirectory> directory;  // Shared with the calls that use it.
    std::map<LanguageTag, std::shared_ptr<const SortedTerms>> sorted;  // Likewise.
  };

  // The entry of that key, moved to the front; null if there is none. Needs `mutex_`.
  Entry* Find(const std::string& key);

  std::mutex mutex_;
  std::list<Entry> entries_;  // Guarded by `mutex_`; used last first.
};

}  // namespace sild::service

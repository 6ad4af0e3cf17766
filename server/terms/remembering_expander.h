#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <absl/container/flat_hash_map.h>

#include "server/terms/form_expander.h"

namespace sild::terms {

// Remembers the forms of words, which take up to 2 ms to make, so that a glossary of which one
// concept has changed is loaded again in a fraction of the time. For expanders to which neither the
// term nor the place in it matters. Safe for any number of threads.
class RememberingExpander : public FormExpander {
 public:
  // What it may take, about: the forms of some 30,000 words. When that is full it forgets all.
  static constexpr std::size_t kMaxBytes = std::size_t{64} << 20;

  explicit RememberingExpander(std::unique_ptr<const FormExpander> expander,
                               std::size_t max_bytes = kMaxBytes)
      : expander_(std::move(expander)), max_bytes_(max_bytes) {}

  std::string version() const override { return expander_->version(); }
  std::vector<Form> Expand(const Term& term, std::string_view word, std::size_t position,
                           std::size_t words) const override;
  std::vector<BaseForm> BasesOf(std::string_view word) const override {
    return expander_->BasesOf(word);
  }
  LanguageRules rules() const override { return expander_->rules(); }

 private:
  const std::unique_ptr<const FormExpander> expander_;
  const std::size_t max_bytes_;
  mutable std::mutex mutex_;
  // Guarded by `mutex_`.
  mutable absl::flat_hash_map<std::string, std::vector<Form>> known_;
  mutable std::size_t bytes_ = 0;
};

}  // namespace sild::terms

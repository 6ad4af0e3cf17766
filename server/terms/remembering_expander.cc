#include "server/terms/remembering_expander.h"

#include <utility>

namespace sild::terms {
namespace {

// About what a word and its forms take.
std::size_t BytesOf(std::string_view word, const std::vector<Form>& forms) {
  std::size_t bytes = sizeof(std::string) + sizeof(std::vector<Form>) + word.size();
  for (const Form& form : forms) {
    bytes += sizeof(Form) + form.text.size();
  }
  return bytes;
}

}  // namespace

std::vector<Form> RememberingExpander::Expand(const Term& term, std::string_view word,
                                              std::size_t position, std::size_t words) const {
  std::string key(word);
  {
    const std::lock_guard lock(mutex_);
    if (const auto known = known_.find(key); known != known_.end()) {
      return known->second;
    }
  }
  std::vector<Form> forms = expander_->Expand(term, word, position, words);
  const std::size_t bytes = BytesOf(word, forms);
  const std::lock_guard lock(mutex_);
  if (bytes_ + bytes > max_bytes_) {
    known_.clear();
    bytes_ = 0;
  }
  if (bytes <= max_bytes_ && known_.try_emplace(std::move(key), forms).second) {
    bytes_ += bytes;
  }
  return forms;
}

}  // namespace sild::terms

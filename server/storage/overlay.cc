#include "server/storage/overlay.h"

#include <utility>

#include "server/storage/keys.h"

namespace sild::storage {
namespace {

// Merges the changes with the rows below; a change hides the row of the same key.
class OverlayCursor final : public Cursor {
 public:
  OverlayCursor(std::unique_ptr<Cursor> below, const Overlay::Changes& changes,
                std::string_view begin, std::string_view end)
      : below_(std::move(below)),
        changes_(changes),
        end_(end),
        change_(changes.lower_bound(begin)) {
    Settle();
  }

  bool Valid() const override { return on_change_ || below_->Valid(); }
  std::string_view key() const override { return on_change_ ? change_->first : below_->key(); }
  std::string_view value() const override {
    return on_change_ ? *change_->second : below_->value();
  }
  absl::Status status() const override { return below_->status(); }

  void Next() override {
    if (on_change_) {
      ++change_;
    } else {
      below_->Next();
    }
    Settle();
  }

  void Seek(std::string_view key) override {
    below_->Seek(key);
    change_ = changes_.lower_bound(key);
    Settle();
  }

 private:
  bool HasChange() const { return change_ != changes_.end() && change_->first < end_; }

  // Steps over hidden rows and deletions, and chooses where the next row is.
  void Settle() {
    for (on_change_ = false; HasChange(); ++change_) {
      if (below_->Valid() && below_->key() < change_->first) {
        return;
      }
      if (below_->Valid() && below_->key() == change_->first) {
        below_->Next();
      }
      if (change_->second.has_value()) {
        on_change_ = true;
        return;
      }
    }
  }

  std::unique_ptr<Cursor> below_;
  const Overlay::Changes& changes_;
  std::string end_;
  Overlay::Changes::const_iterator change_;
  bool on_change_ = false;
};

}  // namespace

absl::StatusOr<std::optional<std::string>> Overlay::Get(std::string_view key) const {
  if (const auto it = changes_.find(key); it != changes_.end()) {
    return it->second;
  }
  return below_.Get(key);
}

std::unique_ptr<Cursor> Overlay::Walk(std::string_view begin, std::string_view end) const {
  return std::make_unique<OverlayCursor>(below_.Walk(begin, end), changes_, begin, end);
}

void Overlay::Put(std::string key, std::string value) { Set(std::move(key), std::move(value)); }

void Overlay::Delete(std::string key) { Set(std::move(key), std::nullopt); }

void Overlay::Absorb(Overlay& above) {
  for (auto& [key, value] : above.changes_) {
    Set(key, std::move(value));
  }
  above.changes_.clear();
  above.size_bytes_ = 0;
}

void Overlay::Set(std::string key, std::optional<std::string> value) {
  const std::size_t key_size = key.size();
  const auto [it, is_new] = changes_.try_emplace(std::move(key));
  if (is_new) {
    size_bytes_ += key_size;
  } else if (it->second.has_value()) {
    size_bytes_ -= it->second->size();
  }
  size_bytes_ += value.has_value() ? value->size() : 0;
  it->second = std::move(value);
}

std::unique_ptr<Cursor> WalkPrefix(const Rows& rows, std::string_view prefix) {
  return rows.Walk(prefix, EndOfPrefix(prefix));
}

}  // namespace sild::storage

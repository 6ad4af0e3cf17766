#pragma once

#include <atomic>
#include <cstdint>
#include <span>
#include <vector>

#include "server/matching/growing_array.h"
#include "server/matching/tier.h"

namespace sild::matching {

// The newest documents of an index, in the order in which they came. One thread at a time adds,
// while any others read.
class FreshTier {
 public:
  static constexpr std::uint32_t kCapacity = 1024;

  struct Document {
    TextHandle handle = 0;
    std::int32_t words = 0;
    Run profile;  // Without `first_document`.
    std::vector<FormId> forms;
  };

  // Adds a document of texts of `vocabulary`. False if the tier is full.
  bool Add(TextHandle handle, std::span<const FormId> forms, const Vocabulary& vocabulary);

  // Documents so far.
  std::uint32_t size() const { return size_.load(std::memory_order_acquire); }
  const Document& operator[](std::uint32_t document) const { return documents_[document]; }

  // The memory that it takes, roughly.
  std::size_t bytes() const { return bytes_.load(std::memory_order_relaxed); }

  // Appends the first `size` documents to `list`.
  void AppendTo(std::uint32_t size, DocumentList& list) const;

 private:
  GrowingArray<Document, 16> documents_;
  std::atomic<std::uint32_t> size_ = 0;
  std::atomic<std::size_t> bytes_ = 0;
};

}  // namespace sild::matching

#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "server/matching/growing_array.h"

namespace sild::matching {

// Numbers different strings from 0 on. Any thread may look strings up while one adds: a reader
// never waits. Strings are never taken out.
class StringTable {
 public:
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};

  StringTable();

  // Returns the number of `text`, or `kNone`. `mark` (below 256) tells apart strings of equal text.
  std::uint32_t Find(std::string_view text, std::uint32_t mark) const;

  // Returns the text of a number that `Find` or `Add` has given.
  std::string_view operator[](std::uint32_t id) const {
    const Entry& entry = entries_[id];
    return {entry.data, entry.size_and_mark >> kMarkBits};
  }
  std::uint32_t MarkOf(std::uint32_t id) const {
    return entries_[id].size_and_mark & ((1U << kMarkBits) - 1);
  }

  // Strings so far. What was added before is seen by who reads this.
  std::uint32_t size() const { return size_.load(std::memory_order_acquire); }

  // Adds a string that is not there; nobody finds it before `Publish`, to be called next. Whoever
  // finds it, or a `size` above its number, sees all that was written before `Publish`. One thread
  // at a time. `shared`: the bytes live elsewhere as long as the table does, and are not copied.
  std::uint32_t Add(std::string_view text, std::uint32_t mark, bool shared);
  void Publish(std::uint32_t id);

  // The memory that it takes, roughly.

  std::size_t bytes() const { return bytes_.load(std::memory_order_relaxed); }

 private:
  struct Entry {
    const char* data = nullptr;
    std::uint32_t size_and_mark = 0;
    std::uint32_t hash = 0;
  };
  // A hash table of numbers + 1, by linear probing; 0 is free. With the number some bits of the
  // hash, so that few entries need be read.
  struct Slots {
    explicit Slots(std::size_t size)
        : mask(size - 1), slots(new std::atomic<std::uint64_t>[size]()) {}
    std::size_t mask;
    std::unique_ptr<std::atomic<std::uint64_t>[]> slots;
  };
  static constexpr std::uint32_t kMarkBits = 8;

  static std::uint64_t HashOf(std::string_view text, std::uint32_t mark);
  const char* Keep(std::string_view text);
  static void Insert(Slots& slots, std::uint32_t hash, std::uint32_t id);

  GrowingArray<Entry> entries_;
  std::atomic<std::uint32_t> size_ = 0;
  std::atomic<Slots*> slots_;
  std::atomic<std::size_t> bytes_ = 0;

  // Of the adding thread.
  std::vector<std::unique_ptr<Slots>> all_slots_;  // Old ones stay: somebody may be reading.
  std::vector<std::unique_ptr<char[]>> arena_;
  char* arena_end_ = nullptr;  // Where the next string goes, and how many bytes are left there.
  std::size_t arena_left_ = 0;
  std::uint32_t added_ = 0;
};

}  // namespace sild::matching

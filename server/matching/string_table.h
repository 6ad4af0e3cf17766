#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "server/matching/growing_array.h"

namespace sild::matching {

// Texts that never move. One thread at a time adds; any others read those that they have learned of
// by other means.
class TextArena {
 public:
  // Where a text begins: a chunk, and where in it, in units of 4 bytes.
  using Place = std::uint32_t;

  // Takes `text`. Throws `std::bad_alloc` if there is no memory, or 16 GiB are taken.
  Place Keep(std::string_view text);

  const char* At(Place place) const {
    return chunks_[place >> kChunkBits].get() + (place & (kChunkUnits - 1)) * kUnitBytes;
  }

  // The memory that it takes.
  std::size_t bytes() const { return bytes_.load(std::memory_order_relaxed); }

 private:
  static constexpr std::uint32_t kChunkBits = 16;
  static constexpr std::uint32_t kChunkUnits = 1U << kChunkBits;
  static constexpr std::size_t kUnitBytes = 4;
  static constexpr std::size_t kChunkBytes = kChunkUnits * kUnitBytes;  // Longer texts: their own.
  // Each chunk has twice the size of the one before, up to that.
  static constexpr std::uint32_t kChunkDoublings = 6;
  static constexpr std::size_t kFirstChunkBytes = kChunkBytes >> kChunkDoublings;

  GrowingArray<std::unique_ptr<char[]>, 16> chunks_;
  std::atomic<std::size_t> bytes_ = 0;

  // Of the adding thread.
  std::uint32_t chunk_count_ = 0;
  std::size_t end_ = kChunkBytes;  // Where the next text goes in the last chunk, and where that
  std::size_t size_ = 0;           // ends.
};

// Numbers different strings from 0 on. Any thread may look strings up while one adds: a reader
// never waits. Strings are never taken out.
class StringTable {
 public:
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};

  // The arena, which has the texts, must outlive it.
  explicit StringTable(const TextArena& arena);

  // Returns the number of `text`, or `kNone`. `mark` (below 256) tells apart strings of equal text.
  std::uint32_t Find(std::string_view text, std::uint32_t mark) const;

  // Returns the text of a number that `Find` or `Add` has given.
  std::string_view operator[](std::uint32_t id) const {
    const Entry& entry = entries_[id];
    return {arena_.At(entry.place), entry.size_and_mark >> kMarkBits};
  }
  TextArena::Place PlaceOf(std::uint32_t id) const { return entries_[id].place; }
  std::uint32_t MarkOf(std::uint32_t id) const {
    return entries_[id].size_and_mark & ((1U << kMarkBits) - 1);
  }

  // Strings so far. What was added before is seen by who reads this.
  std::uint32_t size() const { return size_.load(std::memory_order_acquire); }

  // Adds a string that is not there, which the arena has at `place`; nobody finds it before
  // `Publish`, to be called next. Whoever finds it, or a `size` above its number, sees all that was
  // written before `Publish`. One thread at a time.
  std::uint32_t Add(std::string_view text, TextArena::Place place, std::uint32_t mark);
  void Publish(std::uint32_t id);

  // The memory that it takes, without the texts.
  std::size_t bytes() const { return bytes_.load(std::memory_order_relaxed); }

 private:
  struct Entry {
    TextArena::Place place = 0;
    std::uint32_t size_and_mark = 0;
    std::uint32_t hash = 0;
  };
  // A hash table of numbers + 1, by linear probing; 0 is free.
  struct Slots {
    explicit Slots(std::size_t size)
        : mask(size - 1), slots(new std::atomic<std::uint32_t>[size]()) {}
    std::size_t mask;
    std::unique_ptr<std::atomic<std::uint32_t>[]> slots;
  };
  static constexpr std::uint32_t kMarkBits = 8;

  static std::uint32_t HashOf(std::string_view text, std::uint32_t mark);
  void MakeSlots(std::size_t size);
  static void Insert(Slots& slots, std::uint32_t hash, std::uint32_t id);

  const TextArena& arena_;
  GrowingArray<Entry> entries_;
  std::atomic<std::uint32_t> size_ = 0;
  std::atomic<Slots*> slots_;
  std::atomic<std::size_t> bytes_ = 0;

  // Of the adding thread.
  std::vector<std::unique_ptr<Slots>> all_slots_;  // Old ones stay: somebody may be reading.
  std::uint32_t added_ = 0;
};

}  // namespace sild::matching

#include "server/matching/string_table.h"

#include <algorithm>
#include <cstring>

#include <xxhash.h>

namespace sild::matching {
namespace {

constexpr std::size_t kFirstSlots = 1024;
constexpr std::size_t kArenaBytes = 32U << 10;

}  // namespace

StringTable::StringTable() {
  all_slots_.push_back(std::make_unique<Slots>(kFirstSlots));
  slots_.store(all_slots_.back().get(), std::memory_order_release);
}

std::uint64_t StringTable::HashOf(std::string_view text, std::uint32_t mark) {
  return XXH3_64bits_withSeed(text.data(), text.size(), mark);
}

std::uint32_t StringTable::Find(std::string_view text, std::uint32_t mark) const {
  const auto hash = static_cast<std::uint32_t>(HashOf(text, mark));
  const Slots& slots = *slots_.load(std::memory_order_acquire);
  for (std::size_t at = hash & slots.mask;; at = (at + 1) & slots.mask) {
    const std::uint64_t slot = slots.slots[at].load(std::memory_order_acquire);
    if (slot == 0) {
      return kNone;
    }
    if (static_cast<std::uint32_t>(slot >> 32) == hash) {
      const std::uint32_t id = static_cast<std::uint32_t>(slot) - 1;
      if (MarkOf(id) == mark && (*this)[id] == text) {
        return id;
      }
    }
  }
}

std::uint32_t StringTable::Add(std::string_view text, std::uint32_t mark, bool shared) {
  const std::uint32_t id = added_++;
  entries_.Grow(id);
  Entry& entry = entries_[id];
  entry.data = shared ? text.data() : Keep(text);
  entry.size_and_mark = static_cast<std::uint32_t>(text.size()) << kMarkBits | mark;
  entry.hash = static_cast<std::uint32_t>(HashOf(text, mark));
  return id;
}

void StringTable::Publish(std::uint32_t id) {
  Slots* slots = slots_.load(std::memory_order_relaxed);
  if (std::size_t{id} * 3 > slots->mask * 2) {
    all_slots_.push_back(std::make_unique<Slots>(2 * (slots->mask + 1)));
    slots = all_slots_.back().get();
    for (std::uint32_t old = 0; old < id; ++old) {
      Insert(*slots, entries_[old].hash, old);
    }
    slots_.store(slots, std::memory_order_release);
  }
  Insert(*slots, entries_[id].hash, id);
  size_.store(id + 1, std::memory_order_release);
  bytes_.store(bytes_.load(std::memory_order_relaxed) + sizeof(Entry) + 3 * sizeof(std::uint64_t),
               std::memory_order_relaxed);
}

void StringTable::Insert(Slots& slots, std::uint32_t hash, std::uint32_t id) {
  std::size_t at = hash & slots.mask;
  while (slots.slots[at].load(std::memory_order_relaxed) != 0) {
    at = (at + 1) & slots.mask;
  }
  slots.slots[at].store(std::uint64_t{hash} << 32 | (id + 1), std::memory_order_release);
}

const char* StringTable::Keep(std::string_view text) {
  if (text.size() > arena_left_) {
    arena_left_ = std::max(kArenaBytes, text.size());
    arena_.push_back(std::make_unique<char[]>(arena_left_));
    arena_end_ = arena_.back().get();
    bytes_.store(bytes_.load(std::memory_order_relaxed) + arena_left_, std::memory_order_relaxed);
  }
  char* const kept = arena_end_;
  std::memcpy(kept, text.data(), text.size());
  arena_end_ += text.size();
  arena_left_ -= text.size();
  return kept;
}

}  // namespace sild::matching

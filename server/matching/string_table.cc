#include "server/matching/string_table.h"

#include <algorithm>
#include <cstring>
#include <new>
#include <utility>

#include <xxhash.h>

namespace sild::matching {
namespace {

constexpr std::size_t kFirstSlots = 1024;

}  // namespace

TextArena::Place TextArena::Keep(std::string_view text) {
  if (end_ >= kChunkBytes || text.size() > size_ - end_) {
    if (chunk_count_ == kChunkUnits) {
      throw std::bad_alloc();
    }
    const std::size_t usual = kFirstChunkBytes << std::min(chunk_count_, kChunkDoublings);
    const std::size_t size = std::max(usual, text.size());
    std::unique_ptr<char[]> chunk = std::make_unique_for_overwrite<char[]>(size);
    chunks_.Add() = std::move(chunk);
    ++chunk_count_;
    end_ = 0;
    size_ = size;
    bytes_.store(bytes() + size, std::memory_order_relaxed);
  }
  const std::uint32_t chunk = chunk_count_ - 1;
  std::memcpy(chunks_[chunk].get() + end_, text.data(), text.size());
  const auto begin = static_cast<std::uint32_t>(end_ / kUnitBytes);
  end_ += (text.size() + kUnitBytes - 1) / kUnitBytes * kUnitBytes;
  return chunk << kChunkBits | begin;
}

StringTable::StringTable(const TextArena& arena) : arena_(arena) { MakeSlots(kFirstSlots); }

std::uint32_t StringTable::HashOf(std::string_view text, std::uint32_t mark) {
  return static_cast<std::uint32_t>(XXH3_64bits_withSeed(text.data(), text.size(), mark));
}

std::uint32_t StringTable::Find(std::string_view text, std::uint32_t mark) const {
  const std::uint32_t hash = HashOf(text, mark);
  const Slots& slots = *slots_.load(std::memory_order_acquire);
  for (std::size_t at = hash & slots.mask;; at = (at + 1) & slots.mask) {
    const std::uint32_t slot = slots.slots[at].load(std::memory_order_acquire);
    if (slot == 0) {
      return kNone;
    }
    const std::uint32_t id = slot - 1;
    if (entries_[id].hash == hash && MarkOf(id) == mark && (*this)[id] == text) {
      return id;
    }
  }
}

std::uint32_t StringTable::Add(std::string_view text, TextArena::Place place, std::uint32_t mark) {
  Entry& entry = entries_.Add();
  entry.place = place;
  entry.size_and_mark = static_cast<std::uint32_t>(text.size()) << kMarkBits | mark;
  entry.hash = HashOf(text, mark);
  bytes_.store(bytes() + sizeof(Entry), std::memory_order_relaxed);
  return added_++;
}

void StringTable::Publish(std::uint32_t id) {
  if (std::size_t{id} * 3 > slots_.load(std::memory_order_relaxed)->mask * 2) {
    MakeSlots(2 * (slots_.load(std::memory_order_relaxed)->mask + 1));
  }
  Insert(*slots_.load(std::memory_order_relaxed), entries_[id].hash, id);
  size_.store(id + 1, std::memory_order_release);
}

// Puts what was published so far into a table of `size` slots, a power of two.
void StringTable::MakeSlots(std::size_t size) {
  all_slots_.push_back(std::make_unique<Slots>(size));
  for (std::uint32_t id = 0; id < this->size(); ++id) {
    Insert(*all_slots_.back(), entries_[id].hash, id);
  }
  slots_.store(all_slots_.back().get(), std::memory_order_release);
  bytes_.store(bytes() + size * sizeof(std::uint32_t), std::memory_order_relaxed);
}

void StringTable::Insert(Slots& slots, std::uint32_t hash, std::uint32_t id) {
  std::size_t at = hash & slots.mask;
  while (slots.slots[at].load(std::memory_order_relaxed) != 0) {
    at = (at + 1) & slots.mask;
  }
  slots.slots[at].store(id + 1, std::memory_order_release);
}

}  // namespace sild::matching

#pragma once

#include <array>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>

namespace sild::matching {

// An array that grows while others read it: elements never move. One thread at a time may call
// `Add` and write elements; others read an element once they have learned by other means (an atomic
// count, say) that it was written. `kFirst`: elements of the first chunk; each next one has twice
// as many. Memory of elements to come is not touched, so that the system need not give it.
template <typename T, std::size_t kFirst = 1024>
class GrowingArray {
 public:
  GrowingArray() = default;
  ~GrowingArray() {
    while (size_ > 0) {
      std::destroy_at(At(--size_));
    }
    for (std::atomic<T*>& chunk : chunks_) {
      ::operator delete(chunk.load(std::memory_order_relaxed));
    }
  }
  GrowingArray(const GrowingArray&) = delete;
  GrowingArray& operator=(const GrowingArray&) = delete;

  T& operator[](std::size_t index) { return *At(index); }
  const T& operator[](std::size_t index) const { return *At(index); }

  // Adds an element behind the last one, value-initialized.
  T& Add() {
    static_assert(alignof(T) <= __STDCPP_DEFAULT_NEW_ALIGNMENT__);
    std::atomic<T*>& chunk = chunks_[ChunkOf(size_)];
    if (chunk.load(std::memory_order_relaxed) == nullptr) {
      const std::size_t bytes = sizeof(T) * (kFirst << ChunkOf(size_));
      chunk.store(static_cast<T*>(::operator new(bytes)), std::memory_order_release);
    }
    T& added = *std::construct_at(At(size_));
    ++size_;
    return added;
  }

  // How many elements from `index` on lie side by side.
  static std::size_t Contiguous(std::size_t index) {
    return (((std::size_t{2} << ChunkOf(index)) - 1) * kFirst) - index;
  }

 private:
  static constexpr std::size_t kChunks = 22;  // Room for 4 · 10⁶ times `kFirst` elements.

  static std::size_t ChunkOf(std::size_t index) {
    return static_cast<std::size_t>(std::bit_width(index / kFirst + 1)) - 1;
  }

  T* At(std::size_t index) const {
    const std::size_t chunk = ChunkOf(index);
    const std::size_t begin = ((std::size_t{1} << chunk) - 1) * kFirst;
    return chunks_[chunk].load(std::memory_order_acquire) + (index - begin);
  }

  std::array<std::atomic<T*>, kChunks> chunks_{};
  std::size_t size_ = 0;  // Of the adding thread.
};

}  // namespace sild::matching

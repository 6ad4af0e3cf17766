#pragma once

#include <array>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace sild::matching {

// An array that grows while others read it: elements never move. One thread at a time may call
// `Grow` and write elements; others read an element once they have learned by other means (an
// atomic count, say) that it was written. `kFirst`: elements of the first chunk; each next one has
// twice as many.
template <typename T, std::size_t kFirst = 1024>
class GrowingArray {
 public:
  GrowingArray() = default;
  ~GrowingArray() {
    for (std::atomic<T*>& chunk : chunks_) {
      delete[] chunk.load(std::memory_order_relaxed);
    }
  }
  GrowingArray(const GrowingArray&) = delete;
  GrowingArray& operator=(const GrowingArray&) = delete;

  T& operator[](std::size_t index) { return *At(index); }
  const T& operator[](std::size_t index) const { return *At(index); }

  // Makes room for elements up to `index`. New ones are value-initialized.
  void Grow(std::size_t index) {
    std::atomic<T*>& chunk = chunks_[ChunkOf(index)];
    if (chunk.load(std::memory_order_relaxed) == nullptr) {
      chunk.store(new T[kFirst << ChunkOf(index)](), std::memory_order_release);
    }
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
};

}  // namespace sild::matching

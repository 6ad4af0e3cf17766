#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace sild::matching {

// Puts values one after another as they lie in memory. For machines of one byte order.
class ByteWriter {
 public:
  template <typename T>
  void Put(const T& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    const auto* bytes = reinterpret_cast<const char*>(&value);
    bytes_.append(bytes, sizeof(T));
  }
  template <typename T>
  void PutArray(const std::vector<T>& array) {
    static_assert(std::is_trivially_copyable_v<T>);
    Put(std::uint64_t{array.size()});
    bytes_.append(reinterpret_cast<const char*>(array.data()), array.size() * sizeof(T));
  }
  void PutText(std::string_view text) {
    Put(static_cast<std::uint32_t>(text.size()));
    bytes_.append(text);
  }
  std::string Take() && { return std::move(bytes_); }

 private:
  std::string bytes_;
};

// Reads what a `ByteWriter` wrote. At the first thing that cannot be it stops, and gives nothing
// more.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}

  template <typename T>
  T Get() {
    T value{};
    const std::string_view bytes = Cut(sizeof(T));
    if (!bytes.empty()) {
      std::memcpy(&value, bytes.data(), sizeof(T));
    }
    return value;
  }
  template <typename T>
  void GetArray(std::vector<T>& array) {
    const auto size = Get<std::uint64_t>();
    if (size > bytes_.size() / sizeof(T)) {
      is_good_ = false;
      return;
    }
    array.resize(size);
    if (size > 0) {
      std::memcpy(array.data(), Cut(size * sizeof(T)).data(), size * sizeof(T));
    }
  }
  std::string_view GetText() { return Cut(Get<std::uint32_t>()); }
  bool is_good() const { return is_good_; }

 private:
  std::string_view Cut(std::size_t size) {
    if (size > bytes_.size() || !is_good_) {
      is_good_ = false;
      return {};
    }
    const std::string_view cut = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return cut;
  }

  std::string_view bytes_;
  bool is_good_ = true;
};

}  // namespace sild::matching

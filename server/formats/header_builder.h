#pragma once

#include <cstddef>
#include <string>
#include <utility>

#include "server/formats/reader.h"

namespace sild::formats {

// Collects what a file says about itself, up to what one unit may hold.
class HeaderBuilder {
 public:
  // `limits` must outlive it.
  explicit HeaderBuilder(const UnitLimits& limits) : limits_(limits) {}

  // What was collected; single fields may be set in it.
  FileHeader& header() { return header_; }

  // Each takes what there is room for.
  void AddProperty(std::string type, std::string value) {
    if (TakesAnother(type.size() + value.size())) {
      header_.properties.push_back({std::move(type), std::move(value)});
    }
  }
  void AddNote(std::string note) {
    if (TakesAnother(note.size())) {
      header_.notes.push_back(std::move(note));
    }
  }

  // Whether something was left out because there was no room for it.
  bool is_cut() const { return is_cut_; }

 private:
  bool TakesAnother(std::size_t bytes) {
    const bool fits = count_ < limits_.properties && bytes <= limits_.unit_bytes - bytes_;
    is_cut_ = is_cut_ || !fits;
    count_ += fits ? 1 : 0;
    bytes_ += fits ? bytes : 0;
    return fits;
  }

  const UnitLimits& limits_;
  FileHeader header_;
  std::size_t count_ = 0;
  std::size_t bytes_ = 0;
  bool is_cut_ = false;
};

}  // namespace sild::formats

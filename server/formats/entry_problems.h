#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "server/formats/cleaner.h"
#include "server/formats/reader.h"

namespace sild::formats {

// The beginning of `text`, UTF-8, for a message: at most `max_bytes`, cut at a character.
std::string_view Clip(std::string_view text, std::size_t max_bytes = 60);

// What is wrong with the unit or concept at hand, and how large it is so far. Holds a bounded
// number of bytes however much it is told, so that a file may be one endless unit.
class EntryProblems {
 public:
  // `noun` is what the format calls an entry: "unit". All three must outlive it.
  EntryProblems(const UnitLimits& limits, std::string_view noun, IssueSink& sink)
      : limits_(limits), noun_(noun), sink_(sink) {}

  // Begins an entry, of which all is said until `End`. `id` is the one that the file gives it.
  void Begin(const Place& place, std::string_view id);

  // Counts what the entry holds, and drops it when it is larger than the limit.
  void Grow(std::size_t bytes);

  // Says what was not taken as it stood. Outside an entry the sink is told at once, else at `End`:
  // the first hundred, and how many more there are.
  void Add(std::string problem);

  // Says that the entry cannot be taken, and why, as a whole message. The first reason counts; an
  // empty one is none.
  void Drop(std::string reason);

  // Whether nothing more of the entry need be read.
  bool is_dropped() const { return !reason_.empty(); }

  // A repair that lost text drops the entry, others are added.
  void OnRepair(const Repair& repair);

  // Tells the sink all, and ends the entry. Returns whether it can be taken.
  bool End();

 private:
  void Report(std::string message, bool dropped);

  const UnitLimits& limits_;
  const std::string_view noun_;
  IssueSink& sink_;
  bool is_open_ = false;
  Place place_;
  std::string id_;
  std::size_t bytes_ = 0;
  std::vector<std::string> problems_;
  std::size_t more_problems_ = 0;
  std::string reason_;  // Why the entry was dropped. Empty: it was not.
};

}  // namespace sild::formats

#include "server/formats/entry_problems.h"

#include <utility>

#include <fmt/format.h>

#include "server/formats/xml_reader.h"
#include "server/text/utf8.h"

namespace sild::formats {
namespace {

constexpr std::size_t kMaxProblems = 100;  // That are told of one entry.
constexpr std::size_t kMaxIdBytes = 200;   // Of an id in an issue.

}  // namespace

std::string_view Clip(std::string_view text, std::size_t max_bytes) {
  if (text.size() <= max_bytes) {
    return text;
  }
  while (max_bytes > 0 && !text::IsCharStart(text[max_bytes])) {
    --max_bytes;
  }
  return text.substr(0, max_bytes);
}

void EntryProblems::Begin(const Place& place, std::string_view id) {
  is_open_ = true;
  place_ = place;
  id_ = std::string(Clip(id, kMaxIdBytes));
  bytes_ = 0;
  problems_.clear();
  more_problems_ = 0;
  reason_.clear();
}

void EntryProblems::Grow(std::size_t bytes) {
  bytes_ += bytes;
  if (bytes_ > limits_.unit_bytes) {
    Drop(fmt::format("the {} is larger than {} bytes; split it", noun_, limits_.unit_bytes));
  }
}

void EntryProblems::Add(std::string problem) {
  if (!is_open_) {
    Report(std::move(problem), false);
  } else if (problems_.size() < kMaxProblems) {
    problems_.push_back(std::move(problem));
  } else {
    ++more_problems_;
  }
}

void EntryProblems::Drop(std::string reason) {
  if (is_open_ && !is_dropped()) {
    reason_ = std::move(reason);
  }
}

void EntryProblems::OnRepair(const Repair& repair) {
  if (is_open_ && repair.kind == RepairKind::kInvalidBytes) {
    Drop(Describe(repair));
  } else {
    Add(Describe(repair));
  }
}

bool EntryProblems::End() {
  for (std::string& problem : std::exchange(problems_, {})) {
    Report(std::move(problem), false);
  }
  if (more_problems_ > 0) {
    Report(fmt::format("the {} has {} more problems of this sort", noun_, more_problems_), false);
  }
  const bool is_good = !is_dropped();
  if (!is_good) {
    Report(std::exchange(reason_, {}), true);
  }
  is_open_ = false;
  return is_good;
}

void EntryProblems::Report(std::string message, bool dropped) {
  if (is_open_) {
    sink_.OnIssue({place_.offset_bytes, place_.line, std::move(message), dropped, id_});
  } else {
    sink_.OnIssue({0, 0, std::move(message), dropped, ""});
  }
}

}  // namespace sild::formats

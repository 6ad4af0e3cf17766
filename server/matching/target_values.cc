#include "server/matching/target_values.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "server/matching/joined_sets.h"
#include "server/matching/word_around.h"
#include "server/text/char_table.h"
#include "server/text/utf8.h"

namespace sild::matching {
namespace {

using text::Placeable;
using text::PlaceableKind;
using text::Reading;

constexpr std::size_t kNone = std::string_view::npos;

// The punctuation of what stands between two placeables; nothing if there is anything else, or only
// white space.
std::optional<std::string> MarksOf(std::string_view gap) {
  std::string marks;
  for (std::size_t at = 0; at < gap.size();) {
    const std::size_t begin = at;
    switch (text::CharTable::Get().ClassOf(text::NextChar(gap, at))) {
      case text::CharClass::kSpace:
        break;
      case text::CharClass::kPunctuation:
        marks += gap.substr(begin, at - begin);
        break;
      default:
        return std::nullopt;
    }
  }
  return marks.empty() ? std::nullopt : std::optional(marks);
}

using Keys = std::vector<std::vector<std::string>>;  // By placeable.

Keys KeysOf(std::span<const Placeable> placeables) {
  Keys keys;
  for (const Placeable& placeable : placeables) {
    std::vector<std::string>& own = keys.emplace_back();
    for (const Reading& reading : placeable.readings) {
      own.push_back(text::ValueKey(reading));
    }
  }
  return keys;
}

// Whether a placeholder takes the next argument, as `%s`: not `%1$s`, `%1`, `%(x)s`.
bool TakesNextArgument(std::string_view placeholder) {
  constexpr std::string_view kFlags = "-+#0123456789.*lhzqL";
  const bool is_printf = placeholder.size() >= 2 && placeholder.front() == '%';
  return is_printf && !(placeholder.back() >= '0' && placeholder.back() <= '9') &&
         placeholder.substr(1, placeholder.size() - 2).find_first_not_of(kFlags) ==
             std::string_view::npos;
}

std::vector<std::size_t> NextArguments(const SegmentPlaceables& of) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < of.placeables.size(); ++i) {
    if (of.placeables[i].kind() == PlaceableKind::kPlaceholder &&
        TakesNextArgument(of.TextOf(of.placeables[i]))) {
      found.push_back(i);
    }
  }
  return found;
}

// Adds the place in the order to the keys of placeholders, if both texts have the same ones.
void NumberArguments(const SegmentPlaceables& source, const SegmentPlaceables& target,
                     Keys& source_keys, Keys& target_keys) {
  const std::vector<std::size_t> left = NextArguments(source);
  const std::vector<std::size_t> right = NextArguments(target);
  const bool is_same_order = std::equal(
      left.begin(), left.end(), right.begin(), right.end(), [&](std::size_t i, std::size_t j) {
        return source.TextOf(source.placeables[i]) == target.TextOf(target.placeables[j]);
      });
  if (!is_same_order) {
    return;
  }
  for (std::size_t i = 0; i < left.size(); ++i) {
    source_keys[left[i]] = {"%" + std::to_string(i)};
    target_keys[right[i]] = {"%" + std::to_string(i)};
  }
}

// Placeables with nothing but punctuation and white space between them.
struct Run {
  std::size_t begin = 0;  // Indexes of placeables.
  std::size_t end = 0;
};

// The runs of two or more by their values and marks, those that occur twice left out.
std::map<std::string, Run> RunsOf(const SegmentPlaceables& of, const Keys& keys) {
  std::map<std::string, Run> runs;
  std::set<std::string> twice;
  for (std::size_t i = 0; i < keys.size();) {
    const std::size_t begin = i;
    std::string name = keys[i].front();
    for (++i; i < keys.size(); ++i) {
      const std::uint32_t end = of.placeables[i - 1].range.end;
      const std::optional<std::string> marks = MarksOf(
          std::string_view(of.segment.text).substr(end, of.placeables[i].range.begin - end));
      if (!marks) {
        break;
      }
      name.append("\n").append(*marks).append("\n").append(keys[i].front());
    }
    if (i - begin > 1 && !runs.emplace(name, Run{begin, i}).second) {
      twice.insert(name);
    }
  }
  std::erase_if(runs, [&twice](const auto& run) { return twice.contains(run.first); });
  return runs;
}

// The numbers that are part of a word, by the word; those in words that occur twice left out.
std::map<std::string, std::size_t> NumbersInWords(const SegmentPlaceables& of) {
  std::map<std::string, std::size_t> numbers;
  std::set<std::string> twice;
  for (std::size_t i = 0; i < of.placeables.size(); ++i) {
    if (of.placeables[i].kind() != PlaceableKind::kNumber) {
      continue;
    }
    const ByteRange range = of.placeables[i].range;
    const ByteRange around = WordAround(of.segment.text, range);
    std::string word = of.segment.text.substr(around.begin, around.end - around.begin);
    if (around != range && !numbers.emplace(word, i).second) {
      twice.insert(std::move(word));
    }
  }
  std::erase_if(numbers, [&twice](const auto& one) { return twice.contains(one.first); });
  return numbers;
}

// Adds the word to the keys of numbers that are part of one that both texts have once.
void NameWords(const SegmentPlaceables& source, const SegmentPlaceables& target, Keys& source_keys,
               Keys& target_keys) {
  const std::map<std::string, std::size_t> target_numbers = NumbersInWords(target);
  for (const auto& [word, number] : NumbersInWords(source)) {
    if (const auto other = target_numbers.find(word); other != target_numbers.end()) {
      source_keys[number] = {"w" + word};
      target_keys[other->second] = {"w" + word};
    }
  }
}

// Adds the place in a run to the keys, where both texts have the run once.
void NumberRuns(const SegmentPlaceables& source, const SegmentPlaceables& target, Keys& source_keys,
                Keys& target_keys) {
  const std::map<std::string, Run> target_runs = RunsOf(target, target_keys);
  for (const auto& [name, run] : RunsOf(source, source_keys)) {
    const auto other = target_runs.find(name);
    for (std::size_t i = 0; other != target_runs.end() && run.begin + i < run.end; ++i) {
      const std::string key = "r" + std::to_string(run.begin + i);
      source_keys[run.begin + i] = {key};
      target_keys[other->second.begin + i] = {key};
    }
  }
}

// Whether a mark keeps parts of a text apart that a translation does not exchange, as commas,
// quotes and hyphens do not.
bool IsStrongMark(char c) { return std::string_view(".:;!?()[]{}=+/|<>").find(c) != kNone; }

// A text cut at its strong marks: these, and the values in each of its cells.
struct Cells {
  std::string marks;
  std::vector<std::multiset<std::string>> values;
  std::vector<std::size_t> cell_of;  // By placeable.
};

Cells CellsOf(const SegmentPlaceables& of, const Keys& keys) {
  Cells cells;
  cells.values.emplace_back();
  std::size_t at = 0;
  const auto read = [&](std::size_t end) {
    for (; at < end; ++at) {
      if (IsStrongMark(of.segment.text[at])) {
        cells.marks += of.segment.text[at];
        cells.values.emplace_back();
      }
    }
  };
  for (std::size_t i = 0; i < keys.size(); ++i) {
    read(of.placeables[i].range.begin);
    at = of.placeables[i].range.end;
    cells.values.back().insert(keys[i].front());
    cells.cell_of.push_back(cells.values.size() - 1);
  }
  read(of.segment.text.size());
  return cells;
}

// Adds the cell to the keys, if both texts have the same marks and the same values between them.
void NumberCells(const SegmentPlaceables& source, const SegmentPlaceables& target,
                 Keys& source_keys, Keys& target_keys) {
  const Cells left = CellsOf(source, source_keys);
  const Cells right = CellsOf(target, target_keys);
  if (left.marks != right.marks || left.values != right.values) {
    return;
  }
  for (const auto& [cells, keys] :
       {std::pair(&left, &source_keys), std::pair(&right, &target_keys)}) {
    for (std::size_t i = 0; i < keys->size(); ++i) {
      (*keys)[i] = {(*keys)[i].front() + "\n" + std::to_string(cells->cell_of[i])};
    }
  }
}

// Sets that are joined when they have a key in common.
class Joiner {
 public:
  explicit Joiner(std::size_t size) : sets_(size) {}

  std::size_t Root(std::size_t i) { return sets_.Root(i); }

  void Add(std::size_t i, const std::vector<std::string>& keys) {
    for (const std::string& key : keys) {
      const auto [known, is_new] = by_key_.emplace(key, i);
      if (!is_new) {
        sets_.Join(i, known->second);
      }
    }
  }

 private:
  JoinedSets sets_;
  std::unordered_map<std::string, std::size_t> by_key_;
};

}  // namespace

std::vector<ValueGroup> GroupByValue(const SegmentPlaceables& source,
                                     const SegmentPlaceables& target) {
  Keys source_keys = KeysOf(source.placeables);
  Keys target_keys = KeysOf(target.placeables);
  std::unordered_map<std::string_view, std::size_t> by_text;
  for (std::size_t i = 0; i < source_keys.size(); ++i) {
    by_text.emplace(source.TextOf(source.placeables[i]), i);
  }
  for (std::size_t i = 0; i < target_keys.size(); ++i) {
    if (const auto same = by_text.find(target.TextOf(target.placeables[i]));
        same != by_text.end()) {
      target_keys[i] = source_keys[same->second];
    }
  }
  NumberArguments(source, target, source_keys, target_keys);
  NumberRuns(source, target, source_keys, target_keys);
  NameWords(source, target, source_keys, target_keys);
  NumberCells(source, target, source_keys, target_keys);
  const std::size_t count = source_keys.size();
  Joiner joiner(count + target_keys.size());
  for (std::size_t i = 0; i < count; ++i) {
    joiner.Add(i, source_keys[i]);
  }
  for (std::size_t i = 0; i < target_keys.size(); ++i) {
    joiner.Add(count + i, target_keys[i]);
  }
  std::vector<ValueGroup> groups;
  std::unordered_map<std::size_t, std::size_t> group_of_root;
  for (std::size_t i = 0; i < count + target_keys.size(); ++i) {
    const auto [group, is_new] = group_of_root.emplace(joiner.Root(i), groups.size());
    if (is_new) {
      groups.emplace_back();
    }
    ValueGroup& own = groups[group->second];
    i < count ? own.source.push_back(i) : own.target.push_back(i - count);
  }
  return groups;
}

}  // namespace sild::matching

#include "server/matching/look_alikes.h"

#include <algorithm>
#include <span>
#include <utility>

#include "server/matching/score.h"
#include "server/text/utf8.h"

namespace sild::matching {
namespace {

constexpr std::uint32_t kCostBits = 6;  // Costs are in [kFormBaseCost, kWordWeight).
static_assert(kWordWeight - kFormBaseCost <= 1 << kCostBits);

// What a list takes beside its entries.
constexpr std::size_t kListBytes = sizeof(LookAlikeList) + 96;

std::size_t BytesOf(const LookAlikeList& list) {
  return kListBytes + list.packed.capacity() * sizeof(std::uint32_t);
}

// For the words of each length, how many edits apart from a given one they may be to be its
// look-alikes; -1 if none can be.
class EditLimits {
 public:
  explicit EditLimits(std::size_t chars) {
    const std::size_t longest = chars * 100 / (100 - kFormMaxEditPercent);
    for (std::size_t other = kFormMinChars; chars >= kFormMinChars && other <= longest; ++other) {
      const std::size_t limit = std::max(chars, other) * kFormMaxEditPercent / 100;
      const std::size_t difference = std::max(chars, other) - std::min(chars, other);
      limits_.resize(other, -1);
      limits_.push_back(difference <= limit ? static_cast<std::int32_t>(limit) : -1);
    }
    limits_.push_back(-1);  // Of all that are longer.
  }

  bool any() const { return limits_.size() > 1; }
  std::int32_t of(std::uint32_t chars) const {
    return limits_[std::min<std::size_t>(chars, limits_.size() - 1)];
  }

 private:
  std::vector<std::int32_t> limits_;
};

// Sets `near` to the numbers of those of `words`, which are numbered from `first` on, that length
// and letters do not rule out. Without branches, which nobody could foretell.
void FilterWords(std::span<const Vocabulary::Word> words, std::uint32_t first,
                 LetterSignature signature, const EditLimits& limits,
                 std::vector<std::uint32_t>& near) {
  near.resize(words.size());
  std::size_t count = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::int32_t limit = limits.of(words[i].chars);
    near[count] = first + static_cast<std::uint32_t>(i);
    count += MissesAtMost(signature, words[i].signature, limit) ? 1 : 0;
  }
  near.resize(count);
}

}  // namespace

std::uint32_t LookAlikeList::Pack(Entry entry) {
  return entry.word << kCostBits | static_cast<std::uint32_t>(entry.cost - kFormBaseCost);
}

LookAlikeList::Entry LookAlikeList::operator[](std::size_t i) const {
  return {packed[i] >> kCostBits,
          kFormBaseCost + static_cast<std::int32_t>(packed[i] & ((1U << kCostBits) - 1))};
}

void ExtendLookAlikes(const Vocabulary& vocabulary, const WordPattern& pattern,
                      LetterSignature signature, std::uint32_t self, LookAlikeList& list) {
  const std::uint32_t end = vocabulary.word_count();
  const EditLimits limits(pattern.letters().size());
  std::vector<std::uint32_t> near;
  for (std::uint32_t begin = list.covered; begin < end && limits.any();) {
    const std::span<const Vocabulary::Word> words = vocabulary.WordsFrom(begin, end);
    FilterWords(words, begin, signature, limits, near);
    begin += static_cast<std::uint32_t>(words.size());
    for (const std::uint32_t number : near) {
      const Vocabulary::Word& word = vocabulary.word(number);
      const std::int32_t limit = limits.of(word.chars);
      const std::int32_t edits = pattern.Distance(vocabulary.WordText(number), word.chars, limit);
      const auto longer =
          static_cast<std::int32_t>(std::max<std::size_t>(pattern.letters().size(), word.chars));
      const std::int32_t cost = edits > limit ? kWordWeight : FormCost(edits, longer);
      if (cost < kWordWeight && number != self) {
        list.packed.push_back(LookAlikeList::Pack({number, cost}));
        list.documents += word.documents.load(std::memory_order_relaxed);
      }
    }
  }
  list.covered = end;
}

LookAlikes::List LookAlikes::Peek(std::uint32_t word) const {
  const Shard& shard = shards_[word % kShards];
  const std::lock_guard lock(shard.mutex);
  const auto found = shard.lists.find(word);
  if (found == shard.lists.end()) {
    return nullptr;
  }
  found->second.was_used = true;
  return found->second.list;
}

LookAlikes::List LookAlikes::Get(std::uint32_t word) {
  const List known = Peek(word);
  if (known != nullptr && known->covered >= vocabulary_.word_count()) {
    return known;
  }
  auto list = known == nullptr ? std::make_shared<LookAlikeList>()
                               : std::make_shared<LookAlikeList>(*known);
  const WordPattern pattern(text::ToUtf32(vocabulary_.WordText(word)));
  ExtendLookAlikes(vocabulary_, pattern, vocabulary_.word(word).signature, word, *list);
  list->packed.shrink_to_fit();
  Keep(word, list);
  return list;
}

std::vector<std::pair<std::uint32_t, LookAlikes::List>> LookAlikes::Kept() const {
  std::vector<std::pair<std::uint32_t, List>> kept;
  for (const Shard& shard : shards_) {
    const std::lock_guard lock(shard.mutex);
    for (const auto& [word, list] : shard.lists) {
      kept.emplace_back(word, list.list);
    }
  }
  std::sort(kept.begin(), kept.end());
  return kept;
}

void LookAlikes::BeginFilling() {
  const std::uint32_t count = vocabulary_.word_count();
  std::vector<std::pair<std::uint32_t, std::uint32_t>> words;  // Documents and number.
  for (std::uint32_t number = 0; number < count; ++number) {
    const Vocabulary::Word& word = vocabulary_.word(number);
    if (word.chars >= kFormMinChars) {
      words.emplace_back(word.documents.load(std::memory_order_relaxed), number);
    }
  }
  std::sort(words.begin(), words.end());
  to_fill_.clear();
  for (const auto& [documents, number] : words) {
    to_fill_.push_back(number);
  }
}

bool LookAlikes::Fill(std::size_t count) {
  for (std::size_t i = 0; i < count && !to_fill_.empty(); ++i) {
    if (bytes() > kShards * shard_budget_ / 2) {
      to_fill_.clear();
      break;
    }
    Get(to_fill_.back());
    to_fill_.pop_back();
  }
  if (to_fill_.empty()) {
    to_fill_.shrink_to_fit();
  }
  return !to_fill_.empty();
}

void LookAlikes::Keep(std::uint32_t word, List list) {
  Shard& shard = shards_[word % kShards];
  const std::lock_guard lock(shard.mutex);
  const std::size_t before = shard.bytes;
  shard.bytes += BytesOf(*list);
  KeptList& kept = shard.lists[word];
  if (kept.list == nullptr) {
    shard.turns.push_back(word);
  } else {
    shard.bytes -= BytesOf(*kept.list);
  }
  kept = {std::move(list), true};
  while (shard.bytes > shard_budget_ && !shard.turns.empty()) {
    const std::uint32_t next = shard.turns.front();
    shard.turns.pop_front();
    const auto found = shard.lists.find(next);
    if (found->second.was_used) {
      found->second.was_used = false;
      shard.turns.push_back(next);
    } else {
      shard.bytes -= BytesOf(*found->second.list);
      shard.lists.erase(found);
    }
  }
  bytes_.fetch_add(shard.bytes - before, std::memory_order_relaxed);
}

}  // namespace sild::matching

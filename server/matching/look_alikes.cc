#include "server/matching/look_alikes.h"

#include <algorithm>
#include <cstdlib>
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
  const auto chars = static_cast<std::int32_t>(pattern.letters().size());
  for (std::uint32_t number = list.covered; number < end && chars >= kFormMinChars; ++number) {
    const Vocabulary::Word& word = vocabulary.word(number);
    const auto other_chars = static_cast<std::int32_t>(word.chars);
    const std::int32_t longer = std::max(chars, other_chars);
    const std::int32_t limit = longer * kFormMaxEditPercent / 100;
    if (std::abs(chars - other_chars) > limit || other_chars < kFormMinChars || number == self ||
        !MissesAtMost(signature, word.signature, limit)) {
      continue;
    }
    const std::int32_t edits = pattern.Distance(vocabulary.WordText(number), word.chars, limit);
    const std::int32_t cost = edits > limit ? kWordWeight : FormCost(edits, longer);
    if (cost < kWordWeight) {
      list.packed.push_back(LookAlikeList::Pack({number, cost}));
      list.documents += word.documents.load(std::memory_order_relaxed);
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

void LookAlikes::Keep(std::uint32_t word, List list) {
  Shard& shard = shards_[word % kShards];
  const std::lock_guard lock(shard.mutex);
  const std::size_t before = shard.bytes;
  shard.bytes += BytesOf(*list);
  Kept& kept = shard.lists[word];
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

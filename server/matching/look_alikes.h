#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <utility>
#include <vector>

#include "server/matching/vocabulary.h"
#include "server/matching/word_pattern.h"

namespace sild::matching {

// The words of a vocabulary that cost less than a whole word in place of a given one, itself left
// out.
struct LookAlikeList {
  struct Entry {
    std::uint32_t word;
    std::int32_t cost;
  };
  // A word and its cost in one number, to save memory.
  static std::uint32_t Pack(Entry entry);
  Entry operator[](std::size_t i) const;
  std::size_t size() const { return packed.size(); }

  std::vector<std::uint32_t> packed;
  std::uint32_t covered = 0;    // Words of the vocabulary that were looked at: all below this.
  std::uint64_t documents = 0;  // Sum over the words, as it was then.
};

// Adds to `list` the look-alikes of a word among the words that it does not cover yet. About 10 ns
// a word of similar length.
void ExtendLookAlikes(const Vocabulary& vocabulary, const WordPattern& pattern,
                      LetterSignature signature, std::uint32_t self, LookAlikeList& list);

// The lists of the words that were asked for, as many as fit. Any thread may use it.
class LookAlikes {
 public:
  // The vocabulary must outlive it. `budget_bytes` bounds the memory of the lists that are kept.
  LookAlikes(const Vocabulary& vocabulary, std::size_t budget_bytes)
      : vocabulary_(vocabulary), shard_budget_(budget_bytes / kShards) {}

  // The owners of a list are this, until it is replaced or dropped, and who uses it.
  using List = std::shared_ptr<const LookAlikeList>;

  // Returns the list of a word if it is kept, otherwise null. It may lack the newest words.
  List Peek(std::uint32_t word) const;

  // Returns the list of a word, which covers all words that the vocabulary has now; makes it if
  // need be.
  List Get(std::uint32_t word);

  // Keeps a list that was made before; drops others that were not used lately if need be.
  void Keep(std::uint32_t word, List list);

  // Returns the lists that are kept, by word.
  std::vector<std::pair<std::uint32_t, List>> Kept() const;

  // Makes lists that nobody asked for yet, so that they need not be made while somebody waits: of
  // the words that most documents have, `count` of them with each call, until half of the memory is
  // taken. Returns whether there is more to do. `BeginFilling` after many documents were added. For
  // one thread at a time.
  void BeginFilling();
  bool Fill(std::size_t count);

  std::size_t bytes() const { return bytes_.load(std::memory_order_relaxed); }

 private:
  static constexpr std::size_t kShards = 16;

  struct KeptList {
    List list;
    bool was_used = false;  // Since its turn to be dropped came last.
  };
  struct Shard {
    mutable std::mutex mutex;  // Held to copy a pointer, never while a list is made.
    mutable std::unordered_map<std::uint32_t, KeptList> lists;
    std::deque<std::uint32_t> turns;  // In what order to drop them.
    std::size_t bytes = 0;
  };

  const Vocabulary& vocabulary_;
  const std::size_t shard_budget_;
  std::array<Shard, kShards> shards_;
  std::atomic<std::size_t> bytes_ = 0;
  std::vector<std::uint32_t> to_fill_;  // Words, that of most documents last.
};

// What the indexes of one language share.
struct Lexicon {
  explicit Lexicon(std::size_t look_alike_bytes) : look_alikes(vocabulary, look_alike_bytes) {}

  Vocabulary vocabulary;
  LookAlikes look_alikes;
};

}  // namespace sild::matching

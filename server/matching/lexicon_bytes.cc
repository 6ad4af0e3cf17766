#include "server/matching/lexicon_bytes.h"

#include <memory>
#include <utility>
#include <vector>

#include "server/matching/byte_stream.h"

namespace sild::matching {
namespace {

using text::TokenClass;

constexpr std::uint32_t kLeftOut = ~std::uint32_t{0};

}  // namespace

std::string ToBytes(const Lexicon& lexicon) {
  const Vocabulary& vocabulary = lexicon.vocabulary;
  const std::uint32_t word_count = vocabulary.word_count();
  std::vector<std::uint32_t> numbers(word_count, kLeftOut);  // In the bytes.
  std::vector<std::uint32_t> before(word_count + 1);         // How many of them come before.
  ByteWriter words;
  for (std::uint32_t word = 0; word < word_count; ++word) {
    const bool is_in = vocabulary.word(word).documents.load(std::memory_order_relaxed) > 0;
    before[word + 1] = before[word] + (is_in ? 1 : 0);
    if (is_in) {
      numbers[word] = before[word];
      words.PutText(vocabulary.WordText(word));
    }
  }
  ByteWriter bytes;
  bytes.Put(before[word_count]);
  bytes.PutText(std::move(words).Take());
  for (const auto& [word, list] : lexicon.look_alikes.Kept()) {
    if (word >= word_count || list->covered > word_count || numbers[word] == kLeftOut) {
      continue;
    }
    std::vector<std::uint32_t> packed;
    for (std::size_t i = 0; i < list->size(); ++i) {
      const auto [number, cost] = (*list)[i];
      if (numbers[number] != kLeftOut) {
        packed.push_back(LookAlikeList::Pack({numbers[number], cost}));
      }
    }
    bytes.Put(numbers[word]);
    bytes.Put(before[list->covered]);
    bytes.Put(list->documents);
    bytes.PutArray(packed);
  }
  bytes.Put(kLeftOut);
  return std::move(bytes).Take();
}

bool LexiconFromBytes(std::string_view bytes, Lexicon& lexicon) {
  ByteReader reader(bytes);
  const auto word_count = reader.Get<std::uint32_t>();
  ByteReader words(reader.GetText());
  for (std::uint32_t word = 0; word < word_count; ++word) {
    const std::string_view text = words.GetText();
    if (!words.is_good() || lexicon.vocabulary.InternFolded(TokenClass::kWord, text) !=
                                MakeKey(TokenClass::kWord, word)) {
      return false;
    }
  }
  while (true) {
    const auto word = reader.Get<std::uint32_t>();
    if (!reader.is_good() || word >= word_count) {
      return reader.is_good() && word == kLeftOut;
    }
    auto list = std::make_shared<LookAlikeList>();
    list->covered = reader.Get<std::uint32_t>();
    list->documents = reader.Get<std::uint64_t>();
    reader.GetArray(list->packed);
    if (!reader.is_good() || list->covered > word_count) {
      return false;
    }
    for (std::size_t i = 0; i < list->size(); ++i) {
      if ((*list)[i].word >= word_count) {
        return false;
      }
    }
    lexicon.look_alikes.Keep(word, std::move(list));
  }
}

}  // namespace sild::matching

#include "server/matching/tier_bytes.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "server/matching/byte_stream.h"
#include "server/matching/query_batch.h"

namespace sild::matching {
namespace {

using text::TokenClass;

constexpr std::uint8_t kIsFolded = 0x80;  // With the class: the surface is the folded form.

}  // namespace

// What may look into a tier to write and read it.
class TierBytes {
 public:
  static std::string Write(const Tier& tier, const Vocabulary& vocabulary) {
    ByteWriter writer;
    writer.Put(kTierVersion);
    writer.Put(std::uint64_t{tier.forms_.size()});
    for (const StoredToken& form : tier.forms_) {
      const std::string_view surface = vocabulary.TextOf(form.form);
      const std::string_view folded = vocabulary.FoldedOf(form.key);
      const auto token_class = static_cast<std::uint8_t>(ClassOf(form.key));
      const bool is_folded = surface == folded;
      writer.Put(static_cast<std::uint8_t>(token_class | (is_folded ? kIsFolded : 0)));
      writer.PutText(surface);
      if (!is_folded) {
        writer.PutText(folded);
      }
    }
    writer.PutArray(tier.handles_);
    writer.PutArray(tier.runs_);
    writer.PutArray(tier.run_of_);
    writer.PutArray(tier.first_run_of_);
    writer.PutArray(tier.begins_);
    writer.PutArray(tier.tokens_);
    writer.PutArray(tier.list_begins_);
    writer.PutArray(tier.postings_);
    return std::move(writer).Take();
  }

  static std::shared_ptr<const Tier> Read(std::string_view bytes, Vocabulary& vocabulary) {
    ByteReader reader(bytes);
    auto tier = std::make_shared<Tier>();
    if (reader.Get<std::uint32_t>() != kTierVersion) {
      return nullptr;
    }
    ReadForms(reader, vocabulary, *tier);
    reader.GetArray(tier->handles_);
    reader.GetArray(tier->runs_);
    reader.GetArray(tier->run_of_);
    reader.GetArray(tier->first_run_of_);
    reader.GetArray(tier->begins_);
    reader.GetArray(tier->tokens_);
    reader.GetArray(tier->list_begins_);
    reader.GetArray(tier->postings_);
    if (!reader.is_good() || !IsWhole(*tier)) {
      return nullptr;
    }
    const std::vector<FoldedKey> keys = tier->NumberKeys();
    if (keys.size() + 1 != tier->list_begins_.size()) {
      return nullptr;
    }
    CountDocuments(*tier, keys, vocabulary);
    tier->spans_ = SpanTable(*tier);
    return tier;
  }

 private:
  static void ReadForms(ByteReader& reader, Vocabulary& vocabulary, Tier& tier) {
    for (auto left = reader.Get<std::uint64_t>(); left > 0 && reader.is_good(); --left) {
      const auto mark = reader.Get<std::uint8_t>();
      const auto token_class = static_cast<TokenClass>(mark & ~kIsFolded & 3);
      const std::string_view surface = reader.GetText();
      const std::string_view folded = (mark & kIsFolded) != 0 ? surface : reader.GetText();
      if (reader.is_good()) {
        const FormId form = vocabulary.Intern(token_class, surface, folded);
        tier.forms_.push_back(MakeStoredToken(form, vocabulary));
      }
    }
  }

  // Whether the arrays fit together as far as lengths tell; what is in them a checksum guards.
  static bool IsWhole(const Tier& tier) {
    const std::size_t size = tier.handles_.size();
    const std::size_t blocks = (size + Tier::kBlockDocuments - 1) >> Tier::kBlockBits;
    const std::size_t groups = (size + Tier::kGroupDocuments - 1) >> Tier::kGroupBits;
    return tier.run_of_.size() == size && tier.begins_.size() == groups &&
           tier.first_run_of_.size() == blocks && !tier.runs_.empty() &&
           tier.runs_.back().first_document == size && !tier.list_begins_.empty() &&
           tier.tokens_.size() >= Tier::kPadding &&
           std::is_sorted(tier.begins_.begin(), tier.begins_.end()) &&
           (groups == 0 || tier.begins_.back() <= tier.tokens_.size() - Tier::kPadding) &&
           tier.list_begins_.back() == tier.postings_.size();
  }

  static void CountDocuments(const Tier& tier, const std::vector<FoldedKey>& keys,
                             Vocabulary& vocabulary) {
    vocabulary.AddDocuments(tier.size());
    for (std::size_t key = 0; key < keys.size(); ++key) {
      if (ClassOf(keys[key]) != TokenClass::kWord) {
        continue;
      }
      std::uint32_t count = 0;
      for (std::uint32_t at = tier.list_begins_[key]; at < tier.list_begins_[key + 1];) {
        const std::uint32_t in_block = tier.postings_[at + 1] + 1U;
        count += in_block;
        at += 2 + in_block;
      }
      vocabulary.AddDocuments(NumberOf(keys[key]), count);
    }
  }
};

std::string ToBytes(const Tier& tier, const Vocabulary& vocabulary) {
  return TierBytes::Write(tier, vocabulary);
}

std::shared_ptr<const Tier> TierFromBytes(std::string_view bytes, Vocabulary& vocabulary) {
  return TierBytes::Read(bytes, vocabulary);
}

}  // namespace sild::matching

#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "server/matching/text_index.h"
#include "tests/matching/unit_source.h"

namespace sild::test {

// Units in memory with indexes of their texts. Handles are short, so that different texts share
// them.
class IndexedUnitSource : public UnitSource {
 public:
  explicit IndexedUnitSource(std::vector<TranslationUnit> units) : UnitSource(std::move(units)) {
    for (const TranslationUnit& unit : this->units()) {
      for (const Variant& variant : unit.variants) {
        Add(unit.name.parent(), variant);
      }
    }
  }

  std::unique_ptr<matching::IndexedTexts> OpenIndex(const MemoryName& memory,
                                                    const text::LanguageKey& key) const override {
    const auto found = indexes_.find({memory, key});
    return found == indexes_.end() ? nullptr
                                   : std::make_unique<Texts>(*this, memory, key, found->second);
  }

 private:
  class Texts : public matching::IndexedTexts {
   public:
    Texts(const UnitSource& source, MemoryName memory, text::LanguageKey key,
          std::shared_ptr<const matching::TextIndex> index)
        : source_(source),
          memory_(std::move(memory)),
          key_(std::move(key)),
          index_(std::move(index)) {}

    const matching::TextIndex& index() const override { return *index_; }

    absl::Status ForEachUnit(matching::TextHandle handle,
                             absl::FunctionRef<bool(const TranslationUnit&)> visit) override {
      return source_.ForEachUnit(memory_, [&](const TranslationUnit& unit) {
        for (const Variant& variant : unit.variants) {
          if (text::LanguageKeyOf(variant.language) == key_ &&
              HandleOf(variant.segment.text) == handle) {
            return visit(unit);
          }
        }
        return true;
      });
    }

   private:
    const UnitSource& source_;
    const MemoryName memory_;
    const text::LanguageKey key_;
    const std::shared_ptr<const matching::TextIndex> index_;
  };

  static matching::TextHandle HandleOf(const std::string& text) {
    return static_cast<matching::TextHandle>(std::hash<std::string>()(text) % 256);
  }

  void Add(const MemoryName& memory, const Variant& variant) {
    if (variant.segment.text.empty()) {
      return;
    }
    const text::LanguageKey key = text::LanguageKeyOf(variant.language);
    auto& lexicon = lexicons_[key];
    if (lexicon == nullptr) {
      lexicon = std::make_shared<matching::Lexicon>(std::size_t{1} << 20);
    }
    auto& index = indexes_[{memory, key}];
    if (index == nullptr) {
      index = std::make_shared<matching::TextIndex>(lexicon);
    }
    std::vector<matching::FormId> forms;
    matching::InternForms(text::Tokenize(variant.segment.text), lexicon->vocabulary, forms);
    const matching::TextHandle handle = HandleOf(variant.segment.text);
    if (index->size() % 50 == 49) {  // Now and then a new tier.
      index = index->WithFreshAs(index->FreshAsTier());
    }
    if (!index->Add(handle, forms)) {
      index = index->WithFreshAs(index->FreshAsTier());
      (void)index->Add(handle, forms);
    }
  }

  std::map<text::LanguageKey, std::shared_ptr<matching::Lexicon>> lexicons_;
  std::map<std::pair<MemoryName, text::LanguageKey>, std::shared_ptr<const matching::TextIndex>>
      indexes_;
};

}  // namespace sild::test

#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
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
        Add(unit, variant);
      }
    }
  }

  std::unique_ptr<matching::IndexedTexts> OpenIndex(const MemoryName& memory,
                                                    const text::LanguageKey& key) const override {
    const auto found = indexes_.find({memory, key});
    return found == indexes_.end() ? nullptr : std::make_unique<Texts>(found->second);
  }

 private:
  // An index, and who has the texts of a handle.
  struct Indexed {
    std::shared_ptr<const matching::TextIndex> index;
    std::map<matching::TextHandle, std::set<const TranslationUnit*>> units;
  };

  class Texts : public matching::IndexedTexts {
   public:
    explicit Texts(const Indexed& indexed) : indexed_(indexed) {}

    const matching::TextIndex& index() const override { return *indexed_.index; }

    absl::Status ForEachUnit(matching::TextHandle handle,
                             absl::FunctionRef<bool(const TranslationUnit&)> visit) override {
      for (const TranslationUnit* unit : indexed_.units.at(handle)) {
        if (!visit(*unit)) {
          break;
        }
      }
      return absl::OkStatus();
    }

   private:
    const Indexed& indexed_;
  };

  static matching::TextHandle HandleOf(const std::string& text) {
    return static_cast<matching::TextHandle>(std::hash<std::string>()(text) % 256);
  }

  void Add(const TranslationUnit& unit, const Variant& variant) {
    if (variant.segment.text.empty()) {
      return;
    }
    const text::LanguageKey key = text::LanguageKeyOf(variant.language);
    auto& lexicon = lexicons_[key];
    if (lexicon == nullptr) {
      lexicon = std::make_shared<matching::Lexicon>(std::size_t{1} << 20);
    }
    Indexed& indexed = indexes_[{unit.name.parent(), key}];
    auto& index = indexed.index;
    if (index == nullptr) {
      index = std::make_shared<matching::TextIndex>(lexicon);
    }
    std::vector<matching::FormId> forms;
    matching::InternForms(text::Tokenize(variant.segment.text), lexicon->vocabulary, forms);
    const matching::TextHandle handle = HandleOf(variant.segment.text);
    indexed.units[handle].insert(&unit);
    if (index->size() % 50 == 49) {  // Now and then a new tier.
      index = index->WithFreshAs(index->FreshAsTier());
    }
    if (!index->Add(handle, forms)) {
      index = index->WithFreshAs(index->FreshAsTier());
      (void)index->Add(handle, forms);
    }
  }

  std::map<text::LanguageKey, std::shared_ptr<matching::Lexicon>> lexicons_;
  std::map<std::pair<MemoryName, text::LanguageKey>, Indexed> indexes_;
};

}  // namespace sild::test

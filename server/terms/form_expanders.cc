#include "server/terms/form_expanders.h"

#include <algorithm>
#include <array>
#include <functional>
#include <future>
#include <utility>

#include "server/model/try.h"
#include "server/terms/dictionary.h"
#include "server/terms/language_expanders.h"
#include "server/terms/remembering_expander.h"

namespace sild::terms {
namespace {

namespace fs = std::filesystem;

struct DictionaryLanguage {
  std::string_view code;
  std::array<std::string_view, 2> stems;
  std::unique_ptr<FormExpander> (*make)(std::unique_ptr<const Dictionary>);
};

constexpr std::array<DictionaryLanguage, 3> kLanguages{
    {{"et", {"et_EE", "et"}, MakeEstonianExpander},
     {"lt", {"lt_LT", "lt"}, MakeLithuanianExpander},
     {"ru", {"ru_RU", "ru"}, MakeRussianExpander}}};

// Returns the dictionary of a language, or null if there is none.
absl::StatusOr<std::unique_ptr<const Dictionary>> Find(const DictionaryLanguage& language,
                                                       std::span<const fs::path> directories) {
  for (const fs::path& directory : directories) {
    for (const std::string_view stem : language.stems) {
      absl::StatusOr<Dictionary> dictionary = Dictionary::Load(directory / stem);
      if (dictionary.ok()) {
        return std::make_unique<const Dictionary>(*std::move(dictionary));
      }
      if (!absl::IsNotFound(dictionary.status())) {
        return dictionary.status();
      }
    }
  }
  return nullptr;
}

struct LoadedLanguage {
  std::unique_ptr<const FormExpander> expander;
  std::string note;  // Empty if all is well.
};

absl::StatusOr<LoadedLanguage> LoadLanguage(const DictionaryLanguage& language,
                                            std::span<const fs::path> directories,
                                            MissingDictionary missing) {
  SILD_TRY(std::unique_ptr<const Dictionary> dictionary, Find(language, directories));
  LoadedLanguage loaded;
  if (dictionary == nullptr) {
    const std::string stem(language.stems[0]);
    const std::string problem = "there are no " + stem + ".aff and " + stem + ".dic";
    if (missing == MissingDictionary::kFail) {
      return absl::NotFoundError(problem);
    }
    loaded.note =
        problem + ": " + std::string(language.code) + " terms are inflected by weaker rules";
  }
  loaded.expander = std::make_unique<RememberingExpander>(language.make(std::move(dictionary)));
  return loaded;
}

}  // namespace

LanguageRules RulesOf(const Dictionary* dictionary) {
  if (dictionary == nullptr) {
    return {};
  }
  return {[dictionary](std::string_view folded) { return dictionary->HasForm(folded); }};
}

LemmaEntries FindLemma(const Dictionary& dictionary, const TermWord& word) {
  LemmaEntries found{dictionary.Find(word.text), false};
  const auto has_capital = [](const DictionaryEntry& entry) { return entry.has_capital; };
  found.is_name =
      word.has_capital && std::any_of(found.entries.begin(), found.entries.end(), has_capital);
  if (found.is_name) {
    std::erase_if(found.entries, std::not_fn(has_capital));
  }
  return found;
}

absl::StatusOr<std::unique_ptr<const FormExpanders>> FormExpanders::Load(
    std::span<const fs::path> directories, MissingDictionary missing) {
  std::vector<std::future<absl::StatusOr<LoadedLanguage>>> loading;
  for (const DictionaryLanguage& language : kLanguages) {
    // `deferred` too, so that it is done in turn where no thread can be made.
    loading.push_back(std::async(std::launch::async | std::launch::deferred, LoadLanguage,
                                 std::cref(language), directories, missing));
  }
  auto expanders = std::make_unique<FormExpanders>();
  expanders->expanders_.emplace("en", MakeEnglishExpander());
  for (std::size_t i = 0; i < kLanguages.size(); ++i) {
    SILD_TRY(LoadedLanguage loaded, loading[i].get());
    if (!loaded.note.empty()) {
      expanders->notes_.push_back(std::move(loaded.note));
    }
    expanders->expanders_.emplace(kLanguages[i].code, std::move(loaded.expander));
  }
  return expanders;
}

const FormExpander& FormExpanders::For(const text::LanguageKey& language) const {
  const auto known = expanders_.find(language.value.substr(0, language.value.find('-')));
  return known == expanders_.end() ? static_cast<const FormExpander&>(unknown_) : *known->second;
}

std::string FormExpanders::version() const {
  std::string version;
  for (const auto& [language, expander] : expanders_) {
    version += (version.empty() ? "" : ", ") + expander->version();
  }
  return version;
}

}  // namespace sild::terms

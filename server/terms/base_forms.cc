#include "server/terms/language_bases.h"
#include "server/terms/word_forms.h"

namespace sild::terms {

void AddGuessedBases(std::string_view word, const std::vector<std::string_view>& rows,
                     std::vector<BaseForm>& bases) {
  constexpr std::size_t kMinStem = 3;
  for (const std::string_view row : rows) {
    const std::vector<std::string_view> endings = Split(row);
    const auto bare = [](std::string_view ending) { return ending == "-" ? "" : ending; };
    for (const std::string_view ending : endings) {
      if (word.ends_with(bare(ending)) && Length(word) >= Length(bare(ending)) + kMinStem) {
        bases.push_back(
            {Replaced(word, bare(ending), bare(endings[0])), WordKind::kNoun, Trust::kGuess});
      }
    }
  }
}

}  // namespace sild::terms

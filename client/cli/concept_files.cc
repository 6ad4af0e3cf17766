#include "client/cli/concept_files.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "client/cli/display_text.h"
#include "client/cli/enum_words.h"
#include "client/cli/errors.h"

namespace sild::cli {
namespace {

constexpr std::array<std::pair<std::string_view, v1::ConceptFormat>, 7> kEndings = {
    {{".tbx", v1::CONCEPT_FORMAT_TBX},
     {".tsv", v1::CONCEPT_FORMAT_TSV},
     {".tab", v1::CONCEPT_FORMAT_TSV},
     {".csv", v1::CONCEPT_FORMAT_CSV},
     {".utx", v1::CONCEPT_FORMAT_UTX},
     {".txt", v1::CONCEPT_FORMAT_OMEGAT},
     {".xml", v1::CONCEPT_FORMAT_MULTITERM}}};

}  // namespace

void AddConceptFileOptions(CLI::App& command, ConceptFileWords& words) {
  std::vector<std::string> formats = WordsOf<v1::ConceptFormat>();
  std::erase(formats, WordFor(v1::CONCEPT_FORMAT_PROTO));  // No server speaks it yet.
  command
      .add_option("--format", words.format,
                  "The format (default: by the file's ending), such as --format csv")
      ->type_name("WORD")
      ->check(CLI::IsMember(formats));
  command
      .add_option("--from", words.from,
                  "The language of the sources where a file does not name it, such as --from en")
      ->type_name("LANG");
  command
      .add_option("--to", words.to,
                  "The language of the targets where a file does not name it, such as --to et")
      ->type_name("LANG");
}

v1::ConceptFormat FormatOf(const ConceptFileWords& words, std::string_view path) {
  if (!words.format.empty()) {
    return ValueFor<v1::ConceptFormat>(words.format);
  }
  if (path.ends_with(".gz")) {
    path.remove_suffix(3);
  }
  const auto* const found = std::find_if(kEndings.begin(), kEndings.end(), [&](const auto& known) {
    return path.ends_with(known.first);
  });
  return found == kEndings.end() ? v1::CONCEPT_FORMAT_TBX : found->second;
}

absl::StatusOr<v1::ConceptFormat> WrittenFormatOf(const ConceptFileWords& words,
                                                  const std::string& path) {
  const std::string ending = std::filesystem::path(path).extension();
  const bool is_known = std::any_of(kEndings.begin(), kEndings.end(),
                                    [&](const auto& known) { return ending == known.first; });
  if (words.format.empty() && !ending.empty() && !is_known) {
    return UsageError(fmt::format(
        "no format of glossaries is known by the ending {}; .tbx, .tsv, .csv, .utx and .txt (for "
        "OmegaT) are, or name the format with --format",
        Visible(ending)));
  }
  return FormatOf(words, path);
}

}  // namespace sild::cli

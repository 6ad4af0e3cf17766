#include "client/cli/concept_files.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "client/cli/enum_words.h"
#include "client/cli/file_ending.h"
#include "client/cli/try.h"

namespace sild::cli {
namespace {

constexpr std::array<std::pair<std::string_view, v1::ConceptFormat>, 8> kEndings = {
    {{".tbx", v1::CONCEPT_FORMAT_TBX},
     {".tsv", v1::CONCEPT_FORMAT_TSV},
     {".tab", v1::CONCEPT_FORMAT_TSV},
     {".csv", v1::CONCEPT_FORMAT_CSV},
     {".utx", v1::CONCEPT_FORMAT_UTX},
     {".txt", v1::CONCEPT_FORMAT_OMEGAT},
     {".binpb", v1::CONCEPT_FORMAT_PROTO},
     {".xml", v1::CONCEPT_FORMAT_MULTITERM}}};

}  // namespace

void AddConceptFileOptions(CLI::App& command, ConceptFileWords& words) {
  const std::vector<std::string> formats = WordsOf<v1::ConceptFormat>();
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

v1::ConceptFormat FormatOf(const ConceptFileWords& words, const std::string& path) {
  if (!words.format.empty()) {
    return ValueFor<v1::ConceptFormat>(words.format);
  }
  const std::string ending = UnpackedEndingOf(path);
  const auto* const found = std::find_if(kEndings.begin(), kEndings.end(),
                                         [&](const auto& known) { return ending == known.first; });
  return found == kEndings.end() ? v1::CONCEPT_FORMAT_TBX : found->second;
}

absl::StatusOr<v1::ConceptFormat> WrittenFormatOf(const ConceptFileWords& words,
                                                  const std::string& path) {
  if (words.format.empty()) {
    std::array<std::string_view, kEndings.size()> endings;
    std::transform(kEndings.begin(), kEndings.end(), endings.begin(),
                   [](const auto& known) { return known.first; });
    SILD_CHECK_OK(CheckWrittenEnding(path, endings, "glossaries",
                                     "but in .tbx, .tsv, .csv, .utx, .txt (for OmegaT) and "
                                     ".binpb (for programs), or name the format with --format"));
  }
  return FormatOf(words, path);
}

}  // namespace sild::cli

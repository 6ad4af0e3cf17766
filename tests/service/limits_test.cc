#include "server/service/limits.h"

#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "server/matching/concordance_query.h"
#include "server/terms/consistency.h"
#include "server/terms/word_corpus.h"

namespace sild::service {
namespace {

// The number as the API's comments write it: 10,000.
std::string Commas(std::size_t number) {
  constexpr std::size_t kThousand = 1'000;
  return number < kThousand
             ? fmt::format("{}", number)
             : fmt::format("{},{:03}", Commas(number / kThousand), number % kThousand);
}

// A proto file with its comments run together, so that a phrase may go over the end of a line.
std::string Comments(std::string_view file) {
  std::ifstream in(fmt::format("{}/proto/sild/v1/{}", SILD_SOURCE_DIR, file));
  std::stringstream all;
  for (std::string line; std::getline(in, line);) {
    const std::size_t begin = line.find("// ");
    all << (begin == std::string::npos ? line : line.substr(begin + 3)) << ' ';
  }
  return all.str();
}

void ExpectSaid(std::string_view file, const std::string& phrase) {
  EXPECT_NE(Comments(file).find(phrase), std::string::npos) << file << " does not say: " << phrase;
}

TEST(Limits, AreThoseThatTheCommentsOfTheApiName) {
  ExpectSaid("text.proto",
             fmt::format("1 to {} code points of plain text", Commas(kMaxSegmentChars)));
  ExpectSaid("text.proto", fmt::format("At most {}.", Commas(kMaxTags)));
  ExpectSaid("text.proto", fmt::format("Like `type` up to {} code points.", Commas(kMaxTagChars)));
  ExpectSaid("unit.proto", fmt::format("At most {}, with values of up to {} code points.",
                                       Commas(kMaxProperties), Commas(kMaxNoteChars)));
  ExpectSaid("unit.proto", fmt::format("At most {}, each of up to {} code points.",
                                       Commas(kMaxProperties), Commas(kMaxNoteChars)));
  ExpectSaid("unit.proto", fmt::format("at most one for each language code"));
  ExpectSaid("unit.proto", fmt::format("The variants: 1 to {},", kMaxVariants));
  ExpectSaid(
      "unit.proto",
      fmt::format("At most {}; keys match `[a-z][a-z0-9_-]{{0,62}}`; values up to {} code points.",
                  kMaxLabels, kMaxLabelValueChars));
  ExpectSaid("unit.proto",
             fmt::format("Up to {} code points. Empty: unknown.", Commas(kMaxFieldChars)));
  ExpectSaid("unit.proto", fmt::format("Up to {} code points.", Commas(kMaxSegmentChars)));
  ExpectSaid("memory_service.proto",
             fmt::format("0: {}. Values over {} count as {};", kDefaultPageSize,
                         Commas(kMaxPageSize), Commas(kMaxPageSize)));
  ExpectSaid("memory_service.proto",
             fmt::format("1 to {} requests, together at most 8 MiB", Commas(kMaxBatchCreate)));
  ExpectSaid("memory_service.proto",
             fmt::format("any 1 to {} printable ASCII characters", kMaxRequestIdChars));
  ExpectSaid("memory_service.proto", fmt::format("at most {} MiB.", kMaxChunkBytes >> 20));
  ExpectSaid("memory_service.proto", fmt::format("After {} issues", Commas(kMaxImportIssues)));
  ExpectSaid("memory_service.proto",
             fmt::format("people see. Up to {} code points", kMaxDisplayNameChars));
  ExpectSaid("memory_service.proto",
             fmt::format("A file of more than {} units, or {} MiB of them",
                         Commas(kImportGroupUnits), kImportGroupBytes >> 20));
  ExpectSaid("memory_service.proto", fmt::format("at the first {} by name", Commas(kMaxPartners)));
  ExpectSaid("glossary_service.proto",
             fmt::format("At most {}: those that come first", Commas(kMaxHits)));
  ExpectSaid("glossary_service.proto",
             fmt::format("if the hits take more than {} MiB", kMaxAnswerBytes >> 20));
  ExpectSaid("glossary_service.proto",
             fmt::format("at most {} concepts, together at most {} MiB", Commas(kImportGroupUnits),
                         kImportGroupBytes >> 20));
  ExpectSaid("glossary_service.proto",
             fmt::format("if the findings take more than {} MiB", kMaxAnswerBytes >> 20));
  ExpectSaid("glossary_service.proto", fmt::format("1 to {} pairs", kMaxQueries));
  ExpectSaid("glossary_service.proto",
             fmt::format("Why, for the next person. Up to {} code points", Commas(kMaxFieldChars)));
  ExpectSaid("glossary_service.proto",
             fmt::format("of no matter. Up to {} code points", Commas(kMaxSegmentChars)));
  ExpectSaid("glossary_service.proto",
             fmt::format("its first {} places are sent", terms::kMaxPlacesOfUse));
  ExpectSaid("match_service.proto", fmt::format("1 to {} memories", kMaxMemories));
  ExpectSaid("match_service.proto", fmt::format("sent as fragments, up to {};", kMaxGlossaries));
  ExpectSaid("match_service.proto", fmt::format("the first {} in a query", Commas(kMaxHits)));
  ExpectSaid("match_service.proto",
             fmt::format("Languages wanted, up to {}.", kMaxTargetLanguages));
  ExpectSaid("match_service.proto", fmt::format("1 to {} queries, together at most {} code points",
                                                kMaxQueries, Commas(kMaxQueryChars)));
  ExpectSaid("match_service.proto",
             fmt::format("What to look for. 1 to {} code points.", kMaxConcordanceChars));
  ExpectSaid("match_service.proto",
             fmt::format("units of more than {} MiB together", kMaxAnswerBytes >> 20));
  ExpectSaid("match_service.proto",
             fmt::format("At most {} words may have wildcards.", matching::kMaxPatterns));
  ExpectSaid("match_service.proto",
             fmt::format("other languages to send with each unit, up to {}.", kMaxTargetLanguages));
  ExpectSaid("match_service.proto",
             fmt::format("0: {}. Otherwise in `[{}, 100]`", kDefaultMinimumTenths / 10,
                         kLowestMinimumTenths / 10));
  ExpectSaid("match_service.proto",
             fmt::format("0: {}. At most {}.", kDefaultMatches, kMaxMatches));
  ExpectSaid("glossary.proto", fmt::format("1 to {} code points", kMaxTermChars));
  ExpectSaid("glossary.proto", fmt::format("preferred ones first. 1 to {}.", kMaxTermsPerSection));
  ExpectSaid("glossary.proto", fmt::format("At most {}.", kMaxForms));
  ExpectSaid("glossary_service.proto", fmt::format("1 to {} names", kMaxGlossaries));
  ExpectSaid("glossary_service.proto",
             fmt::format("1 to {} segments.", Commas(kMaxExtractSegments)));
  ExpectSaid("glossary_service.proto",
             fmt::format("leaves them out instead. Up to {}.", kMaxGlossaries));
  ExpectSaid("glossary_service.proto",
             fmt::format("At most this many candidates. 0: {}. At most {}.",
                         Commas(kDefaultCandidates), Commas(kMaxCandidates)));
  ExpectSaid("glossary_service.proto",
             fmt::format("occur less often are left out. 0: {}.", kDefaultFrequency));
  ExpectSaid("glossary_service.proto", fmt::format("examples of each candidate. 0: {}. At most {}.",
                                                   kDefaultExamples, kMaxExamples));
  ExpectSaid("glossary_service.proto", fmt::format("commonest first. At most {};", kMaxShownForms));
  ExpectSaid("glossary_service.proto", fmt::format("more than {} words, or {} different ones",
                                                   Commas(terms::WordCorpus::kMaxTokens),
                                                   Commas(terms::WordCorpus::kMaxSpellings)));
  ExpectSaid("glossary_service.proto", fmt::format("1 to {} segments", kMaxQueries));
  ExpectSaid("glossary_service.proto",
             fmt::format("What to look for. Up to {} code points.", kMaxTermChars));
  ExpectSaid("glossary_service.proto",
             fmt::format("in Estonian. Up to {} code points.", kMaxTermChars));
  ExpectSaid("glossary_service.proto",
             fmt::format("by name of the concept. At most {}.", Commas(kMaxHits)));
  ExpectSaid("glossary_service.proto",
             fmt::format("notes of the term. Up to {} code points.", Commas(kMaxNoteChars)));
}

}  // namespace
}  // namespace sild::service

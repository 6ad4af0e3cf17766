#include "client/cli/terms_output.h"

#include <sstream>

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "client/cli/display_text.h"

namespace sild::cli {
namespace {

std::string Shown(const std::string& segment, const std::string& result_text) {
  UseUtf8Locale();
  v1::RecognizeTermsResponse::Result result;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(result_text, &result));
  std::ostringstream out;
  return TermsText(Printer(out, false), segment, result);
}

TEST(TermsText, ShowsTheFormFoundItsBaseFormAndTheTranslations) {
  EXPECT_EQ(Shown("Õhus on miinid.", R"(
    hits {
      range { begin: 8 end: 14 } class: CLASS_STRICT subject_field: "sõda"
      concept_name: "glossaries/army/concepts/mine"
      term { text: "miin" status: STATUS_PREFERRED }
      translations { language_code: "lt" terms { text: "mina" status: STATUS_PREFERRED }
                                         terms { text: "bomba" status: STATUS_DEPRECATED } }
      translations { language_code: "ru" terms { text: "мина" } }
    })"),
            "Õhus on miinid.\n"
            "  miinid  = miin (preferred)  sõda, glossaries/army/concepts/mine\n"
            "        lt     mina (preferred), bomba (deprecated)\n"
            "        ru     мина");
}

TEST(TermsText, SaysWhenAHitIsNotSure) {
  EXPECT_EQ(Shown("NATO", R"(hits { range { end: 4 } class: CLASS_PROBABLE
                                    term { text: "NATO" } concept_name: "glossaries/a/concepts/n" })"),
            "NATO\n  NATO  probable, glossaries/a/concepts/n");
}

TEST(TermsText, SaysWhatToUseInsteadAndThatLettersAreMixed) {
  EXPECT_EQ(Shown("ОДКБ", R"(hits { range { end: 4 } class: CLASS_STRICT mixes_scripts: true
                                    term { text: "ОДКБ" status: STATUS_DEPRECATED }
                                    concept_name: "glossaries/a/concepts/csto"
                                    replacements { text: "KSSO" status: STATUS_PREFERRED }
                                    replacements { text: "KSSO sutartis" } })"),
            "ОДКБ\n"
            "  ОДКБ (deprecated)  mixes Latin and Cyrillic letters, glossaries/a/concepts/csto\n"
            "        instead KSSO (preferred), KSSO sutartis");
}

TEST(TermsText, DoesNotRepeatATermInItsBaseForm) {
  EXPECT_EQ(
      Shown("EL", R"(hits { range { end: 2 } class: CLASS_STRICT
                                  term { text: "EL" status: STATUS_ADMITTED type: TYPE_ACRONYM }
                                  concept_name: "glossaries/a/concepts/eu"
                                  translations { language_code: "en" terms {
                                    text: "European Union" type: TYPE_FULL_FORM } } })"),
      "EL\n  EL (admitted, acronym)  glossaries/a/concepts/eu\n        en     European Union");
}

TEST(TermsText, TellsThatThereIsNone) { EXPECT_EQ(Shown("Tere", ""), "Tere\n  no term"); }

}  // namespace
}  // namespace sild::cli

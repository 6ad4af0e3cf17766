#include "client/cli/concordance_output.h"

#include <sstream>

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "client/cli/display_text.h"

namespace sild::cli {
namespace {

std::string Shown(const std::string& hit_text, bool is_colored = false) {
  UseUtf8Locale();
  v1::SearchConcordanceResponse::Hit hit;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(hit_text, &hit));
  std::ostringstream out;
  return HitText(Printer(out, is_colored), hit);
}

constexpr char kHit[] = R"(
    unit { name: "memories/m/units/u" creator: "mari" update_time { seconds: 1717200000 }
           variants { language_code: "en" segment { text: "A union of words" } }
           variants { language_code: "et" segment { text: "Õige liidu liit" } } }
    ranges { begin: 5 end: 10 } ranges { begin: 11 end: 15 } language_code: "et")";

TEST(HitText, MarksWhatWasFoundAndShowsTheOtherLanguagesBelow) {
  EXPECT_EQ(Shown(kHit),
            "  memories/m/units/u, mari, 2024-06-01\n"
            "        et     Õige [=liidu=] [=liit=]\n"
            "        en     A union of words");
}

TEST(HitText, ColoursInsteadWhereItMay) {
  const std::string shown = Shown(kHit, true);
  EXPECT_NE(shown.find("\x1b[33;1mliidu\x1b[0m"), std::string::npos) << shown;
  EXPECT_EQ(shown.find("[="), std::string::npos) << shown;
}

TEST(HitText, ShowsTags) {
  EXPECT_EQ(Shown(R"(unit { name: "memories/m/units/u"
                            variants { language_code: "en" segment {
                              text: "Click here" tags { position: 6 data: "<b>" }
                              tags { position: 10 data: "</b>" } } }
                            variants { language_code: "et" segment {
                              text: "Siia" tags { kind: KIND_PLACEHOLDER id: 1 } } } }
                     ranges { begin: 6 end: 10 } language_code: "en")"),
            "  memories/m/units/u\n"
            "        en     Click [=<b>here=]</b>\n"
            "        et     <1/>Siia");
}

TEST(HitText, LetsNoTextSteerTheTerminal) {
  EXPECT_EQ(Shown(R"(unit { name: "memories/m/units/u"
                            variants { language_code: "en" segment { text: "a\033[31m\nb" } } }
                     ranges { begin: 1 end: 2 } language_code: "en")"),
            "  memories/m/units/u\n        en     a[=\\x1b=][31m\\nb");
}

}  // namespace
}  // namespace sild::cli

#include "server/terms/extract.h"

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/terms/form_expanders.h"
#include "server/terms/word_corpus.h"
#include "tests/support/status_matchers.h"

namespace sild::terms {
namespace {

namespace fs = std::filesystem;
using test::IsOk;
using test::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

using Pairs = std::vector<std::pair<std::string, std::string>>;

// With the dictionaries of the system, if they are there.
const FormExpanders& Expanders() {
  static const std::vector<fs::path> directories{"/usr/share/hunspell", "/usr/share/myspell"};
  static const auto expanders = FormExpanders::Load(directories, MissingDictionary::kUseRules);
  return **expanders;
}

bool HasDictionaries() { return Expanders().notes().empty(); }

ExtractLanguage Language(const std::string& code) { return {code, &Expanders().For({code})}; }

Extraction Extract(const std::string& language, const std::vector<std::string>& segments,
                   const ExtractOptions& options = {}) {
  TermExtractor extractor(Language(language), std::nullopt);
  for (const std::string& segment : segments) {
    EXPECT_THAT(extractor.Add(segment, ""), IsOk());
  }
  absl::StatusOr<Extraction> found = extractor.Run(options);
  EXPECT_THAT(found, IsOk());
  return found.ok() ? *std::move(found) : Extraction();
}

std::vector<std::string> Texts(const Extraction& extraction) {
  std::vector<std::string> texts;
  for (const ExtractedTerm& term : extraction.terms) {
    texts.push_back(term.text);
  }
  return texts;
}

// The forms with how often each occurs.
std::vector<std::string> FormsOf(const ExtractedTerm& term) {
  std::vector<std::string> forms;
  for (const CandidateForm& form : term.forms) {
    forms.push_back(form.text + " " + std::to_string(form.frequency));
  }
  return forms;
}

TEST(Extract, TakesFormsOfTheSameWordsForOneCandidate) {
  if (!HasDictionaries()) {
    GTEST_SKIP() << "the dictionaries of .ci/packages.txt are not installed";
  }
  const Extraction found = Extract(
      "lt", {"Rytų partnerystės susitikimas įvyko Vilniuje.", "Visi minėjo Rytų partnerystę.",
             "Dėl Rytų partnerystės ginčijosi visi.", "RYTŲ PARTNERYSTĖ"});
  ASSERT_THAT(Texts(found), Not(IsEmpty()));
  EXPECT_EQ(found.terms[0].text, "RYTŲ PARTNERYSTĖ");  // Its base form, of which no other is there.
  EXPECT_EQ(found.terms[0].frequency, 4U);
  EXPECT_THAT(FormsOf(found.terms[0]),
              ElementsAre("Rytų partnerystės 2", "RYTŲ PARTNERYSTĖ 1", "Rytų partnerystę 1"));
}

TEST(Extract, PrefersTheBaseFormAndTheCaseInsideSentences) {
  if (!HasDictionaries()) {
    GTEST_SKIP() << "the dictionaries of .ci/packages.txt are not installed";
  }
  const Extraction found =
      Extract("ru", {"Европейского союза там не было.", "Он видел границы Европейского союза.",
                     "Европейский союз молчит.", "Санкции не помогли.",
                     "Против санкций выступили двое.", "Были введены санкции."});
  EXPECT_THAT(Texts(found), ElementsAre("Европейский союз", "санкции"));
}

TEST(Extract, MakesTheBaseFormOfWhatOccursInOtherFormsOnly) {
  if (!HasDictionaries()) {
    GTEST_SKIP() << "the dictionaries of .ci/packages.txt are not installed";
  }
  const auto first = [](const std::string& language, const std::string& a, const std::string& b) {
    const Extraction found = Extract(language, {a, b});
    return found.terms.empty() ? "" : found.terms[0].text;
  };
  EXPECT_EQ(first("ru", "Это решение Верховного суда.", "Он был в Верховном суде."),
            "Верховный суд");
  EXPECT_EQ(first("ru", "Сын Восточной Европы.", "Он жил в Восточной Европе."), "Восточная Европа");
  EXPECT_EQ(first("ru", "Он видел границы Америки.", "Он жил в Америке."), "Америка");
  EXPECT_EQ(first("lt", "Tai buvo Sovietų Sąjungos laikais.", "Jis gyveno Sovietų Sąjungoje."),
            "Sovietų Sąjunga");
  EXPECT_EQ(first("ru", "Не видно причин санкций.", "Он живет под санкциями."), "санкция");
  // The end of the adjective tells what its noun is.
  EXPECT_EQ(first("ru", "Не знал чужого мнения.", "Он жил чужим мнением."), "чужое мнение");
  EXPECT_EQ(first("ru", "Не видно дорогого лекарства.", "Он жил дорогим лекарством."),
            "дорогое лекарство");
  EXPECT_EQ(first("ru", "Не видно верховного судьи.", "Он был верховным судьей."),
            "верховного судьи");
  // Of Lithuanian nouns in -is nothing tells whether they are men or women.
  EXPECT_EQ(first("lt", "Tai turtingos šalies laikas.", "Jis gyveno turtingoje šalyje."),
            "turtingoje šalyje");
  // The other name is inflected as well; and it is not one state.
  EXPECT_EQ(first("ru", "Он видел Сергея Лаврова.", "Мы верим Сергею Лаврову."), "Сергею Лаврову");
  EXPECT_EQ(first("ru", "Посол Соединенных Штатов.", "Он был в Соединенных Штатах."),
            "Соединенных Штатах");
}

TEST(Extract, FindsEstonianPhrasesAndEndingsBehindAHyphen) {
  if (!HasDictionaries()) {
    GTEST_SKIP() << "the dictionaries of .ci/packages.txt are not installed";
  }
  const Extraction found =
      Extract("et", {"Euroopa Liidu liikmesriigid on mures.", "Ta astus Euroopa Liitu.",
                     "Kas Euroopa Liit püsib?", "Ta ei usu NATO-le.", "Ka NATO-s on teisiti."});
  EXPECT_THAT(Texts(found), ElementsAre("Euroopa Liit", "NATO"));
  EXPECT_EQ(RangeOf("Ta ei usu NATO-le.", found.terms[1].examples[0]), (ByteRange{10, 17}));
}

TEST(Extract, LeavesOutWhatIsOnlyPartOfALongerOne) {
  const Extraction found =
      Extract("en", {"The rule of law matters.", "No rule of law there.", "Any rule of law ends."});
  EXPECT_THAT(Texts(found), ElementsAre("rule of law"));
}

TEST(Extract, NoFunctionWordOrNumberStandsAtAnEdge) {
  const Extraction found = Extract(
      "en", {"In the air base of 2014 there was a plane.",
             "In the air base of 2014 there was a plane.", "G7 and G7 but New York, a New York."});
  EXPECT_THAT(Texts(found), testing::UnorderedElementsAre("air base", "plane", "G7", "New York"));
}

TEST(Extract, CutsNoWordWithHyphens) {
  const Extraction found =
      Extract("en", {"A co-operation treaty.", "Any co-operation treaty will do."});
  EXPECT_THAT(Texts(found), ElementsAre("co-operation treaty"));
}

TEST(Extract, MinimumFrequencyAndCountOfCandidatesHold) {
  const std::vector<std::string> segments{"Fish, bread, fish, bread, fish, milk."};
  ExtractOptions options;
  options.minimum_frequency = 3;
  EXPECT_THAT(Texts(Extract("en", segments, options)), ElementsAre("fish"));
  options.minimum_frequency = 1;
  options.max_candidates = 1;
  const Extraction found = Extract("en", segments, options);
  EXPECT_THAT(Texts(found), ElementsAre("fish"));
  EXPECT_EQ(found.candidates, 3U);
  EXPECT_EQ(found.words, 12U);
}

TEST(Extract, RefusesTooManyPhrases) {
  TermExtractor extractor(Language("en"), std::nullopt);
  EXPECT_THAT(extractor.Add("Fish, bread, milk.", ""), IsOk());
  ExtractOptions options;
  options.minimum_frequency = 1;
  options.max_phrases = 2;
  EXPECT_THAT(extractor.Run(options).status(),
              StatusIs(absl::StatusCode::kResourceExhausted,
                       HasSubstr("more than 2 phrases occur 1 times or more")));
}

TEST(Extract, RanksNamesAndLongerPhrasesFirstAndWordsOfWideMeaningLast) {
  const Extraction found =
      Extract("en", {"The place of bread in an air base.", "Then Brussels saw an air base again.",
                     "No bread, no place; only Brussels knows."});
  EXPECT_THAT(Texts(found), ElementsAre("Brussels", "air base", "bread", "place"));
}

TEST(Extract, GivesAcronymsAndNamesNoBaseFormOfOtherWords) {
  if (!HasDictionaries()) {
    GTEST_SKIP() << "the dictionaries of .ci/packages.txt are not installed";
  }
  // The dictionaries have words, but no names, of which these would be forms.
  EXPECT_THAT(Texts(Extract("lt", {"Apie NATO kalba visi.", "Ar NATO padės, klausia jie."})),
              testing::Contains("NATO"));
  EXPECT_THAT(Texts(Extract("et", {"Eile oli Hiina sellest huvitatud.", "Täna ütles Hiina ei."})),
              testing::Contains("Hiina"));
  EXPECT_THAT(Texts(Extract("ru", {"Встреча с президентом Пакистана.", "Посол из Пакистана."})),
              testing::Contains("Пакистан"));
}

TEST(Extract, UsesInsideLongerPhrasesCountLess) {
  // `base` is there four times, but three of them within `air base`; `bread` twice by itself.
  const Extraction found =
      Extract("en", {"An air base, an air base, an air base or a base.", "Bread or bread."});
  EXPECT_THAT(Texts(found), ElementsAre("air base", "bread", "base"));
}

TEST(Extract, ExamplesAreOfDifferentSegments) {
  ExtractOptions options;
  options.max_examples = 2;
  const Extraction found = Extract(
      "en",
      {"fish fish", "The fish that we saw yesterday was a very big fish indeed.", "A fish, again."},
      options);
  ASSERT_EQ(found.terms[0].text, "fish");
  ASSERT_EQ(found.terms[0].examples.size(), 2U);
  EXPECT_EQ(found.terms[0].examples[0].segment, 1U);
  EXPECT_EQ(found.terms[0].examples[1].segment, 2U);
  EXPECT_EQ(found.terms[0].frequency, 5U);
  EXPECT_EQ(found.terms[0].segments, 3U);
}

TEST(Extract, RangeIsThatOfTheTextAsSent) {
  const std::string decomposed = "Vana s\u030Cokk ja s\u030Cokk, so\u00ADkk\u00AD.";
  const Extraction found = Extract("xx", {decomposed});
  ASSERT_THAT(Texts(found), ElementsAre("šokk"));
  const ByteRange range = RangeOf(decomposed, found.terms[0].examples[0]);
  EXPECT_EQ(decomposed.substr(range.begin, range.end - range.begin), "s\u030Cokk");
}

TEST(Extract, TakesAnyText) {
  const Extraction found =
      Extract("ru", {"", " ", "👩‍👩‍👧 👩‍👩‍👧", "שלום עולם שלום עולם",
                     std::string(10'000, 'a'), "日本語 日本語", "a\u0301\u0301\u0301", "„“ « »",
                     "-", "--- ---", "'", "ё Е\u0308 е"});
  for (const ExtractedTerm& term : found.terms) {
    EXPECT_FALSE(term.text.empty());
    EXPECT_FALSE(term.examples.empty());
  }
  EXPECT_THAT(Texts(found), testing::Contains("שלום עולם"));
  EXPECT_THAT(Extract("en", {}).terms, IsEmpty());
}

TEST(Extract, ScoresAreFromOneDownwards) {
  const Extraction found = Extract("en", {"Fish, fish, fish, fish.", "Bread and bread."});
  ASSERT_EQ(found.terms.size(), 2U);
  EXPECT_EQ(found.terms[0].score, 1.0);
  EXPECT_LT(found.terms[1].score, 1.0);
  EXPECT_GT(found.terms[1].score, 0.0);
}

std::string TranslationOf(const std::string& text, const Pairs& pairs) {
  TermExtractor extractor(Language("en"), Language("xx"));
  for (const auto& [source, target] : pairs) {
    EXPECT_THAT(extractor.Add(source, target), IsOk());
  }
  const absl::StatusOr<Extraction> found = extractor.Run({});
  EXPECT_THAT(found, IsOk());
  const std::vector<ExtractedTerm> terms = found.ok() ? found->terms : std::vector<ExtractedTerm>();
  for (const ExtractedTerm& term : terms) {
    if (term.text == text) {
      return term.translation;
    }
  }
  return "not a candidate";
}

TEST(ExtractedTranslation, IsWhatStandsInTheSameSegmentsOnly) {
  Pairs pairs{{"Bread and cold war.", "leipa kylmä sota"},
              {"The cold war ended.", "loppui; kylmä sota"},
              {"The bread was good.", "leipa hyvaa"},
              {"Nothing of it.", "ei mitaan"}};
  // In a handful of segments two that go together prove nothing, elsewhere only if neither is in
  // any other.
  pairs.resize(20, {"Other things.", "muuta taas"});
  EXPECT_EQ(TranslationOf("cold war", pairs), "kylmä sota");
  EXPECT_EQ(TranslationOf("bread", pairs), "leipa");
}

TEST(ExtractedTranslation, IsNeitherOneOfTwoNorOneThatIsTooLong) {
  Pairs pairs{{"Ecuador spoke.", "kansa puhui hyvaa"}, {"Of Ecuador.", "kansa; puhui hyvaa"},
              {"The bread.", "leipa musta"},           {"A bread.", "leipa musta"},
              {"Any bread.", "leipa musta"},           {"No bread.", "leipa"}};
  pairs.resize(30, {"Other things.", "muuta taas"});
  EXPECT_EQ(TranslationOf("Ecuador", pairs), "");
  EXPECT_EQ(TranslationOf("bread", pairs), "leipa");
}

TEST(ExtractedTranslation, IsNoneWhereItIsNotClear) {
  EXPECT_EQ(
      TranslationOf(
          "fish",
          {{"A fish.", "yksi"}, {"A fish.", "kaksi"}, {"Any bread.", "kolme"}, {"Any fish.", ""}}),
      "");
}

TEST(WordCorpus, RefusesTooManyWords) {
  WordCorpus corpus(5, 4);
  EXPECT_THAT(corpus.Add("a a"), IsOk());
  EXPECT_THAT(corpus.Add("a a a a"),
              StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("more than 5 words")));
  EXPECT_THAT(corpus.Add("b c d"), IsOk());
  EXPECT_EQ(corpus.token_count(), 5U);
  WordCorpus other(100, 3);
  EXPECT_THAT(other.Add("b c d e"), StatusIs(absl::StatusCode::kResourceExhausted,
                                             HasSubstr("more than 3 different words")));
  EXPECT_EQ(other.segment_count(), 0U);
}

}  // namespace
}  // namespace sild::terms

#include "server/terms/check.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/terms/form_expanders.h"
#include "tests/terms/term_builders.h"

namespace sild::terms {
namespace {

using ::sild::test::MakeTerm;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* kNames[] = {"?",          "missing",      "possibly used",
                                  "forbidden",  "superseded",   "inconsistent",
                                  "translated", "name changed", "used"};
constexpr const char* kSeverities[] = {"?", "info", "warning", "error"};

Term WithStatus(const std::string& text, TermStatus status) {
  Term term = MakeTerm(text);
  term.status = status;
  return term;
}

Term Preferred(const std::string& text) { return WithStatus(text, TermStatus::kPreferred); }
Term Deprecated(const std::string& text) { return WithStatus(text, TermStatus::kDeprecated); }

// Checks with the rules of the real languages, but without dictionaries.
class CheckTest : public ::testing::Test {
 protected:
  static const FormExpanders& Expanders() {
    static const auto expanders = FormExpanders::Load({}, MissingDictionary::kUseRules);
    return **expanders;
  }

  static text::LanguageKey Key(const std::string& language) {
    return text::LanguageKeyOf(LanguageTag::FromCanonical(language));
  }

  // Adds terms to a concept, which is new if it has none yet.
  void Add(const std::string& id, const std::string& language, std::vector<Term> terms,
           std::size_t glossary = 0) {
    GlossaryConcept made = test::MakeConcept(glossary, id, language, std::move(terms));
    for (GlossaryConcept& known : concepts_) {
      if (known.entry.name == made.entry.name) {
        known.entry.sections.push_back(std::move(made.entry.sections[0]));
        return;
      }
    }
    concepts_.push_back(std::move(made));
  }

  PairCheck Check(const std::string& source, const std::string& target) {
    const FormExpander& from = Expanders().For(Key(from_));
    const FormExpander& to = Expanders().For(Key(to_));
    source_ = std::make_unique<Recognizer>(Key(from_), concepts_, from, from.rules());
    target_ = std::make_unique<Recognizer>(Key(to_), concepts_, to, to.rules());
    checker_ = std::make_unique<TermChecker>(from_.empty() ? nullptr : source_.get(), *target_,
                                             Key(to_), to);
    return checker_->Check(source, target);
  }

  // Each finding as `error missing nato "NATO" > - write NATO`.
  std::vector<std::string> Findings(const std::string& source, const std::string& target) {
    std::vector<std::string> told;
    for (const Finding& finding : Check(source, target).findings) {
      const auto slice = [](const std::string& text, const std::optional<ByteRange>& range) {
        return range ? fmt::format("\"{}\"", text.substr(range->begin, range->end - range->begin))
                     : "-";
      };
      std::string line =
          fmt::format("{} {} {} {} > {}", kSeverities[static_cast<int>(finding.severity)],
                      kNames[static_cast<int>(finding.kind)], finding.entry->name.concept_id,
                      slice(source, finding.source_range), slice(target, finding.target_range));
      for (const Term* term : finding.suggestions) {
        line += (term == finding.suggestions.front() ? " write " : ", ") + term->text;
      }
      told.push_back(line);
    }
    return told;
  }

  std::string from_ = "en";
  std::string to_ = "et";
  std::vector<GlossaryConcept> concepts_;
  std::unique_ptr<Recognizer> source_;
  std::unique_ptr<Recognizer> target_;
  std::unique_ptr<TermChecker> checker_;
};

TEST_F(CheckTest, TermIsUsedInAnyFormAndOneUseIsEnough) {
  Add("eu", "en", {Preferred("European Union"), MakeTerm("EU")});
  Add("eu", "et", {Preferred("Euroopa Liit"), MakeTerm("EL")});
  EXPECT_THAT(Findings("The European Union and the EU.", "ELis on see nii."),
              ElementsAre(R"(info used eu "European Union" > "ELis")"));
  EXPECT_THAT(Findings("The European Union.", "Euroopa Liit."),
              ElementsAre(R"(info used eu "European Union" > "Euroopa Liit")"));
}

TEST_F(CheckTest, MissingTermIsAnErrorWithWhatToWriteBestFirst) {
  Add("eu", "en", {MakeTerm("European Union")});
  Add("eu", "et", {MakeTerm("EL"), Preferred("Euroopa Liit"), Deprecated("Euroliit")});
  EXPECT_THAT(Findings("The European Union met.", "Nad kohtusid."),
              ElementsAre(R"(error missing eu "European Union" > - write Euroopa Liit, EL)"));
}

TEST_F(CheckTest, MissingTermIsAWarningWhereNoneIsPreferredAndApproved) {
  Term proposed = Preferred("relvarahu");
  proposed.process_status = ProcessStatus::kProposed;
  Add("truce", "en", {MakeTerm("truce")});
  Add("truce", "et", {proposed, MakeTerm("vaherahu")});
  EXPECT_THAT(Findings("A truce.", "Midagi muud."),
              ElementsAre(R"(warning missing truce "truce" > - write relvarahu, vaherahu)"));
}

TEST_F(CheckTest, ConceptWithoutATermToUseIsSilent) {
  Term rejected = MakeTerm("kilp");
  rejected.process_status = ProcessStatus::kRejected;
  Add("shield", "en", {MakeTerm("shield")});
  Add("shield", "et", {rejected});
  Add("sword", "en", {MakeTerm("sword")});
  Add("sword", "lt", {MakeTerm("kardas")});
  EXPECT_THAT(Findings("Shield and sword.", "Midagi."), IsEmpty());
}

TEST_F(CheckTest, TermInsideALongerOneIsNotAskedForButCountsAsUsed) {
  Add("nato", "en", {MakeTerm("NATO")});
  Add("nato", "et", {MakeTerm("NATO")});
  Add("summit", "en", {MakeTerm("NATO summit")});
  Add("summit", "et", {MakeTerm("NATO tippkohtumine")});
  EXPECT_THAT(Findings("A NATO summit.", "Alliansi kohtumine."),
              ElementsAre(R"(warning missing summit "NATO summit" > - write NATO tippkohtumine)"));
  EXPECT_THAT(Findings("What NATO says.", "NATO tippkohtumine ütleb."),
              ElementsAre(R"(info used nato "NATO" > "NATO")"));
}

TEST_F(CheckTest, OfHomonymsOneIsEnough) {
  Add("georgia-country", "en", {MakeTerm("Georgia")});
  Add("georgia-country", "et", {MakeTerm("Gruusia")});
  Add("georgia-state", "en", {MakeTerm("Georgia")});
  Add("georgia-state", "et", {MakeTerm("Georgia")});
  EXPECT_THAT(Findings("In Georgia.", "Georgias."),
              ElementsAre(R"(info used georgia-state "Georgia" > "Georgias")"));
  EXPECT_THAT(
      Findings("In Georgia.", "Mujal."),
      ElementsAre(R"(warning missing georgia-country "Georgia" > - write Gruusia, Georgia)"));
}

TEST_F(CheckTest, TermThatTwoGlossariesHoldIsAUseOfWhatTheSourceAsksFor) {
  Add("union", "en", {MakeTerm("European Union")}, 0);
  Add("union", "et", {Preferred("Euroopa Liit"), Deprecated("Euroliit")}, 0);
  Add("eu", "en", {MakeTerm("EU")}, 1);
  Add("eu", "et", {Preferred("Euroopa Liit"), Deprecated("Euroliit")}, 1);
  EXPECT_THAT(Findings("The EU agreed.", "Euroopa Liit nõustus."),
              ElementsAre(R"(info used eu "EU" > "Euroopa Liit")"));
  EXPECT_THAT(Findings("The European Union agreed.", "Euroopa Liit nõustus."),
              ElementsAre(R"(info used union "European Union" > "Euroopa Liit")"));
  EXPECT_THAT(Findings("They agreed.", "Euroliit nõustus."),
              ElementsAre(R"(error forbidden union - > "Euroliit" write Euroopa Liit)"));
  from_ = "";
  EXPECT_THAT(Findings("", "Euroopa Liit nõustus."),
              ElementsAre(R"(info used union - > "Euroopa Liit")"));
}

TEST_F(CheckTest, ConceptIsAskedForOnceAPair) {
  Add("nato", "en", {MakeTerm("NATO")});
  Add("nato", "et", {MakeTerm("NATO")});
  EXPECT_THAT(Findings("NATO is NATO.", "Allianss on see."),
              ElementsAre(R"(warning missing nato "NATO" > - write NATO)"));
}

TEST_F(CheckTest, WhatMayBeAFormIsPossiblyUsed) {
  to_ = "lt";
  Add("shield", "en", {MakeTerm("shield")});
  Add("shield", "lt", {Preferred("skydininkas")});
  EXPECT_THAT(
      Findings("A shield.", "Mačiau skydininkystę."),
      ElementsAre(R"(info possibly used shield "shield" > "skydininkystę" write skydininkas)"));
}

// Only an editor's ban tells a form from a homograph, so it is not for a machine to alarm.
TEST_F(CheckTest, BannedFormIsPossiblyUsed) {
  Term term = Preferred("kott");
  term.banned_forms = {"koti"};
  Add("bag", "en", {MakeTerm("bag")});
  Add("bag", "et", {term});
  EXPECT_THAT(Findings("A bag.", "See koti."),
              ElementsAre(R"(info possibly used bag "bag" > "koti" write kott)"));
}

TEST_F(CheckTest, RespelledNameIsToldAsSuch) {
  to_ = "ru";
  Add("person", "en", {MakeTerm("Zhukauskas")});
  Add("person", "ru", {Preferred("Жукаускас")});
  EXPECT_THAT(
      Findings("Said Zhukauskas.", "Сказал Зукаускас."),
      ElementsAre(R"(warning name changed person "Zhukauskas" > "Зукаускас" write Жукаускас)"));
}

TEST_F(CheckTest, WordOfAnotherTermIsNotTakenForAForm) {
  Add("iran", "en", {MakeTerm("Iran")});
  Add("iran", "et", {MakeTerm("Iraan")});
  Add("iraq", "en", {MakeTerm("Iraq")});
  Add("iraq", "et", {MakeTerm("Iraak")});
  EXPECT_THAT(Findings("In Iran.", "Iraak."),
              ElementsAre(R"(warning missing iran "Iran" > - write Iraan)"));
}

TEST_F(CheckTest, DeprecatedAndSupersededTermsAreToldWhereverTheyStand) {
  to_ = "ru";
  Add("belarus", "en", {MakeTerm("Belarus")});
  Add("belarus", "ru",
      {Preferred("Беларусь"), Deprecated("Белоруссия"),
       WithStatus("БССР", TermStatus::kSuperseded)});
  EXPECT_THAT(Findings("In Belarus.", "Белоруссия и БССР"),
              ElementsAre(R"(error forbidden belarus "Belarus" > "Белоруссия" write Беларусь)",
                          R"(warning superseded belarus "Belarus" > "БССР" write Беларусь)"));
  EXPECT_THAT(Findings("There.", "Белоруссия"),
              ElementsAre(R"(error forbidden belarus - > "Белоруссия" write Беларусь)"));
}

TEST_F(CheckTest, DeprecatedTermBesideTheRightOneIsStillTold) {
  to_ = "ru";
  Add("belarus", "en", {MakeTerm("Belarus")});
  Add("belarus", "ru", {Preferred("Беларусь"), Deprecated("Белоруссия")});
  EXPECT_THAT(Findings("Belarus.", "Беларусь или Белоруссия"),
              ElementsAre(R"(info used belarus "Belarus" > "Беларусь")",
                          R"(error forbidden belarus "Belarus" > "Белоруссия" write Беларусь)"));
}

TEST_F(CheckTest, WordsThatAreRightForAnotherConceptAreNotForbidden) {
  Add("ship", "et", {Preferred("laev"), Deprecated("alus")});
  Add("basis", "et", {Preferred("alus")});
  Add("ship", "en", {MakeTerm("ship")});
  Add("basis", "en", {MakeTerm("basis")});
  EXPECT_THAT(Findings("The basis.", "See alus."),
              ElementsAre(R"(info used basis "basis" > "alus")"));
  EXPECT_THAT(Findings("The ship.", "See alus."),
              ElementsAre(R"(error forbidden ship "ship" > "alus" write laev)"));
  EXPECT_THAT(
      Findings("The ship is the basis.", "Laev on alus."),
      ElementsAre(R"(info used ship "ship" > "Laev")", R"(info used basis "basis" > "alus")"));
  EXPECT_THAT(Findings("The ship is the basis.", "See on alus."),
              ElementsAre(R"(error missing ship "ship" > - write laev)",
                          R"(info used basis "basis" > "alus")"));
}

TEST_F(CheckTest, DeprecatedTermInsideALongerTermIsNotInsteadOfTheRightOne) {
  Add("folk", "en", {MakeTerm("folk")});
  Add("folk", "et", {Preferred("inimesed"), Deprecated("rahvas")});
  Add("party", "et", {MakeTerm("Meie rahvas")});
  EXPECT_THAT(Findings("The folk voted.", "Meie rahvas hääletas."),
              ElementsAre(R"(error missing folk "folk" > - write inimesed)"));
}

TEST_F(CheckTest, DeprecatedTermInsideALongerTermIsPartOfIt) {
  Add("old", "et", {Deprecated("rahvas")});
  Add("party", "et", {MakeTerm("Meie rahvas")});
  EXPECT_THAT(Findings("It.", "Erakond Meie rahvas."), IsEmpty());
}

TEST_F(CheckTest, TermThatMustStayIsRightInAnyOfItsLanguagesAndInflected) {
  Add("lemonde", "en", {MakeTerm("Le Monde")});
  concepts_.back().entry.do_not_translate = true;
  EXPECT_THAT(Findings("Le Monde said.", "Le Monde'i sõnul."),
              ElementsAre(R"(info used lemonde "Le Monde" > "Le Monde'i")"));
  EXPECT_THAT(Findings("Le Monde said.", "Maailm ütles."),
              ElementsAre(R"(error translated lemonde "Le Monde" > - write Le Monde)"));
}

TEST_F(CheckTest, TextOfOneLanguageIsCheckedForWhatNotToUse) {
  from_ = "";
  to_ = "ru";
  Add("belarus", "ru", {Preferred("Беларусь"), Deprecated("Белоруссия")});
  Add("moldova", "ru", {Preferred("Молдова")});
  EXPECT_THAT(Findings("", "Молдова, Молдова и Белоруссия"),
              ElementsAre(R"(info used moldova - > "Молдова")",
                          R"(error forbidden belarus - > "Белоруссия" write Беларусь)"));
}

TEST_F(CheckTest, TakesTextsAsTheyCome) {
  to_ = "ru";
  Add("crimea", "en", {MakeTerm("Crimea")});
  Add("crimea", "ru", {Preferred("Крым")});
  const std::string used = "info used crimea \"Crimea\" > ";
  EXPECT_THAT(Findings("Crimea 🌉", "🌉 „Кры\u0301м“"), ElementsAre(used + "\"Кры\u0301м\""));
  EXPECT_THAT(Findings("\u202ECrimea\u00A0is", "\u2067В КРЫМУ\u2069"),
              ElementsAre(used + "\"КРЫМУ\u2069\""));
  EXPECT_THAT(Findings("", ""), IsEmpty());
  std::string source;
  std::string target;
  for (int i = 0; i < 1'400; ++i) {
    source += "Crimea ";
    target += "Крыма ";
  }
  EXPECT_THAT(Check(source, target).findings, ::testing::SizeIs(1));
}

TEST_F(CheckTest, OnlyTermsThatHaveAlternativesAreKeptAsUses) {
  Add("nato", "en", {MakeTerm("NATO")});
  Add("nato", "et", {MakeTerm("NATO")});
  Add("eu", "en", {MakeTerm("EU")});
  Add("eu", "et", {MakeTerm("EL"), MakeTerm("Euroopa Liit")});
  const PairCheck check = Check("NATO, EU.", "NATO, EL ja EL.");
  ASSERT_THAT(check.uses, ::testing::SizeIs(2));
  EXPECT_EQ(check.uses[0].target_term->text, "EL");
  EXPECT_EQ(check.uses[0].source_term->text, "EU");
  EXPECT_LT(check.uses[0].target_range.begin, check.uses[1].target_range.begin);
}

}  // namespace
}  // namespace sild::terms

// Fragments of a look-up: stored segments and terms that stand in a text without a match.

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/service/service_test.h"
#include "tests/support/status_matchers.h"

namespace sild::service {
namespace {

using ::sild::test::IsOk;
using ::sild::test::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class LookupFragmentsTest : public ServiceTest {
 protected:
  LookupFragmentsTest() {
    EXPECT_THAT((Call<v1::CreateMemoryRequest, v1::Memory>("MemoryService/CreateMemory",
                                                           R"(memory_id: "m")")),
                IsOk());
    EXPECT_THAT((Call<v1::CreateGlossaryRequest, v1::Glossary>("GlossaryService/CreateGlossary",
                                                               R"(glossary_id: "g")")),
                IsOk());
    AddUnit("gas pipeline", "gaasijuhe");
    AddConcept("eu", "European Union", "et", "Euroopa Liit");
    AddConcept("union", "union", "lt", "sąjunga");
    AddConcept("pipe", "pipeline", "et", "torujuhe");
  }

  void AddUnit(const std::string& english, const std::string& estonian) {
    v1::CreateUnitRequest request;
    request.set_parent("memories/m");
    for (const auto& [language, text] : {std::pair{"en", english}, std::pair{"et", estonian}}) {
      v1::Variant* variant = request.mutable_unit()->add_variants();
      variant->set_language_code(language);
      variant->mutable_segment()->set_text(text);
    }
    EXPECT_THAT((Call<v1::TranslationUnit>("MemoryService/CreateUnit", request)), IsOk());
  }

  void AddConcept(const std::string& id, const std::string& english, const std::string& language,
                  const std::string& translation) {
    EXPECT_THAT((Call<v1::CreateConceptRequest, v1::Concept>(
                    "GlossaryService/CreateConcept",
                    "parent: \"glossaries/g\" concept_id: \"" + id +
                        "\" concept_entry { sections { language_code: \"en\" terms { text: \"" +
                        english + "\" } } sections { language_code: \"" + language +
                        "\" terms { text: \"" + translation + "\" } } }")),
                IsOk());
  }

  // Each fragment as `8-20 gaasijuhe` or `8-20 eu: Euroopa Liit`.
  std::vector<std::string> LookUp(const std::string& query, const std::string& more,
                                  const std::string& targets = "target_language_codes: \"et\"") {
    const auto response = Call<v1::LookupMatchesRequest, v1::LookupMatchesResponse>(
        "MatchService/LookupMatches",
        R"(memories { memory: "memories/m" } source_language_code: "en" queries { segment { text: ")" +
            query + "\" } } " + targets + " " + more);
    EXPECT_THAT(response, IsOk());
    std::vector<std::string> told;
    if (!response.ok()) {
      return told;
    }
    for (const v1::Fragment& fragment : response->results(0).fragments()) {
      std::string one = std::to_string(fragment.range().begin()) + "-" +
                        std::to_string(fragment.range().end()) + " ";
      if (fragment.has_match()) {
        one += fragment.match().proposal().text();
      } else {
        EXPECT_EQ(fragment.concept_name(), fragment.term().concept_name());
        one += fragment.concept_name().substr(std::string("glossaries/g/concepts/").size());
        for (const v1::LanguageSection& section : fragment.term().translations()) {
          one += ": " + section.terms(0).text();
        }
      }
      told.push_back(one);
    }
    return told;
  }

  const std::string query_ = "🌉 Ministers of the European Union discussed a gas pipeline.";
  const std::string terms_ = "glossaries: \"glossaries/g\"";
};

TEST_F(LookupFragmentsTest, AreStoredSegmentsAndTermsInWhatIsLeft) {
  EXPECT_THAT(LookUp(query_, terms_), ElementsAre("19-33 eu: Euroopa Liit", "46-58 gaasijuhe"));
  EXPECT_THAT(LookUp(query_, ""), ElementsAre("46-58 gaasijuhe"));
}

TEST_F(LookupFragmentsTest, AreNotMadeIfExcludedOrWhereThereIsAMatch) {
  EXPECT_THAT(LookUp(query_, terms_ + " options { exclude_fragments: true }"), IsEmpty());
  AddUnit("🌉 Ministers of the European Union discussed a gas pipe.", "Arutati.");
  EXPECT_THAT(LookUp(query_, terms_), IsEmpty());
}

TEST_F(LookupFragmentsTest, TermsStandWhereTheirLanguageHasNothing) {
  const std::string both = R"(target_language_codes: "et" target_language_codes: "lt")";
  AddConcept("gas", "gas", "lt", "dujos");
  EXPECT_THAT(LookUp(query_, terms_, both),
              ElementsAre("19-33 eu: Euroopa Liit", "46-58 gaasijuhe", "46-49 gas: dujos"));
  EXPECT_THAT(LookUp(query_, terms_, R"(target_language_codes: "lt")"),
              ElementsAre("28-33 union: sąjunga", "46-49 gas: dujos"))
      << "a longer term without a translation hides none";
  EXPECT_THAT(LookUp(query_, terms_, ""),
              ElementsAre("19-33 eu: Euroopa Liit", "46-58 gaasijuhe", "46-49 gas: dujos"));
}

TEST_F(LookupFragmentsTest, ConceptsOfOneTermAreAllThere) {
  AddConcept("eu2", "European Union", "et", "Euroopa Ühendus");
  EXPECT_THAT(LookUp(query_, terms_), ElementsAre("19-33 eu: Euroopa Liit",
                                                  "19-33 eu2: Euroopa Ühendus", "46-58 gaasijuhe"));
}

TEST_F(LookupFragmentsTest, AreOfTheSegmentAsItIsNow) {
  AddUnit("Ministers of the European Union", "Euroopa Liidu ministrid");
  store_->WaitForIndexes();
  EXPECT_THAT(LookUp(query_, terms_),
              ElementsAre("2-33 Euroopa Liidu ministrid", "46-58 gaasijuhe"));
  AddUnit("Ministers of the European Union discussed", "Euroopa Liidu ministrid arutasid");
  EXPECT_THAT(LookUp(query_, terms_),
              ElementsAre("2-43 Euroopa Liidu ministrid arutasid", "46-58 gaasijuhe"));
}

TEST_F(LookupFragmentsTest, AreRefusedWhenTheirUnitsAreTooMuch) {
  v1::CreateUnitRequest unit;
  unit.set_parent("memories/m");
  for (const auto& [language, text] :
       {std::pair{"en", "crude oil"}, std::pair{"et", "toornafta"}}) {
    v1::Variant* variant = unit.mutable_unit()->add_variants();
    variant->set_language_code(language);
    variant->mutable_segment()->set_text(text);
  }
  for (int i = 0; i < 9; ++i) {
    unit.mutable_unit()->add_notes(std::string(100'000, 'n'));
  }
  ASSERT_THAT((Call<v1::TranslationUnit>("MemoryService/CreateUnit", unit)), IsOk());
  v1::LookupMatchesRequest request;
  request.add_memories()->set_memory("memories/m");
  request.set_source_language_code("en");
  request.add_target_language_codes("et");
  std::string text;
  for (int i = 0; i < 60; ++i) {
    text += "crude oil ";
  }
  request.add_queries()->mutable_segment()->set_text(text);
  EXPECT_THAT((Call<v1::LookupMatchesResponse>("MatchService/LookupMatches", request)),
              StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("exclude_fragments")));
  request.mutable_options()->set_exclude_fragments(true);
  EXPECT_THAT((Call<v1::LookupMatchesResponse>("MatchService/LookupMatches", request)), IsOk());
}

TEST_F(LookupFragmentsTest, ErrorsNameTheField) {
  const auto look_up = [this](const std::string& more) {
    return Call<v1::LookupMatchesRequest, v1::LookupMatchesResponse>(
        "MatchService/LookupMatches",
        R"(memories { memory: "memories/m" } source_language_code: "en"
           queries { segment { text: "a" } } )" +
            more);
  };
  EXPECT_THAT(look_up(R"(glossaries: "memories/m")"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("glossaries[0]")));
  EXPECT_THAT(look_up(R"(glossaries: "glossaries/none")"),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("glossaries/none")));
}

}  // namespace
}  // namespace sild::service

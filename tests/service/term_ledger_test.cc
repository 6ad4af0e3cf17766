#include "server/service/term_ledger.h"

#include <chrono>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/service/service_test.h"
#include "tests/support/status_matchers.h"

namespace sild::service {
namespace {

using ::sild::test::IsOk;
using ::sild::test::StatusIs;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Concept WithTerm(const std::string& id, const std::string& text) {
  Concept entry;
  entry.name = {"g", id};
  LanguageSection& section = entry.sections.emplace_back();
  section.language = LanguageTag::FromCanonical("et");
  section.terms.emplace_back().text = text;
  return entry;
}

TEST(TermLedger, TellsOfTheFirstConceptThatHasATermOnce) {
  TermLedger ledger;
  EXPECT_THAT(ledger.Add(WithTerm("a", "sild")), IsEmpty());
  EXPECT_THAT(ledger.Add(WithTerm("a", "sild")), IsEmpty());
  for (const char* id : {"b", "c"}) {
    const auto shared = ledger.Add(WithTerm(id, "SILD"));
    ASSERT_THAT(shared, SizeIs(1));
    EXPECT_EQ(shared[0].text, "SILD");
    EXPECT_EQ(shared[0].other_concept_id, "a");
    EXPECT_THAT(ledger.Add(WithTerm(id, "sild")), IsEmpty());
  }
}

TEST(TermLedger, TakesNoLongerForManyConceptsWithOneTerm) {
  TermLedger ledger;
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < 100'000; ++i) {
    ledger.Add(WithTerm(std::to_string(i), "sild"));
  }
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
}

class StoredTermLedgerTest : public ServiceTest {};

TEST_F(StoredTermLedgerTest, LoadingEndsWhenTheCallIsCancelled) {
  ASSERT_THAT((Call<v1::CreateGlossaryRequest, v1::Glossary>("GlossaryService/CreateGlossary",
                                                             R"(glossary_id: "g")")),
              IsOk());
  ASSERT_THAT((Call<v1::CreateConceptRequest, v1::Concept>(
                  "GlossaryService/CreateConcept",
                  R"(parent: "glossaries/g" concept_id: "a" concept_entry {
                     sections { language_code: "et" terms { text: "sild" } } })")),
              IsOk());
  const auto view = store_->CurrentView();
  TermLedger ledger;
  EXPECT_THAT(ledger.Load(*view, {"g"}, [] { return true; }),
              StatusIs(absl::StatusCode::kCancelled, HasSubstr("went away")));
  EXPECT_THAT(ledger.Load(*view, {"g"}, [] { return false; }), IsOk());
  EXPECT_THAT(ledger.Add(WithTerm("b", "sild")), SizeIs(1));
}

}  // namespace
}  // namespace sild::service

#include "server/service/term_extraction.h"

#include <string>
#include <utility>
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
using ::testing::Not;

using Candidate = v1::ExtractTermsResponse::Candidate;

class TermExtractionTest : public ServiceTest {
 protected:
  Streamed<v1::ExtractTermsResponse> Run(const std::string& request) {
    return RunStream<v1::ExtractTermsResponse>(
        "GlossaryService/ExtractTerms", std::vector{Parse<v1::ExtractTermsRequest>(request)});
  }

  std::vector<Candidate> Extract(const std::string& request) {
    const auto result = Run(request);
    EXPECT_THAT(result.status, IsOk());
    std::vector<Candidate> candidates;
    for (const v1::ExtractTermsResponse& response : result.responses) {
      candidates.insert(candidates.end(), response.candidates().begin(),
                        response.candidates().end());
    }
    return candidates;
  }

  static const Candidate* Find(const std::vector<Candidate>& candidates, const std::string& text) {
    for (const Candidate& candidate : candidates) {
      if (candidate.text() == text) {
        return &candidate;
      }
    }
    return nullptr;
  }

  void CreateMemory() {
    ASSERT_THAT((Call<v1::CreateMemoryRequest, v1::Memory>("MemoryService/CreateMemory",
                                                           R"(memory_id: "m")")),
                IsOk());
    Add("en", "The Eastern Partnership is a policy.", "de", "Die Östliche Partnerschaft zählt.");
    Add("en-GB", "They joined the Eastern Partnership in 2009.", "de",
        "2009 begann die Östliche Partnerschaft.");
    Add("en", "Nobody expected the Eastern Partnership to last.", "de",
        "Niemand gab der Östliche Partnerschaft eine Chance.");
    Add("en", "Fish live in water.", "de", "Fische leben im Wasser.");
    Add("en", "Nothing more of fish.", "de", "Mehr nicht.");
    Add("fr", "Le Partenariat oriental.", "de", "Östliche Partnerschaft.");
    for (const char* const word : {"Rain", "Snow", "Hail", "Wind", "Fog", "Sun"}) {
      Add("en", word, "de", std::string(word) + "-Wort");  // In few segments nothing is clear.
    }
  }

  void Add(const std::string& language, const std::string& text, const std::string& other_language,
           const std::string& other) {
    v1::CreateUnitRequest request;
    request.set_parent("memories/m");
    for (const auto& [code, content] : {std::pair{language, text}, {other_language, other}}) {
      v1::Variant* variant = request.mutable_unit()->add_variants();
      variant->set_language_code(code);
      variant->mutable_segment()->set_text(content);
    }
    ASSERT_THAT((Call<v1::TranslationUnit>("MemoryService/CreateUnit", request)), IsOk());
  }

  void CreateGlossary() {
    ASSERT_THAT((Call<v1::CreateGlossaryRequest, v1::Glossary>("GlossaryService/CreateGlossary",
                                                               R"(glossary_id: "g")")),
                IsOk());
    ASSERT_THAT((Call<v1::CreateConceptRequest, v1::Concept>(
                    "GlossaryService/CreateConcept",
                    R"(parent: "glossaries/g" concept_id: "eap" concept_entry {
                       sections { language_code: "en" terms { text: "Eastern Partnership" } } })")),
                IsOk());
  }
};

TEST_F(TermExtractionTest, GivesFormsAndExamplesAtCodePointsOfTheTextAsSent) {
  const auto candidates = Extract(R"(language_code: "en" text {
      segments { text: "🌉 Our õ air base is new." } segments { text: "Two air bases are there." }
      segments { text: "An air base." } })");
  ASSERT_THAT(candidates, Not(IsEmpty()));
  const Candidate& first = candidates[0];
  EXPECT_EQ(first.text(), "air base");
  EXPECT_EQ(first.frequency(), 3);
  EXPECT_EQ(first.segment_count(), 3);
  EXPECT_EQ(first.score(), 1.0);
  ASSERT_EQ(first.forms_size(), 2);
  EXPECT_EQ(first.form_count(), 2);
  EXPECT_EQ(first.forms(0).text(), "air base");
  EXPECT_EQ(first.forms(0).frequency(), 2);
  EXPECT_EQ(first.forms(1).text(), "air bases");
  ASSERT_EQ(first.examples_size(), 2);
  EXPECT_EQ(first.examples(0).text(), "🌉 Our õ air base is new.");
  EXPECT_EQ(first.examples(0).range().begin(), 8);
  EXPECT_EQ(first.examples(0).range().end(), 16);
  EXPECT_EQ(first.examples(1).segment_index(), 1);
}

TEST_F(TermExtractionTest, ReadsAMemoryAndProposesTheTranslation) {
  CreateMemory();
  const auto candidates =
      Extract(R"(memory: "memories/m" language_code: "en" target_language_code: "de")");
  const Candidate* const found = Find(candidates, "Eastern Partnership");
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->frequency(), 3);  // One of them in en-GB.
  EXPECT_EQ(found->translation(), "Östliche Partnerschaft");
  EXPECT_EQ(found->translation_count(), 3);
  EXPECT_EQ(found->translation_score(), 1.0);
  ASSERT_EQ(found->examples_size(), 2);
  EXPECT_THAT(found->examples(0).unit(), HasSubstr("memories/m/units/"));
  EXPECT_THAT(found->examples(0).target_text(), HasSubstr("Östliche Partnerschaft"));
  const Candidate* const fish = Find(candidates, "fish");
  ASSERT_NE(fish, nullptr);
  EXPECT_EQ(fish->translation(), "");  // Nothing goes with it twice.
}

TEST_F(TermExtractionTest, MarksWhatAGlossaryHasOrLeavesItOut) {
  CreateMemory();
  CreateGlossary();
  const std::string request =
      R"(memory: "memories/m" language_code: "en" known_glossaries: "glossaries/g" )";
  const auto marked = Extract(request);
  ASSERT_NE(Find(marked, "Eastern Partnership"), nullptr);
  EXPECT_THAT(Find(marked, "Eastern Partnership")->known_concepts(),
              ElementsAre("glossaries/g/concepts/eap"));
  ASSERT_NE(Find(marked, "fish"), nullptr);
  EXPECT_THAT(Find(marked, "fish")->known_concepts(), IsEmpty());
  const auto fresh = Extract(request + "exclude_known: true max_candidates: 1");
  ASSERT_EQ(fresh.size(), 1U);
  EXPECT_EQ(fresh[0].text(), "fish");
}

TEST_F(TermExtractionTest, TellsHowMuchWasReadEvenIfNothingIsFound) {
  const auto result = Run(R"(language_code: "en" text { segments { text: "Nothing here." } })");
  EXPECT_THAT(result.status, IsOk());
  ASSERT_EQ(result.responses.size(), 1U);
  EXPECT_EQ(result.responses[0].segment_count(), 1);
  EXPECT_EQ(result.responses[0].word_count(), 3);
  EXPECT_EQ(result.responses[0].candidate_count(), 0);
}

TEST_F(TermExtractionTest, TellsHowManyCandidatesThereWere) {
  const auto result = Run(R"(language_code: "en" max_candidates: 1 text {
      segments { text: "Fish, bread, fish, bread." } })");
  ASSERT_EQ(result.responses.size(), 1U);
  EXPECT_EQ(result.responses[0].candidates_size(), 1);
  EXPECT_EQ(result.responses[0].candidate_count(), 2);
}

TEST_F(TermExtractionTest, SendsManyCandidatesInSeveralMessages) {
  v1::ExtractTermsRequest request;
  request.set_language_code("en");
  request.set_max_candidates(1000);
  const std::string filler(4'000, '.');
  for (int i = 0; i < 1000; ++i) {  // Each word twice, and its examples are long.
    const std::string word = "word" + std::string(1, static_cast<char>('a' + i % 26)) +
                             std::string(1, static_cast<char>('a' + i / 26 % 26)) +
                             std::string(1, static_cast<char>('a' + i / 676));
    request.mutable_text()->add_segments()->set_text(word + filler + word);
  }
  const auto result =
      RunStream<v1::ExtractTermsResponse>("GlossaryService/ExtractTerms", std::vector{request});
  EXPECT_THAT(result.status, IsOk());
  EXPECT_GT(result.responses.size(), 1U);
  int candidates = 0;
  for (const v1::ExtractTermsResponse& response : result.responses) {
    EXPECT_LT(response.ByteSizeLong(), 3U << 20);
    candidates += response.candidates_size();
  }
  EXPECT_EQ(candidates, 1000);
}

TEST_F(TermExtractionTest, RefusesWithTheFieldThatIsWrong) {
  CreateMemory();
  const auto status = [this](const std::string& request) { return Run(request).status; };
  const std::string text = R"(text { segments { text: "Fish." } } )";
  const auto is_invalid = [](const std::string& message) {
    return StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(message));
  };
  EXPECT_THAT(status(R"(language_code: "en")"), is_invalid("corpus: "));
  EXPECT_THAT(status(text), is_invalid("language_code: "));
  EXPECT_THAT(status(text + R"(language_code: "en_US")"), is_invalid("use \"en-US\""));
  EXPECT_THAT(status(text + R"(language_code: "en" target_language_code: "de")"),
              is_invalid("target_language_code: needs a memory"));
  EXPECT_THAT(status(R"(memory: "m" language_code: "en")"), is_invalid("memory: "));
  EXPECT_THAT(status(R"(memory: "memories/m" language_code: "en" target_language_code: "en-GB")"),
              is_invalid("target_language_code: "));
  EXPECT_THAT(status(R"(text { segments { text: "a" } segments {} } language_code: "en")"),
              is_invalid("text.segments[1]"));
  EXPECT_THAT(status(text + R"(language_code: "en" exclude_known: true)"),
              is_invalid("exclude_known: "));
  EXPECT_THAT(status(text + R"(language_code: "en" known_glossaries: "x")"),
              is_invalid("known_glossaries[0]: "));
  EXPECT_THAT(status(text + R"(language_code: "en" max_candidates: 10001)"),
              is_invalid("max_candidates: "));
  EXPECT_THAT(status(text + R"(language_code: "en" max_examples: -1)"),
              is_invalid("max_examples: "));
  EXPECT_THAT(status(text + R"(language_code: "en" minimum_frequency: -1)"),
              is_invalid("minimum_frequency: "));
  EXPECT_THAT(status(R"(memory: "memories/none" language_code: "en")"),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("memories/none")));
  EXPECT_THAT(status(text + R"(language_code: "en" known_glossaries: "glossaries/none")"),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("glossaries/none")));
}

TEST_F(TermExtractionTest, TakesNoSecondRequest) {
  const auto request =
      Parse<v1::ExtractTermsRequest>(R"(language_code: "en" text { segments { text: "Fish." } })");
  RecognizerCache recognizers(Expanders());
  TermExtraction stream(*store_, Expanders(), recognizers);
  CallContext call;
  ASSERT_THAT(stream.OnRequest(call, request), IsOk());
  EXPECT_THAT(stream.OnRequest(call, request),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("one request")));
}

TEST_F(TermExtractionTest, EndsWhenTheCallIsCancelled) {
  storage::Store& store = *store_;
  RecognizerCache recognizers(Expanders());
  TermExtraction stream(store, Expanders(), recognizers);
  CallContext call;
  ASSERT_THAT(stream.OnRequest(call, Parse<v1::ExtractTermsRequest>(
                                         R"(language_code: "en" text { segments { text: "a" } })")),
              IsOk());
  call.cancelled = true;
  v1::ExtractTermsResponse response;
  EXPECT_THAT(stream.Next(call, &response).status(),
              StatusIs(absl::StatusCode::kCancelled, HasSubstr("")));
}

}  // namespace
}  // namespace sild::service

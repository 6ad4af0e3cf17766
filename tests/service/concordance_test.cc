#include "server/matching/concordance.h"

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/service/page_token.h"
#include "server/terms/related_forms.h"
#include "tests/reference/concordance.h"
#include "tests/service/service_test.h"
#include "tests/support/status_matchers.h"

namespace sild::service {
namespace {

using ::sild::test::IsOk;
using ::sild::test::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ConcordanceTest : public ServiceTest {
 protected:
  ConcordanceTest() { CreateMemory("m"); }

  void CreateMemory(const std::string& id) {
    ASSERT_THAT((Call<v1::CreateMemoryRequest, v1::Memory>("MemoryService/CreateMemory",
                                                           "memory_id: \"" + id + "\"")),
                IsOk());
  }

  void Put(const std::string& id, const std::string& et, const std::string& en) {
    const std::string unit = fmt::format(
        R"(unit {{ name: "memories/m/units/{}"
                   variants {{ language_code: "et" segment {{ text: "{}" }} }}
                   variants {{ language_code: "en" segment {{ text: "{}" }} }} }})",
        id, et, en);
    const auto updated =
        Call<v1::UpdateUnitRequest, v1::TranslationUnit>("MemoryService/UpdateUnit", unit);
    if (!updated.ok()) {
      ASSERT_THAT((Call<v1::CreateUnitRequest, v1::TranslationUnit>(
                      "MemoryService/CreateUnit",
                      unit + R"( parent: "memories/m" unit_id: ")" + id + "\"")),
                  IsOk());
    }
  }

  void Delete(const std::string& id) {
    (void)Call<v1::DeleteUnitRequest, google::protobuf::Empty>(
        "MemoryService/DeleteUnit", "name: \"memories/m/units/" + id + "\"");
  }

  // A search of the memory, in Estonian unless another language is said.
  static v1::SearchConcordanceRequest Request(const std::string& more) {
    auto request =
        Parse<v1::SearchConcordanceRequest>(R"(memories { memory: "memories/m" } )" + more);
    if (request.language_code().empty()) {
      request.set_language_code("et");
    }
    return request;
  }

  absl::StatusOr<v1::SearchConcordanceResponse> Search(
      const v1::SearchConcordanceRequest& request) {
    return Call<v1::SearchConcordanceResponse>("MatchService/SearchConcordance", request);
  }
  absl::StatusOr<v1::SearchConcordanceResponse> Search(const std::string& more) {
    return Search(Request(more));
  }

  // The ids of the hits on all pages.
  std::vector<std::string> Ids(const std::string& more) {
    v1::SearchConcordanceRequest request = Request(more);
    std::vector<std::string> ids;
    do {
      const auto page = Search(request);
      EXPECT_THAT(page, IsOk());
      if (!page.ok()) {
        break;
      }
      for (const v1::SearchConcordanceResponse::Hit& hit : page->hits()) {
        ids.push_back(hit.unit().name().substr(std::string("memories/m/units/").size()));
      }
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return ids;
  }
};

TEST_F(ConcordanceTest, HitsStandAtCodePointsOfTheTextAsStored) {
  Put("a", "🌉 Õige so\u0303na, õige.", "right");
  const auto found = Search(R"(query: "õige sõna")");
  ASSERT_THAT(found, IsOk());
  ASSERT_EQ(found->hits_size(), 1);
  const v1::SearchConcordanceResponse::Hit& hit = found->hits(0);
  EXPECT_EQ(hit.language_code(), "et");
  EXPECT_EQ(hit.unit().variants_size(), 2);
  ASSERT_EQ(hit.ranges_size(), 3);
  EXPECT_EQ(hit.ranges(0).begin(), 2);
  EXPECT_EQ(hit.ranges(0).end(), 6);
  EXPECT_EQ(hit.ranges(1).begin(), 7);
  EXPECT_EQ(hit.ranges(1).end(), 12);
  EXPECT_EQ(hit.ranges(2).begin(), 14);
  EXPECT_GT(found->revision(), 0);
  EXPECT_EQ(found->next_page_token(), "");
}

TEST_F(ConcordanceTest, FindsInflectedFormsOfTheLanguage) {
  Put("a", "x", "The bridges were old.");
  const std::string query = R"(language_code: "en-GB" query: "bridge")";
  EXPECT_THAT(Ids(query), ElementsAre("a"));
  EXPECT_THAT(Ids(query + " whole_word: true"), IsEmpty());
}

TEST_F(ConcordanceTest, FindsOtherFormsOfAFormThatIsTyped) {
  Put("a", "x", "The bridge is old.");
  Put("b", "x", "Of all bridges this one is the oldest.");
  Put("c", "x", "The bridge's end.");
  const std::string query = R"(language_code: "en" query: "Bridges")";
  EXPECT_THAT(Ids(query), ElementsAre("b", "c", "a"));
  EXPECT_THAT(Ids(query + " whole_word: true"), ElementsAre("b"));
}

TEST_F(ConcordanceTest, SendsTheLanguagesAskedForAndTheOneFound) {
  Put("a", "sild", "bridge");
  const auto found = Search(R"(query: "sild" other_language_codes: "lt")");
  ASSERT_THAT(found, IsOk());
  ASSERT_EQ(found->hits(0).unit().variants_size(), 1);
  EXPECT_EQ(found->hits(0).unit().variants(0).language_code(), "et");
}

TEST_F(ConcordanceTest, SearchesAllMemories) {
  CreateMemory("n");
  Put("a", "sild", "bridge");
  const auto found = Call<v1::SearchConcordanceRequest, v1::SearchConcordanceResponse>(
      "MatchService/SearchConcordance",
      R"(memories { memory: "memories/-" } language_code: "et" query: "sild")");
  ASSERT_THAT(found, IsOk());
  EXPECT_EQ(found->hits_size(), 1);
}

TEST_F(ConcordanceTest, PagesStayRightWhileUnitsChange) {
  for (int i = 0; i < 9; ++i) {
    Put(fmt::format("u{}", i),
        fmt::format("sild {}", std::string(static_cast<std::size_t>(i), 'x')), "y");
  }
  v1::SearchConcordanceRequest request = Request(R"(query: "sild" page_size: 4)");
  const auto first = Search(request);
  ASSERT_THAT(first, IsOk());
  ASSERT_EQ(first->hits_size(), 4);
  EXPECT_EQ(first->hits(3).unit().name(), "memories/m/units/u3");
  Delete("u3");                                // The last hit of the page.
  Put("u0", "sild ei ole enam esimene", "y");  // Moves from the first page to behind all.
  Put("v", "sild", "y");                       // Would be on the first page.
  request.set_page_token(first->next_page_token());
  const auto second = Search(request);
  ASSERT_THAT(second, IsOk());
  ASSERT_EQ(second->hits_size(), 4);
  EXPECT_EQ(second->hits(0).unit().name(), "memories/m/units/u4");
  request.set_page_token(second->next_page_token());
  const auto third = Search(request);
  ASSERT_THAT(third, IsOk());
  ASSERT_EQ(third->hits_size(), 2);
  EXPECT_EQ(third->hits(1).unit().name(), "memories/m/units/u0");
}

TEST_F(ConcordanceTest, PagesOfLongUnitsEndEarly) {
  const std::string note(100'000, 'n');
  for (int i = 0; i < 7; ++i) {
    v1::CreateUnitRequest request;
    request.set_parent("memories/m");
    v1::Variant& variant = *request.mutable_unit()->add_variants();
    variant.set_language_code("et");
    variant.mutable_segment()->set_text("sild");
    for (int note_number = 0; note_number < 9; ++note_number) {
      request.mutable_unit()->add_notes(note);
    }
    ASSERT_THAT(Call<v1::TranslationUnit>("MemoryService/CreateUnit", request), IsOk());
  }
  const auto page = Search(R"(query: "sild")");
  ASSERT_THAT(page, IsOk());
  EXPECT_LT(page->ByteSizeLong(), 4U << 20);
  EXPECT_EQ(Ids(R"(query: "sild")").size(), 7U);
}

TEST_F(ConcordanceTest, SaysWhatIsWrongAndWhere) {
  const std::vector<std::pair<std::string, std::string>> wrong = {
      {R"(query: "")", "query: has nothing to look for"},
      {R"(query: "\xff")", "query: character 0 is a byte that is not UTF-8"},
      {"query: \"" + std::string(501, 'x') + "\"", "query: has 501 characters"},
      {R"(query: "x" mode: MODE_SUBSTRING whole_word: true)", "whole_word: is not for"},
      {R"(query: "x" mode: MODE_SUBSTRING wildcards: true)", "wildcards: are not for"},
      {R"(query: "x *" wildcards: true)", "query: has a word of wildcards alone"},
      {R"(query: "x * * * * * * * * *" mode: MODE_PHRASE wildcards: true)",
       "query: has 9 words with wildcards, but at most 8 may have them; write fewer"},
      {R"(query: "x" page_size: -1)", "page_size: is negative"},
      {R"(query: "x" page_token: "eHh4")", "page_token: is not one that this list gave"},
      {R"(query: "x" other_language_codes: "en_US")", "other_language_codes[0]: "},
      {R"(query: "x" language_code: "12")", "language_code: "},
      {R"(query: "x" filter { language_codes: "!" })", "filter.language_codes[0]: "},
  };
  for (const auto& [more, message] : wrong) {
    EXPECT_THAT(Search(more), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(message)))
        << more;
  }
  EXPECT_THAT(Search(R"(query: "x" memories { memory: "memories/none" })"),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("memories[1].memory: ")));
  EXPECT_THAT((Call<v1::SearchConcordanceRequest, v1::SearchConcordanceResponse>(
                  "MatchService/SearchConcordance", R"(query: "x" language_code: "et")")),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("memories: is required")));
  v1::SearchConcordanceRequest unknown_mode = Request(R"(query: "x")");
  unknown_mode.set_mode(static_cast<v1::SearchConcordanceRequest::Mode>(77));
  EXPECT_THAT(Search(unknown_mode),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("mode: 77")));
}

TEST_F(ConcordanceTest, TokenOfAnotherSearchIsRefused) {
  Put("a", "sild", "x");
  Put("b", "sild", "x");
  const auto page = Search(R"(query: "sild" page_size: 1)");
  ASSERT_THAT(page, IsOk());
  ASSERT_NE(page->next_page_token(), "");
  EXPECT_THAT(Search(R"(query: "jõgi" page_token: ")" + page->next_page_token() + "\""),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("page_token")));
  v1::SearchConcordanceRequest made_up = Request(R"(query: "sild")");
  for (const char* place : {"x", "1 2 3", "0 0 100 4 -5 memories/m", "0 0 100 99999999999 0 x"}) {
    made_up.set_page_token(PageTokenAfter(made_up, place));
    EXPECT_THAT(Search(made_up),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("page_token: is not one")));
  }
}

// Random writes, and after some of them all that a reference finds in what is stored then.
TEST_F(ConcordanceTest, FindsWhatIsStoredNowWhateverWasBefore) {
  static const std::vector<std::string> kWords = {"sild", "sillad", "jõgi", "Sild", "suur",
                                                  "vana", "2024",   "ja",   "elu"};
  std::mt19937 random(5);
  const auto word = [&] { return kWords[random() % kWords.size()]; };
  const auto sentence = [&] {
    std::string text = word();
    for (std::size_t i = random() % 5; i > 0; --i) {
      text += " " + word();
    }
    return text;
  };
  std::size_t hits = 0;
  for (int round = 0; round < 40; ++round) {
    for (int i = 0; i < 10; ++i) {
      const std::string id = fmt::format("u{}", random() % 60);
      if (random() % 4 == 0) {
        Delete(id);
      } else {
        Put(id, sentence(), "x");
      }
    }
    if (round % 8 == 0) {
      store_->WaitForIndexes();
    }
    matching::ConcordanceOptions options;
    options.mode = static_cast<matching::ConcordanceMode>(1 + random() % 3);
    options.match_case = random() % 3 == 0;
    const std::string query =
        options.mode == matching::ConcordanceMode::kSubstring ? "il" : word() + " " + word();
    std::vector<TranslationUnit> units;
    ASSERT_THAT(store_->CurrentView()->ForEachUnit({"m"}, "",
                                                   [&units](TranslationUnit&& unit) {
                                                     units.push_back(std::move(unit));
                                                     return true;
                                                   }),
                IsOk());
    matching::ConcordanceRequest request;
    request.memories = {{"m"}};
    request.language = LanguageTag::FromCanonical("et");
    request.max_hits = 1000;
    const terms::FormExpander& expander = Expanders().For(text::LanguageKeyOf(request.language));
    const auto forms_of_word = [&expander](std::string_view of) {
      return terms::RelatedForms(expander, of);
    };
    std::vector<std::string> expected;
    for (const matching::ConcordanceHit& hit :
         reference::SearchConcordance(request, query, options, forms_of_word, units).hits) {
      expected.push_back(hit.unit.name.unit);
    }
    hits += expected.size();
    EXPECT_EQ(Ids(fmt::format("query: \"{}\" mode: {} match_case: {} page_size: 3", query,
                              static_cast<int>(options.mode), options.match_case)),
              expected)
        << query;
  }
  EXPECT_GT(hits, 100U);
}

}  // namespace
}  // namespace sild::service

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/service/service_test.h"
#include "tests/support/status_matchers.h"

namespace sild::service {
namespace {

using ::sild::test::IsOk;

constexpr std::size_t kEveryClientTakes = 4U << 20;
constexpr int kCount = 7;

// Pages of resources that are as large as may be: short enough for every client, and nothing lost.
class PageSizeTest : public ServiceTest {
 protected:
  PageSizeTest() {
    EXPECT_THAT((Call<v1::CreateMemoryRequest, v1::Memory>("MemoryService/CreateMemory",
                                                           R"(memory_id: "m")")),
                IsOk());
  }

  // A unit of some 900 KB.
  static v1::TranslationUnit LargeUnit(char filling) {
    v1::TranslationUnit unit;
    v1::Variant& variant = *unit.add_variants();
    variant.set_language_code("en");
    variant.mutable_segment()->set_text("text");
    for (int i = 0; i < 9; ++i) {
      unit.add_notes(std::string(100'000, filling));
    }
    return unit;
  }

  void Create(const std::string& id) {
    v1::CreateUnitRequest request;
    request.set_parent("memories/m");
    request.set_unit_id(id);
    *request.mutable_unit() = LargeUnit('0');
    ASSERT_THAT(Call<v1::TranslationUnit>("MemoryService/CreateUnit", request), IsOk());
  }

  // Walks all pages and returns how many units they have.
  template <typename Response, typename Request>
  int CountOverPages(const std::string& method, Request request) {
    int count = 0;
    do {
      const auto page = Call<Response>(method, request);
      EXPECT_THAT(page, IsOk());
      if (!page.ok()) {
        break;
      }
      EXPECT_LT(page->ByteSizeLong(), kEveryClientTakes);
      EXPECT_GT(page->units_size(), 0);
      count += page->units_size();
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return count;
  }
};

TEST_F(PageSizeTest, ListOfLargeUnitsIsCut) {
  for (int i = 0; i < kCount; ++i) {
    Create("u" + std::to_string(i));
  }
  v1::ListUnitsRequest request;
  request.set_parent("memories/m");
  EXPECT_EQ((CountOverPages<v1::ListUnitsResponse>("MemoryService/ListUnits", request)), kCount);
}

TEST_F(PageSizeTest, HistoryOfALargeUnitIsCut) {
  Create("u");
  for (int i = 1; i < kCount; ++i) {
    v1::UpdateUnitRequest request;
    *request.mutable_unit() = LargeUnit(static_cast<char>('0' + i));
    request.mutable_unit()->set_name("memories/m/units/u");
    request.mutable_update_mask()->add_paths("notes");
    ASSERT_THAT(Call<v1::TranslationUnit>("MemoryService/UpdateUnit", request), IsOk());
  }
  v1::ListUnitRevisionsRequest request;
  request.set_name("memories/m/units/u");
  EXPECT_EQ(
      (CountOverPages<v1::ListUnitRevisionsResponse>("MemoryService/ListUnitRevisions", request)),
      kCount);
}

TEST_F(PageSizeTest, HistoryOfManyStatesIsWalkedWhole) {
  constexpr int kStates = 40;
  Create("u");
  for (int i = 1; i < kStates; ++i) {
    v1::UpdateUnitRequest request;
    request.mutable_unit()->set_name("memories/m/units/u");
    request.mutable_unit()->set_document("d" + std::to_string(i));
    request.mutable_update_mask()->add_paths("document");
    request.mutable_update_mask()->add_paths("notes");
    ASSERT_THAT(Call<v1::TranslationUnit>("MemoryService/UpdateUnit", request), IsOk());
  }
  v1::ListUnitRevisionsRequest request;
  request.set_name("memories/m/units/u");
  request.set_page_size(7);
  EXPECT_EQ(
      (CountOverPages<v1::ListUnitRevisionsResponse>("MemoryService/ListUnitRevisions", request)),
      kStates);
}

}  // namespace
}  // namespace sild::service

#include <chrono>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/service/unit_import_fixture.h"
#include "tests/support/status_matchers.h"

namespace sild::service {
namespace {

using ::sild::test::IsOk;
using ::sild::test::StatusIs;
using ::testing::HasSubstr;

TEST_F(UnitImportTest, SameFileTwiceChangesNothing) {
  const std::string file =
      Tmx(Tu("Hello", "Tere") + Tu("Hello", "Tervist") + Tu("Bye", "Head aega"));
  const auto first = Import(file, "", 7);
  ASSERT_THAT(first.status, IsOk());
  EXPECT_EQ(first.responses.back().created_count(), 3);
  EXPECT_EQ(first.responses.back().committed_bytes(),
            static_cast<std::int64_t>(file.rfind("\n</body>")));
  const auto second = Import(file);
  EXPECT_EQ(second.responses.back().created_count(), 0);
  EXPECT_EQ(second.responses.back().unchanged_count(), 3);
  EXPECT_EQ(second.responses.back().revision(), 0);
  EXPECT_EQ(UnitCount(), 3);
}

TEST_F(UnitImportTest, WhatWasExportedIsRecognised) {
  ASSERT_THAT(Import(Tmx(Tu("Hello", "Tere") +
                         Tu("<ph x=\"1\">{0}</ph> files", "<ph x=\"1\">{0}</ph> faili")))
                  .status,
              IsOk());
  const auto again = Import(Export());
  ASSERT_THAT(again.status, IsOk());
  EXPECT_EQ(again.responses.back().unchanged_count(), 2);
  EXPECT_EQ(UnitCount(), 2);
}

TEST_F(UnitImportTest, EditedUnitIsNotPutBackByTheFileItCameFrom) {
  const std::string file = Tmx(Tu("Hello", "Tere"));
  ASSERT_THAT(Import(file).status, IsOk());
  const auto list = Call<v1::ListUnitsRequest, v1::ListUnitsResponse>("MemoryService/ListUnits",
                                                                      R"(parent: "memories/m")");
  v1::SetVariantRequest edit;
  edit.set_unit(list->units(0).name());
  edit.mutable_variant()->set_language_code("et");
  edit.mutable_variant()->mutable_segment()->set_text("Tere päevast");
  ASSERT_THAT((Call<v1::TranslationUnit>("MemoryService/SetVariant", edit)), IsOk());
  EXPECT_EQ(Import(file).responses.back().unchanged_count(), 1);
  EXPECT_EQ(UnitCount(), 1);
}

TEST_F(UnitImportTest, DryRunCountsAndStoresNothing) {
  const auto result = Import(Tmx(Tu("Hello", "Tere") + Tu("Hello", "Tere")), "validate_only: true");
  ASSERT_THAT(result.status, IsOk());
  EXPECT_EQ(result.responses.back().created_count(), 1);
  EXPECT_EQ(result.responses.back().unchanged_count(), 1);
  EXPECT_EQ(UnitCount(), 0);
}

TEST_F(UnitImportTest, BadUnitIsLeftOutWithItsLine) {
  const auto result =
      Import(Tmx(Tu("Hello", "Tere") + "<tu><tuv xml:lang=\"en\"><seg>" + std::string(10'001, 'x') +
                 "</seg></tuv></tu>\n" + Tu("Bye", "Head aega")));
  ASSERT_THAT(result.status, IsOk());
  EXPECT_EQ(result.responses.back().created_count(), 2);
  EXPECT_EQ(result.responses.back().failed_count(), 1);
  ASSERT_GE(result.responses.back().issues_size(), 1);
  EXPECT_EQ(result.responses.back().issues(0).line(), 4);
}

TEST_F(UnitImportTest, BrokenFileKeepsWhatCameBeforeAndSaysWhere) {
  const std::string file =
      Tmx(Tu("Hello", "Tere") + "<tu><tuv xml:lang=\"en\"><seg>Bye</tuv></tu>\n");
  const auto result = Import(file);
  EXPECT_THAT(result.status, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("line 4")));
  ASSERT_FALSE(result.responses.empty());  // The counts come before the error.
  EXPECT_EQ(result.responses.back().created_count(), 1);
  EXPECT_EQ(UnitCount(), 1);
}

TEST_F(UnitImportTest, AllOrNothingStoresNothingOfABrokenFile) {
  const auto result =
      Import(Tmx(Tu("Hello", "Tere") + "<tu><tuv xml:lang=\"en\"><seg>Bye</tuv></tu>\n"),
             "all_or_nothing: true");
  EXPECT_THAT(result.status, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("line 4")));
  EXPECT_EQ(result.responses.back().created_count(), 0);
  EXPECT_EQ(UnitCount(), 0);
}

TEST_F(UnitImportTest, AllOrNothingTakesALargeFileWhole) {
  std::string units;
  for (int i = 0; i < 2'500; ++i) {
    units += Tu("Segment number " + std::to_string(i), "Lõik number " + std::to_string(i));
  }
  const auto result = Import(Tmx(units), "all_or_nothing: true");
  ASSERT_THAT(result.status, IsOk());
  EXPECT_EQ(result.responses.back().created_count(), 2'500);
  EXPECT_EQ(UnitCount(), 2'500);
  EXPECT_EQ(Import(Tmx(units)).responses.back().unchanged_count(), 2'500);
}

TEST_F(UnitImportTest, EntityDeclarationsAreRefused) {
  const auto result = Import(
      "<?xml version=\"1.0\"?>\n<!DOCTYPE tmx [\n<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n<tmx "
      "version=\"1.4\"><header/><body>" +
      Tu("&x;", "&x;") + "</body></tmx>");
  EXPECT_THAT(result.status, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("line")));
  EXPECT_EQ(UnitCount(), 0);
}

TEST_F(UnitImportTest, FirstMessageMustBeTheConfig) {
  v1::ImportUnitsRequest chunk;
  chunk.set_chunk("x");
  EXPECT_THAT(
      RunStream<v1::ImportUnitsResponse>("MemoryService/ImportUnits", std::vector{chunk}).status,
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("config")));
}

TEST_F(UnitImportTest, LabelsAndLanguageMapOfTheConfigAreTaken) {
  const auto result = Import(
      Tmx("<tu><tuv xml:lang=\"EN_us\"><seg>Hello</seg></tuv><tuv "
          "xml:lang=\"estonian-x\"><seg>Tere</seg></tuv></tu>"),
      R"(labels { key: "client" value: "lrt" } language_map { key: "Estonian-X" value: "et" })");
  ASSERT_THAT(result.status, IsOk());
  const auto list = Call<v1::ListUnitsRequest, v1::ListUnitsResponse>("MemoryService/ListUnits",
                                                                      R"(parent: "memories/m")");
  ASSERT_EQ(list->units_size(), 1);
  EXPECT_EQ(list->units(0).labels().at("client"), "lrt");
  EXPECT_EQ(list->units(0).variants(0).language_code(), "en-US");
  EXPECT_EQ(list->units(0).variants(1).language_code(), "et");
}

// Far beyond what it takes; a guard against one walk of all units of a text for each of them.
TEST_F(UnitImportTest, ManyUnitsOfOneTextTakeBoundedTime) {
  constexpr int kUnits = 20'000;
  std::string units;
  for (int i = 0; i < kUnits; ++i) {
    units += Tu("OK", "Ол райт", " tuid=\"dialog-" + std::to_string(i) + "\"");
  }
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(Import(Tmx(units)).responses.back().created_count(), kUnits);
  EXPECT_EQ(Import(Tmx(units)).responses.back().unchanged_count(), kUnits);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::minutes(2));
}

TEST_F(UnitImportTest, UpdatedUnitTellsWhenAndByWhomItWasChanged) {
  ASSERT_THAT(Import(Tmx(Tu("Hello", "Tere"))).status, IsOk());
  const v1::TranslationUnit before = List().units(0);
  actor_ = "jonas";
  const auto result = Import(Tmx("<tu><tuv xml:lang=\"en\"><seg>Hello</seg></tuv><tuv "
                                 "xml:lang=\"et\" changedate=\"20990102T030405Z\" "
                                 "changeid=\"ona\"><seg>Tervist</seg></tuv></tu>"),
                             "write_policy: WRITE_POLICY_KEEP_NEWEST");
  ASSERT_EQ(result.responses.back().updated_count(), 1);
  const v1::TranslationUnit after = List().units(0);
  EXPECT_EQ(after.creator(), "mari");
  EXPECT_EQ(after.updater(), "jonas");
  EXPECT_GE(after.update_time().seconds(), before.update_time().seconds());
  EXPECT_LT(after.update_time().seconds(), before.update_time().seconds() + 3'600);
  EXPECT_NE(after.update_time().SerializeAsString(), before.update_time().SerializeAsString());
  EXPECT_EQ(after.variants(1).updater(), "ona");
  EXPECT_EQ(after.variants(1).update_time().seconds(), 4'071'006'245);
}

// 32 labels of emoji make each unit some 10 KB, and 1,000 of them more than an event may have.
TEST_F(UnitImportTest, GroupsAreMadeByAllThatUnitsHold) {
  std::string labels;
  for (int i = 0; i < 32; ++i) {
    const std::string number = std::to_string(100 + i);
    labels += "labels { key: \"" + std::string(60, 'k') + number + "\" value: \"";
    for (int c = 0; c < 63; ++c) {
      labels += "🌉";
    }
    labels += "\" } ";
  }
  std::string units;
  for (int i = 0; i < 1'000; ++i) {
    units += Tu("Bridge " + std::to_string(i), "Sild " + std::to_string(i));
  }
  const auto result = Import(Tmx(units), labels);
  EXPECT_THAT(result.status, IsOk());
  EXPECT_EQ(result.responses.back().created_count(), 1'000);
}

// The units are small, what they change is not.
TEST_F(UnitImportTest, ChangesTooLargeForOneEventBecomeSeveral) {
  std::string stored;
  std::string more;
  for (int i = 0; i < 12; ++i) {
    const std::string en = "Bridge " + std::to_string(i);
    std::string notes;
    for (int n = 0; n < 9; ++n) {
      notes += "<note>" + std::string(90'000, 'n') + "</note>";
    }
    stored += "<tu>" + notes + "<tuv xml:lang=\"en\"><seg>" + en +
              "</seg></tuv><tuv xml:lang=\"et\"><seg>Sild</seg></tuv></tu>\n";
    more += "<tu><tuv xml:lang=\"en\"><seg>" + en +
            "</seg></tuv><tuv xml:lang=\"lt\"><seg>Tiltas</seg></tuv></tu>\n";
  }
  ASSERT_THAT(Import(Tmx(stored)).status, IsOk());
  const auto result = Import(Tmx(more), "write_policy: WRITE_POLICY_KEEP_NEWEST");
  EXPECT_THAT(result.status, IsOk());
  EXPECT_EQ(result.responses.back().updated_count(), 12);
}

}  // namespace
}  // namespace sild::service

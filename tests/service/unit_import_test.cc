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
using ::testing::HasSubstr;

std::string Tu(const std::string& en, const std::string& et) {
  return "<tu><tuv xml:lang=\"en\"><seg>" + en + "</seg></tuv><tuv xml:lang=\"et\"><seg>" + et +
         "</seg></tuv></tu>\n";
}

std::string Tmx(const std::string& units) {
  return "<?xml version=\"1.0\"?>\n<tmx version=\"1.4\"><header srclang=\"en\"/><body>\n" + units +
         "</body></tmx>\n";
}

class UnitImportTest : public ServiceTest {
 protected:
  UnitImportTest() {
    EXPECT_THAT((Call<v1::CreateMemoryRequest, v1::Memory>("MemoryService/CreateMemory",
                                                           R"(memory_id: "m")")),
                IsOk());
  }

  Streamed<v1::ImportUnitsResponse> Import(const std::string& file,
                                           const std::string& more_config = "",
                                           std::size_t chunk = 100'000) {
    std::vector<v1::ImportUnitsRequest> requests;
    requests.push_back(Parse<v1::ImportUnitsRequest>(
        "config { parent: \"memories/m\" format: UNIT_FORMAT_TMX " + more_config + " }"));
    for (std::size_t at = 0; at < file.size(); at += chunk) {
      requests.emplace_back().set_chunk(file.substr(at, chunk));
    }
    return RunStream<v1::ImportUnitsResponse>("MemoryService/ImportUnits", requests);
  }

  std::string Export() {
    std::string file;
    const auto parts = RunStream<v1::ExportUnitsResponse>(
        "MemoryService/ExportUnits", std::vector{Parse<v1::ExportUnitsRequest>(
                                         "parent: \"memories/m\" format: UNIT_FORMAT_TMX")});
    EXPECT_THAT(parts.status, IsOk());
    for (const auto& part : parts.responses) {
      file += part.chunk();
    }
    return file;
  }

  std::int64_t UnitCount() {
    return (*Call<v1::GetMemoryRequest, v1::Memory>("MemoryService/GetMemory",
                                                    R"(name: "memories/m")"))
        .unit_count();
  }
};

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

}  // namespace
}  // namespace sild::service

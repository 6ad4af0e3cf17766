// `sild unit edit` and `sild unit set`.
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/client/run_fixture.h"

namespace sild::cli {
namespace {

using ::sild::test::FakeServer;
using ::sild::test::RunResult;
using ::sild::test::RunSild;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Serves a unit in three languages and keeps what it is updated to.
void ServeUnit(FakeServer& server, v1::UpdateUnitRequest& got) {
  server.methods.get_unit = [](auto&, const v1::GetUnitRequest& request,
                               v1::TranslationUnit& unit) {
    unit.set_name(request.name());
    unit.set_etag("e1");
    unit.set_source_language_code("en");
    unit.add_notes("before");
    for (const char* language : {"en", "et", "lt"}) {
      v1::Variant& variant = *unit.add_variants();
      variant.set_language_code(language);
      variant.mutable_segment()->set_text(std::string("old ") + language);
    }
    return grpc::Status::OK;
  };
  server.methods.update_unit = [&got](auto&, const v1::UpdateUnitRequest& request, auto&) {
    got = request;
    return grpc::Status::OK;
  };
}

TEST(UnitEdit, ChangesWhatIsGivenUnderTheEtagItGot) {
  FakeServer server;
  v1::UpdateUnitRequest got;
  ServeUnit(server, got);
  const RunResult run =
      RunSild(server, {"unit", "edit", "m/u", "et=uus", "--status", "approved", "--remove", "lt"});
  EXPECT_EQ(run.code, ExitCode::kDone) << run.err;
  EXPECT_EQ(got.unit().name(), "memories/m/units/u");
  EXPECT_EQ(got.unit().etag(), "e1");
  EXPECT_THAT(got.update_mask().paths(), ElementsAre("variants"));
  ASSERT_EQ(got.unit().variants_size(), 2);
  EXPECT_EQ(got.unit().variants(0).segment().text(), "old en");
  EXPECT_EQ(got.unit().variants(1).segment().text(), "uus");
  EXPECT_EQ(got.unit().variants(1).status(), v1::Variant::STATUS_APPROVED);
}

TEST(UnitEdit, AddsNotesToThoseThereAre) {
  FakeServer server;
  v1::UpdateUnitRequest got;
  ServeUnit(server, got);
  const RunResult run = RunSild(server, {"unit", "edit", "m/u", "--note", "one", "--note", "two"});
  EXPECT_EQ(run.code, ExitCode::kDone) << run.err;
  EXPECT_THAT(got.update_mask().paths(), ElementsAre("notes"));
  EXPECT_THAT(got.unit().notes(), ElementsAre("before", "one", "two"));
}

TEST(UnitEdit, NeedsAChangeOffATerminal) {
  FakeServer server;
  v1::UpdateUnitRequest got;
  ServeUnit(server, got);
  const RunResult run = RunSild(server, {"unit", "edit", "m/u"});
  EXPECT_EQ(run.code, ExitCode::kUsage);
  EXPECT_THAT(run.err, HasSubstr("nothing to change"));
}

// Serves a unit whose Estonian text has inline tags, and keeps what it is changed to.
class TaggedUnitTest : public ::testing::Test {
 protected:
  TaggedUnitTest() {
    server_.methods.get_unit = [](auto&, const v1::GetUnitRequest& request,
                                  v1::TranslationUnit& unit) {
      unit.set_name(request.name());
      unit.set_etag("e1");
      v1::Variant& english = *unit.add_variants();
      english.set_language_code("en");
      english.mutable_segment()->set_text("Click here");
      v1::Variant& estonian = *unit.add_variants();
      estonian.set_language_code("et");
      v1::Segment& segment = *estonian.mutable_segment();
      segment.set_text("Klõpsa siia");
      for (const auto& [kind, position, data] : {std::tuple(v1::Tag::KIND_OPEN, 7, "<b>"),
                                                 std::tuple(v1::Tag::KIND_CLOSE, 11, "</b>")}) {
        v1::Tag& tag = *segment.add_tags();
        tag.set_kind(kind);
        tag.set_position(position);
        tag.set_pair(1);
        tag.set_data(data);
      }
      return grpc::Status::OK;
    };
    server_.methods.update_unit = [this](auto&, const v1::UpdateUnitRequest& request, auto&) {
      updated_.push_back(request.unit());
      return grpc::Status::OK;
    };
    server_.methods.set_variant = [this](auto&, const v1::SetVariantRequest& request, auto&) {
      set_.push_back(request);
      return grpc::Status::OK;
    };
  }

  FakeServer server_;
  std::vector<v1::TranslationUnit> updated_;
  std::vector<v1::SetVariantRequest> set_;
};

TEST_F(TaggedUnitTest, TagsAreShown) {
  EXPECT_THAT(RunSild(server_, {"unit", "get", "m/u"}).out, HasSubstr("Klõpsa <b>siia</b>"));
}

TEST_F(TaggedUnitTest, EditKeepsTagsThatTheNewTextHas) {
  const RunResult run = RunSild(server_, {"unit", "edit", "m/u", "et=Vajuta <b>siia</b>!"});
  EXPECT_EQ(run.code, ExitCode::kDone) << run.err;
  ASSERT_EQ(updated_.size(), 1U);
  const v1::Segment& segment = updated_[0].variants(1).segment();
  EXPECT_EQ(segment.text(), "Vajuta siia!");
  ASSERT_EQ(segment.tags_size(), 2);
  EXPECT_EQ(segment.tags(0).position(), 7);
  EXPECT_EQ(segment.tags(0).pair(), 1);
  EXPECT_EQ(segment.tags(1).position(), 11);
}

TEST_F(TaggedUnitTest, EditNeverDropsTagsUnasked) {
  for (const char* const text :
       {"et=Vajuta siia", "et=</b>Vajuta <b>siia", "et=<b>Vajuta</b> <b>siia</b>"}) {
    const RunResult run = RunSild(server_, {"unit", "edit", "m/u", text});
    EXPECT_EQ(run.code, ExitCode::kUsage) << text;
    EXPECT_THAT(run.err, HasSubstr("as it stands in \"Klõpsa <b>siia</b>\""));
    EXPECT_THAT(run.err, HasSubstr("--drop-tags"));
  }
  EXPECT_TRUE(updated_.empty());
  EXPECT_EQ(RunSild(server_, {"unit", "edit", "m/u", "et=Vajuta siia", "--drop-tags"}).code,
            ExitCode::kDone);
  ASSERT_EQ(updated_.size(), 1U);
  EXPECT_EQ(updated_[0].variants(1).segment().text(), "Vajuta siia");
  EXPECT_EQ(updated_[0].variants(1).segment().tags_size(), 0);
}

TEST_F(TaggedUnitTest, EditOfAnotherLanguageLeavesThem) {
  EXPECT_EQ(RunSild(server_, {"unit", "edit", "m/u", "en=Click there"}).code, ExitCode::kDone);
  ASSERT_EQ(updated_.size(), 1U);
  EXPECT_EQ(updated_[0].variants(1).segment().tags_size(), 2);
}

TEST_F(TaggedUnitTest, SetKeepsTagsUnderTheEtagOfTheUnit) {
  EXPECT_EQ(RunSild(server_, {"unit", "set", "m/u", "et=Vajuta siia"}).code, ExitCode::kUsage);
  EXPECT_TRUE(set_.empty());
  EXPECT_EQ(RunSild(server_, {"unit", "set", "m/u", "et=Vajuta <b>siia</b>"}).code,
            ExitCode::kDone);
  EXPECT_EQ(RunSild(server_, {"unit", "set", "m/u", "lt=<b>Spausk</b>"}).code, ExitCode::kDone);
  ASSERT_EQ(set_.size(), 2U);
  EXPECT_EQ(set_[0].etag(), "e1");
  EXPECT_EQ(set_[0].variant().segment().text(), "Vajuta siia");
  EXPECT_EQ(set_[0].variant().segment().tags_size(), 2);
  EXPECT_EQ(set_[1].etag(), "");
  EXPECT_EQ(set_[1].variant().segment().text(), "<b>Spausk</b>") << "there were no tags";
  EXPECT_EQ(RunSild(server_, {"unit", "set", "m/u", "en=Click there"}).code, ExitCode::kDone);
  EXPECT_EQ(set_.back().etag(), "e1") << "another may have given it tags meanwhile";
}

TEST_F(TaggedUnitTest, TheCaseOfALanguageCodeMakesNoDifference) {
  EXPECT_EQ(RunSild(server_, {"unit", "set", "m/u", "ET=Vajuta siia"}).code, ExitCode::kUsage);
  EXPECT_EQ(RunSild(server_, {"unit", "edit", "m/u", "ET=Vajuta siia"}).code, ExitCode::kUsage);
  EXPECT_EQ(RunSild(server_, {"unit", "confirm", "m", "en=Yes", "EN=No"}).code, ExitCode::kUsage);
  EXPECT_TRUE(set_.empty());
  EXPECT_EQ(
      RunSild(server_, {"unit", "edit", "m/u", "ET=Vajuta <b>siia</b>", "--status", "reviewed"})
          .code,
      ExitCode::kDone);
  ASSERT_EQ(updated_.size(), 1U);
  ASSERT_EQ(updated_[0].variants_size(), 2);
  EXPECT_EQ(updated_[0].variants(1).segment().text(), "Vajuta siia");
  EXPECT_EQ(updated_[0].variants(1).segment().tags_size(), 2);
  EXPECT_EQ(updated_[0].variants(1).status(), v1::Variant::STATUS_REVIEWED);
}

TEST(UnitConfirm, SaysThatAnotherTranslationWasKept) {
  FakeServer server;
  const auto told = [&](const char* text, v1::Variant::Status status) {
    server.methods.confirm_segment = [=](auto&, const auto&, v1::ConfirmSegmentResponse& response) {
      response.set_outcome(v1::ConfirmSegmentResponse::OUTCOME_UNCHANGED);
      v1::Variant& variant = *response.mutable_unit()->add_variants();
      variant.set_language_code("et");
      variant.set_status(status);
      variant.mutable_segment()->set_text(text);
      return grpc::Status::OK;
    };
    const RunResult run = RunSild(server, {"unit", "confirm", "m", "en=Hello", "et=Tere"});
    EXPECT_EQ(run.code, ExitCode::kDone) << run.err;
    return run.out.substr(0, run.out.find('\n'));
  };
  EXPECT_EQ(told("Tere", v1::Variant::STATUS_REVIEWED), "unchanged");
  EXPECT_EQ(told("Tervist", v1::Variant::STATUS_REVIEWED),
            "kept: a reviewed translation stands; yours was not stored");
  EXPECT_EQ(told("Tervist", v1::Variant::STATUS_TRANSLATED),
            "kept: a newer translation stands; yours was not stored");
}

}  // namespace
}  // namespace sild::cli

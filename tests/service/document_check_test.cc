#include "server/service/document_check.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/service/check_fixture.h"

namespace sild::service {
namespace {

using ::sild::test::IsOk;
using ::sild::test::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using Request = v1::CheckDocumentRequest;

class DocumentCheckTest : public CheckServiceTest {
 protected:
  static Request Config(const std::string& more, const std::string& target = "ru") {
    return Parse<Request>("config { glossaries: \"glossaries/g\" target_language_code: \"" +
                          target + "\" " + more + " }");
  }

  static Request Chunk(const std::string& bytes) {
    Request request;
    request.set_chunk(bytes);
    return request;
  }

  static Request Batch(const std::vector<std::pair<std::string, std::string>>& pairs) {
    Request request;
    request.mutable_batch();
    for (const auto& [source, target] : pairs) {
      v1::SegmentPair* pair = request.mutable_batch()->add_pairs();
      pair->mutable_source()->set_text(source);
      pair->mutable_target()->set_text(target);
    }
    return request;
  }

  std::vector<std::string> Check(const std::vector<Request>& requests) {
    auto result = RunStream<v1::CheckDocumentResponse>("GlossaryService/CheckDocument", requests);
    status_ = result.status;
    responses_ = std::move(result.responses);
    findings_.clear();
    for (const auto& response : responses_) {
      findings_.insert(findings_.end(), response.findings().begin(), response.findings().end());
    }
    return Told(findings_);
  }

  const v1::CheckDocumentResponse& last() { return responses_.back(); }

  std::vector<v1::CheckDocumentResponse> responses_;
  std::vector<v1::TermFinding> findings_;
  absl::Status status_;
};

constexpr const char* kFrom = R"(source_language_code: "en")";

TEST_F(DocumentCheckTest, ChecksBatchesAndSendsTotalsAtTheEnd) {
  EXPECT_THAT(Check({Config(kFrom), Batch({{"Belarus", "Беларусь"}, {"Belarus", "Минск"}}),
                     Batch({{"Belarus", "Белоруссия"}})}),
              ElementsAre("1 KIND_MISSING: Belarus", "2 KIND_FORBIDDEN: Белоруссия"));
  EXPECT_THAT(status_, IsOk());
  EXPECT_EQ(last().counts().pair_count(), 3);
  EXPECT_EQ(last().counts().used_count(), 1);
  EXPECT_EQ(last().counts().missing_count(), 1);
  EXPECT_EQ(last().counts().forbidden_count(), 1);
}

TEST_F(DocumentCheckTest, TellsAtTheEndWhatIsInconsistent) {
  EXPECT_THAT(Check({Config(kFrom, "lt"), Batch({{"Belarus", "Gudija"}}),
                     Batch({{"Belarus", "Baltarusija"}, {"Belarus", "Baltarusija"}})}),
              ElementsAre("0 KIND_INCONSISTENT: Gudija"));
  EXPECT_EQ(findings_[0].target_range().end(), 6);
  EXPECT_EQ(last().counts().inconsistent_count(), 1);
}

TEST_F(DocumentCheckTest, ReadsXliffAndTellsThePlace) {
  const std::string file =
      "<xliff version=\"1.2\"><file original=\"a.html\" source-language=\"en\" "
      "target-language=\"ru\"><body>\n"
      "<trans-unit id=\"u1\"><source>Belarus</source><target>Минск</target></trans-unit>\n"
      "<trans-unit id=\"u2\"><source>Belarus</source><target state=\"new\">x</target>"
      "</trans-unit>\n"
      "<trans-unit id=\"u3\"><source>In <g id=\"1\">Belarus</g></source>"
      "<target>🌉 <g id=\"1\">Белоруссия</g></target></trans-unit></body></file></xliff>";
  const std::string config = std::string(kFrom) + " format: DOCUMENT_FORMAT_XLIFF";
  EXPECT_THAT(Check({Config(config), Chunk(file.substr(0, 100)), Chunk(file.substr(100))}),
              ElementsAre("0 KIND_MISSING: Belarus", "1 KIND_FORBIDDEN: Белоруссия"));
  EXPECT_THAT(status_, IsOk());
  EXPECT_EQ(findings_[0].place().line(), 2);
  EXPECT_EQ(findings_[0].place().unit_id(), "u1");
  EXPECT_EQ(findings_[0].place().document(), "a.html");
  EXPECT_EQ(findings_[1].place().line(), 4);
  EXPECT_EQ(findings_[1].pair().target().text(), "🌉 Белоруссия");
  EXPECT_EQ(findings_[1].target_range().begin(), 2);
  EXPECT_EQ(findings_[1].pair().target().tags(0).position(), 2);
  EXPECT_EQ(last().counts().pair_count(), 2);
}

TEST_F(DocumentCheckTest, ReadsTheOtherFormats) {
  const auto config = [](const std::string& format) {
    return Config(std::string(kFrom) + " format: DOCUMENT_FORMAT_" + format);
  };
  EXPECT_THAT(Check({config("TSV"), Chunk("Belarus\tМинск\n\nBelarus\tБелоруссия\n")}),
              ElementsAre("0 KIND_MISSING: Belarus", "1 KIND_FORBIDDEN: Белоруссия"));
  EXPECT_EQ(findings_[1].place().line(), 3);
  EXPECT_THAT(Check({config("PO"), Chunk("msgid \"Belarus\"\nmsgstr \"Минск\"\n")}),
              ElementsAre("0 KIND_MISSING: Belarus"));
  EXPECT_THAT(Check({config("TMX"),
                     Chunk("<tmx><header/><body><tu tuid=\"7\"><tuv lang=\"en\"><seg>Belarus</seg>"
                           "</tuv><tuv lang=\"ru\"><seg>Минск</seg></tuv></tu></body></tmx>")}),
              ElementsAre("0 KIND_MISSING: Belarus"));
  EXPECT_EQ(findings_[0].place().unit_id(), "7");
  EXPECT_THAT(Check({Config("format: DOCUMENT_FORMAT_TEXT"), Chunk("Минск.\nБелоруссия.")}),
              ElementsAre("1 KIND_FORBIDDEN: Белоруссия"));
  EXPECT_EQ(findings_[0].place().line(), 2);
}

TEST_F(DocumentCheckTest, ExceptionOfADocumentHolds) {
  ASSERT_THAT(CreateException(R"(concept_name: "glossaries/g/concepts/belarus" document: "a.txt"
                                 reason: "цитаты")"),
              IsOk());
  const std::string text = "format: DOCUMENT_FORMAT_TEXT ";
  EXPECT_THAT(Check({Config(text + R"(document: "a.txt")"), Chunk("Белоруссия")}),
              ElementsAre("0 KIND_FORBIDDEN: Белоруссия*"));
  EXPECT_EQ(last().counts().excepted_count(), 1);
  EXPECT_THAT(Check({Config(text + R"(document: "b.txt")"), Chunk("Белоруссия")}),
              ElementsAre("0 KIND_FORBIDDEN: Белоруссия"));
}

TEST_F(DocumentCheckTest, TellsWhatOfTheFileCouldNotBeChecked) {
  const std::string config = std::string(kFrom) + " format: DOCUMENT_FORMAT_TSV";
  EXPECT_THAT(Check({Config(config), Chunk("no tab\nBelarus\tМинск\n")}),
              ElementsAre("0 KIND_MISSING: Belarus"));
  ASSERT_EQ(responses_[0].issues_size(), 1);
  EXPECT_EQ(responses_[0].issues(0).line(), 1);
  EXPECT_THAT(responses_[0].issues(0).message(), HasSubstr("no tab"));
  EXPECT_TRUE(responses_[0].issues(0).dropped());
  EXPECT_EQ(last().issue_count(), 1);
}

TEST_F(DocumentCheckTest, SendsWhatItFoundBeforeAFileBreaks) {
  const std::string config = std::string(kFrom) + " format: DOCUMENT_FORMAT_XLIFF";
  EXPECT_THAT(Check({Config(config), Chunk("<xliff><file><body><trans-unit><source>Belarus</source>"
                                           "<target>Минск</target></trans-unit></wrong>")}),
              ElementsAre("0 KIND_MISSING: Belarus"));
  EXPECT_THAT(status_, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("line 1")));
}

TEST_F(DocumentCheckTest, TellsWhatIsWrongAndWhere) {
  const auto refused = [&](const std::vector<Request>& requests) {
    EXPECT_THAT(Check(requests), IsEmpty());
    EXPECT_THAT(status_, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("")));
    return std::string(status_.message());
  };
  EXPECT_THAT(refused({}), HasSubstr("config: "));
  EXPECT_THAT(refused({Batch({{"a", "b"}})}), HasSubstr("config: "));
  EXPECT_THAT(refused({Config(""), Config("")}), HasSubstr("batch: "));
  EXPECT_THAT(refused({Config(""), Chunk("x")}), HasSubstr("batch: "));
  EXPECT_THAT(refused({Config("format: DOCUMENT_FORMAT_PO"), Batch({{"a", "b"}})}),
              HasSubstr("chunk: "));
  EXPECT_THAT(refused({Config(""), Batch({})}), HasSubstr("batch.pairs: "));
  EXPECT_THAT(refused({Config(""), Batch({{"a", "b"}, {"a", ""}})}),
              HasSubstr("batch.pairs[1].target.text"));
  EXPECT_THAT(refused({Config("format: 99")}), HasSubstr("config.format: "));
  EXPECT_THAT(refused({Config("", "")}), HasSubstr("config.target_language_code: "));
  EXPECT_THAT(refused({Config(std::string(kFrom) + " format: DOCUMENT_FORMAT_TEXT")}),
              HasSubstr("config.source_language_code: "));
  EXPECT_THAT(
      refused({Config("format: DOCUMENT_FORMAT_PO"), Chunk(std::string((1 << 20) + 1, 'x'))}),
      HasSubstr("chunk: has 1048577 bytes"));
}

// One answer never has more than a client takes, and the next part of a document waits meanwhile.
TEST_F(DocumentCheckTest, ManyFindingsComeInSeveralAnswers) {
  std::string text;
  for (int i = 0; i < 2'500; ++i) {
    text += "Белоруссия\n";
  }
  EXPECT_THAT(Check({Config("format: DOCUMENT_FORMAT_TEXT"), Chunk(text)}), SizeIs(2'500));
  EXPECT_GT(responses_.size(), 2U);
  for (const auto& response : responses_) {
    EXPECT_LT(response.ByteSizeLong(), 3U << 20);
  }
  CallContext call;
  RecognizerCache recognizers(Expanders());
  DocumentCheck stream({*store_, Expanders(), recognizers});
  ASSERT_THAT(stream.OnRequest(call, Config("format: DOCUMENT_FORMAT_TEXT")), IsOk());
  EXPECT_TRUE(stream.wants_request());
  ASSERT_THAT(stream.OnRequest(call, Chunk(text)), IsOk());
  EXPECT_FALSE(stream.wants_request());
  v1::CheckDocumentResponse response;
  int answers = 0;
  while (*stream.Next(call, &response) == Stream::State::kMessage) {
    ++answers;
  }
  EXPECT_GT(answers, 1);
  EXPECT_TRUE(stream.wants_request());
}

// Each finding has the texts of its pair.
TEST_F(DocumentCheckTest, ManyFindingsOfOnePairComeInSeveralAnswersAndTheRestBehindThem) {
  std::string target;
  for (int i = 0; i < 900; ++i) {
    target += "Белоруссия ";
  }
  const std::string config = std::string(kFrom) + " format: DOCUMENT_FORMAT_";
  const auto expect_all = [&](const std::vector<std::string>& told) {
    ASSERT_THAT(told, SizeIs(901));
    EXPECT_EQ(told[899], "0 KIND_FORBIDDEN: Белоруссия");
    EXPECT_EQ(told[900], "1 KIND_MISSING: Belarus");
    EXPECT_GT(responses_.size(), 10U);
    for (const auto& response : responses_) {
      EXPECT_LT(response.ByteSizeLong(), 2U << 20);
    }
    EXPECT_EQ(last().counts().pair_count(), 2);
  };
  expect_all(Check({Config(config + "TSV"), Chunk("Belarus\t" + target + "\nBelarus\tМинск")}));
  EXPECT_THAT(status_, IsOk());
  const std::string unit = "<trans-unit><source>Belarus</source><target>";
  const std::string end = "</target></trans-unit>";
  expect_all(Check({Config(config + "XLIFF"), Chunk("<xliff><file><body>" + unit + target + end +
                                                    unit + "Минск" + end + "</wrong>")}));
  EXPECT_THAT(status_, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("line 1")));
}

TEST_F(DocumentCheckTest, EmptyDocumentHasTotals) {
  EXPECT_THAT(Check({Config("format: DOCUMENT_FORMAT_TEXT")}), IsEmpty());
  EXPECT_THAT(status_, IsOk());
  ASSERT_THAT(responses_, SizeIs(1));
  EXPECT_EQ(last().counts().pair_count(), 0);
}

}  // namespace
}  // namespace sild::service

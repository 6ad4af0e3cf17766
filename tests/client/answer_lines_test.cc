#include "client/cli/answer_lines.h"

#include <algorithm>
#include <cstdio>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "client/cli/errors.h"
#include "include/sild/client.h"
#include "tests/support/status_matchers.h"

namespace sild::cli {
namespace {

using ::sild::test::IsOk;
using ::sild::test::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Answers each line with `<line>`, and refuses what `refuses` holds for.
class AnswerLinesTest : public ::testing::Test {
 protected:
  absl::Status Answer(const std::string& input) {
    FILE* const file = tmpfile();
    fwrite(input.data(), 1, input.size(), file);
    rewind(file);
    LineReader reader(fileno(file));
    Printer printer(out_, false);
    const absl::Status status = AnswerLines(reader, Answers(), printer);
    fclose(file);
    return status;
  }

  LineAnswers Answers() {
    LineAnswers answers;
    answers.ask =
        [this](std::span<const std::string> lines) -> absl::StatusOr<std::vector<std::string>> {
      batches_.push_back(lines.size());
      if (std::ranges::any_of(lines, refuses_)) {
        return refusal_;
      }
      std::vector<std::string> shown;
      for (const std::string& line : lines) {
        shown.push_back("<" + line + ">");
      }
      return shown;
    };
    answers.blank = [] { return std::string("{}"); };
    answers.refuse = [](std::size_t number, const absl::Status& status) {
      return std::to_string(number) + ": " + absl::StatusCodeToString(status.code());
    };
    return answers;
  }

  std::function<bool(const std::string&)> refuses_ = [](const std::string&) { return false; };
  absl::Status refusal_ = absl::InvalidArgumentError("no");
  std::vector<std::size_t> batches_;
  std::ostringstream out_;
};

TEST_F(AnswerLinesTest, AnswersLineForLineInOrder) {
  ASSERT_THAT(Answer("õ\n\n  \t\nб\n"), IsOk());
  EXPECT_EQ(out_.str(), "<õ>\n{}\n{}\n<б>\n");
}

TEST_F(AnswerLinesTest, SendsWhatWaitsAtOnceAndBlankLinesDoNotPartIt) {
  ASSERT_THAT(Answer("a\n\nb\n\nc\n"), IsOk());
  EXPECT_THAT(batches_, ElementsAre(3));
}

TEST_F(AnswerLinesTest, SendsAtMostAHundredLinesAtOnce) {
  std::string input;
  for (int i = 0; i < 250; ++i) {
    input += "line\n";
  }
  ASSERT_THAT(Answer(input), IsOk());
  EXPECT_THAT(batches_, ElementsAre(100, 100, 50));
}

TEST_F(AnswerLinesTest, SendsNoMoreTextAtOnceThanTheApiTakes) {
  const std::string line(90'000, 'x');
  ASSERT_THAT(Answer(line + "\n" + line + "\n" + line + "\n"), IsOk());
  EXPECT_THAT(batches_, ElementsAre(2, 1));
}

TEST_F(AnswerLinesTest, LetsARefusedLineNotSpoilTheOthers) {
  refuses_ = [](const std::string& line) { return line == "bad"; };
  EXPECT_THAT(Answer("a\nbad\n\nb\n"),
              StatusIs(absl::StatusCode::kFailedPrecondition, "1 of 4 lines was refused"));
  EXPECT_EQ(out_.str(), "<a>\n2: INVALID_ARGUMENT\n{}\n<b>\n");
}

TEST_F(AnswerLinesTest, RefusesBytesThatAreNotUtf8WithoutAsking) {
  EXPECT_FALSE(Answer("a\nt\xe4na\nb\n").ok());
  EXPECT_EQ(out_.str(), "<a>\n2: INVALID_ARGUMENT\n<b>\n");
  EXPECT_THAT(batches_, ElementsAre(2));
}

TEST_F(AnswerLinesTest, RefusesALineThatIsFarTooLong) {
  EXPECT_FALSE(Answer(std::string(LineReader::kLongestBytes + 1, 'x') + "\nb\n").ok());
  EXPECT_EQ(out_.str(), "1: INVALID_ARGUMENT\n<b>\n");
}

TEST_F(AnswerLinesTest, DoesNotAskAgainWhereEachLineWouldGetTheSame) {
  refuses_ = [](const std::string&) { return true; };
  refusal_ = absl::NotFoundError("no memory memories/x");
  EXPECT_FALSE(Answer("a\nb\n").ok());
  EXPECT_EQ(out_.str(), "1: NOT_FOUND\n2: NOT_FOUND\n");
  EXPECT_THAT(batches_, ElementsAre(2));
}

TEST_F(AnswerLinesTest, EndsAtOnceIfTheServerCannotBeReached) {
  client::ClientOptions options;
  options.address = "unix:/nowhere/sild.sock";
  options.retry.max_attempts = 1;
  refusal_ = client::Client::Connect(options)->GetStats({}).status();
  refuses_ = [](const std::string&) { return true; };
  EXPECT_EQ(ExitCodeOf(Answer("a\nb\n")), ExitCode::kUnreachable);
  EXPECT_EQ(out_.str(), "");
}

TEST(CheckLine, SaysWhatToDo) {
  EXPECT_THAT(CheckLine({.text = "t\xe4na"}),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("iconv")));
}

}  // namespace
}  // namespace sild::cli

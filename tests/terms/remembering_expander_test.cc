#include "server/terms/remembering_expander.h"

#include <memory>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sild::terms {
namespace {

// Counts how often it is asked.
class CountingExpander : public FormExpander {
 public:
  explicit CountingExpander(int& calls) : calls_(calls) {}

  std::string version() const override { return "counting"; }
  std::vector<Form> Expand(const Term& /*term*/, std::string_view word, std::size_t /*position*/,
                           std::size_t /*words*/) const override {
    ++calls_;
    return {{std::string(word), HitClass::kStrict}, {std::string(word) + "s", HitClass::kStrict}};
  }
  std::vector<BaseForm> BasesOf(std::string_view word) const override {
    return {{std::string(word.substr(1)), WordKind::kNoun, Trust::kSure}};
  }

 private:
  int& calls_;
};

class RememberingExpanderTest : public testing::Test {
 protected:
  static std::string Ask(const FormExpander& expander, const std::string& word) {
    return expander.Expand({}, word, 0, 1).at(1).text;
  }

  int calls_ = 0;
};

TEST_F(RememberingExpanderTest, MakesTheFormsOfAWordOnce) {
  const RememberingExpander expander(std::make_unique<CountingExpander>(calls_));
  EXPECT_EQ(Ask(expander, "sild"), "silds");
  EXPECT_EQ(Ask(expander, "sild"), "silds");
  EXPECT_EQ(calls_, 1);
  EXPECT_EQ(Ask(expander, "Sild"), "Silds");  // A capital may make other forms.
  EXPECT_EQ(calls_, 2);
}

TEST_F(RememberingExpanderTest, TakesNoMoreMemoryThanItMay) {
  const RememberingExpander expander(std::make_unique<CountingExpander>(calls_), 400);
  Ask(expander, "a");
  Ask(expander, "b");
  Ask(expander, "c");
  Ask(expander, "c");
  EXPECT_EQ(calls_, 3);
  Ask(expander, "a");  // Forgotten since.
  EXPECT_EQ(calls_, 4);
  const std::string long_word(1'000, 'x');
  EXPECT_EQ(Ask(expander, long_word), long_word + "s");
  Ask(expander, long_word);
  EXPECT_EQ(calls_, 6);
}

TEST_F(RememberingExpanderTest, TellsAllElseAsTheOther) {
  const RememberingExpander expander(std::make_unique<CountingExpander>(calls_));
  EXPECT_EQ(expander.version(), "counting");
  EXPECT_EQ(expander.BasesOf("abc").at(0).text, "bc");
}

}  // namespace
}  // namespace sild::terms

#include "server/terms/consistency.h"

#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/terms/term_builders.h"

namespace sild::terms {
namespace {

using ::sild::test::MakeTerm;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Each as `place: used (times) instead`.
std::vector<std::string> Told(const ConsistencyCheck& check) {
  std::vector<std::string> told;
  for (const Inconsistency& found : check.Findings()) {
    told.push_back(fmt::format("{}: {} ({}) {}", found.place, found.used->text, found.use_count,
                               found.instead->text));
  }
  return told;
}

class ConsistencyTest : public ::testing::Test {
 protected:
  void Use(const Term& term, std::size_t place, const Term* source = nullptr) {
    check_.Add({&entry_, source, &term, {}}, place);
  }

  Concept entry_;
  ConsistencyCheck check_;
  const Term georgia_ = MakeTerm("Gruzija");
  const Term sakartvelo_ = MakeTerm("Sakartvelas");
};

TEST_F(ConsistencyTest, MostUsedTermIsRight) {
  Use(georgia_, 0);
  Use(sakartvelo_, 1);
  Use(sakartvelo_, 2);
  EXPECT_THAT(Told(check_), ElementsAre("0: Gruzija (1) Sakartvelas"));
}

TEST_F(ConsistencyTest, OfTermsUsedAlikeTheFirstIsRight) {
  Use(georgia_, 0);
  Use(sakartvelo_, 1);
  EXPECT_THAT(Told(check_), ElementsAre("1: Sakartvelas (1) Gruzija"));
}

TEST_F(ConsistencyTest, PreferredTermIsRightHoweverSeldom) {
  Term preferred = MakeTerm("Sakartvelas");
  preferred.status = TermStatus::kPreferred;
  Use(georgia_, 0);
  Use(georgia_, 1);
  Use(preferred, 2);
  EXPECT_THAT(Told(check_),
              ElementsAre("0: Gruzija (2) Sakartvelas", "1: Gruzija (2) Sakartvelas"));
}

TEST_F(ConsistencyTest, OneTermIsConsistent) {
  Use(georgia_, 0);
  Use(georgia_, 1);
  EXPECT_THAT(Told(check_), IsEmpty());
}

TEST_F(ConsistencyTest, TranslationsOfDifferentTermsMayDiffer) {
  const Term burma = MakeTerm("Burma");
  const Term myanmar = MakeTerm("Myanmar");
  Use(georgia_, 0, &burma);
  Use(sakartvelo_, 1, &myanmar);
  EXPECT_THAT(Told(check_), IsEmpty());
}

TEST_F(ConsistencyTest, AcronymAndShortFormMayStandBesideTheFullForm) {
  Term acronym = MakeTerm("KSSO");
  Term short_form = MakeTerm("Sutartis");
  short_form.type = TermType::kShortForm;
  const Term full = MakeTerm("Kolektyvinio saugumo organizacija");
  Use(full, 0);
  Use(acronym, 1);
  Use(short_form, 2);
  EXPECT_THAT(Told(check_), IsEmpty());
}

TEST_F(ConsistencyTest, SurnameMayStandForTheName) {
  const Term name = MakeTerm("Александр Лукашенко");
  const Term surname = MakeTerm("Лукашенко");
  const Term other = MakeTerm("Лукашенка");
  Use(name, 0);
  Use(surname, 1);
  Use(other, 2);
  EXPECT_THAT(Told(check_), ElementsAre("2: Лукашенка (1) Александр Лукашенко"));
}

TEST_F(ConsistencyTest, KeepsTheFirstPlacesAndCountsAll) {
  for (std::size_t i = 0; i < 150; ++i) {
    Use(georgia_, i);
  }
  std::size_t kept = 0;
  for (std::size_t i = 150; i < 290; ++i) {
    kept += check_.Add({&entry_, nullptr, &sakartvelo_, {}}, i) ? 1U : 0U;
  }
  EXPECT_EQ(kept, kMaxPlacesOfUse);
  const auto findings = check_.Findings();
  ASSERT_EQ(findings.size(), kMaxPlacesOfUse);
  EXPECT_EQ(findings.back().place, 249U);
  EXPECT_EQ(findings.back().use_count, 140);
}

}  // namespace
}  // namespace sild::terms

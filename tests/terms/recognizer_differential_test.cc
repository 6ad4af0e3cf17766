#include <array>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/terms/recognizer.h"
#include "tests/reference/recognizer.h"

namespace sild::terms {
namespace {

// Words that differ by little, pieces of words, and what stands between words.
constexpr std::array<std::string_view, 40> kWords = {"sild",
                                                     "Sild",
                                                     "SILD",
                                                     "silla",
                                                     "nato",
                                                     "NATO",
                                                     "Nato",
                                                     "el",
                                                     "EL",
                                                     "ELi",
                                                     "ELI",
                                                     "C",
                                                     "мост",
                                                     "МОСТ",
                                                     "мо\xCC\x81ст",
                                                     "моcт",  // The Latin c.
                                                     "cмocт",
                                                     "ёлка",
                                                     "Елка",
                                                     "š",
                                                     "s\xCC\x8C",
                                                     "Šilas",
                                                     "s\xCC\x8Cilas",
                                                     "й",
                                                     "и\xCC\x86",
                                                     "d'un",
                                                     "d’un",
                                                     "橋",
                                                     "橋本",
                                                     "שלום",
                                                     "سلام",
                                                     "ß",
                                                     "7",
                                                     "G7",
                                                     "_",
                                                     "👍",
                                                     "👨\xE2\x80\x8D👩",
                                                     "i",
                                                     "le",
                                                     "st"};
constexpr std::array<std::string_view, 28> kBetween = {" ",
                                                       " ",
                                                       " ",
                                                       " ",
                                                       "\n",
                                                       "-",
                                                       "-",
                                                       "-",
                                                       "\xE2\x80\x91",
                                                       "",
                                                       "'",
                                                       "\xCA\xBC",
                                                       "\xC2\xA0",
                                                       "\xE2\x80\xAF",
                                                       "\xC2\xAD",
                                                       "\xCC\x81",
                                                       "\xE2\x80\x8B",
                                                       ", ",
                                                       ". ",
                                                       "+",
                                                       "#",
                                                       "&",
                                                       "--",
                                                       "''",
                                                       "-\xCC\x81",
                                                       "'\xC2\xAD",
                                                       "\xCC\xA7",
                                                       "\xE2\x80\x8F"};

class Maker {
 public:
  explicit Maker(std::uint32_t seed) : random_(seed) {}

  std::size_t Number(std::size_t end) {
    return std::uniform_int_distribution<std::size_t>(0, end - 1)(random_);
  }
  bool OneIn(std::size_t n) { return Number(n) == 0; }

  // Up to `max_words` words and what stands between them.
  std::string Text(std::size_t max_words) {
    std::string text(OneIn(8) ? kBetween[Number(kBetween.size())] : "");
    for (std::size_t left = 1 + Number(max_words); left > 0; --left) {
      text += kWords[Number(kWords.size())];
      if (left > 1 || OneIn(8)) {
        text += kBetween[Number(kBetween.size())];
      }
    }
    return text;
  }

  Term RandomTerm() {
    Term term;
    term.text = Text(OneIn(3) ? 3 : 1);
    term.matching = OneIn(6)   ? TermMatching::kExact
                    : OneIn(6) ? TermMatching::kCaseSensitive
                               : TermMatching::kInflected;
    term.process_status = OneIn(10) ? ProcessStatus::kRejected : ProcessStatus::kApproved;
    term.match_compounds = OneIn(3);
    if (OneIn(6)) {
      term.extra_forms.push_back(Text(2));
    }
    if (OneIn(4)) {
      term.banned_forms.push_back(OneIn(2) ? term.text : Text(2));
    }
    return term;
  }

  std::vector<GlossaryConcept> Concepts() {
    std::vector<GlossaryConcept> concepts;
    for (std::size_t left = 1 + Number(15); left > 0; --left) {
      GlossaryConcept source;
      source.glossary = Number(3);
      source.entry.name = {"g", "c" + std::to_string(Number(1'000'000))};
      LanguageSection section;
      section.language = LanguageTag::FromCanonical(OneIn(8) ? "lt" : "et");
      for (std::size_t terms = 1 + Number(2); terms > 0; --terms) {
        section.terms.push_back(RandomTerm());
      }
      source.entry.sections.push_back(std::move(section));
      concepts.push_back(std::move(source));
    }
    return concepts;
  }

 private:
  std::mt19937 random_;
};

// Endings with and without a hyphen, of several classes.
class EndingsExpander : public FormExpander {
 public:
  std::string version() const override { return "endings"; }
  std::vector<Form> Expand(const Term& /*term*/, std::string_view word, std::size_t /*position*/,
                           std::size_t /*words*/) const override {
    const std::string stem(word);
    return {{stem, HitClass::kStrict},           {stem + "i", HitClass::kStrict},
            {stem + "a", HitClass::kProbable},   {stem + "aga", HitClass::kStrict},
            {stem + "-i", HitClass::kStrict},    {stem + "-le", HitClass::kProbable},
            {stem + " st", HitClass::kStrict},   {stem + "-le-i", HitClass::kStrict},
            {stem + stem, HitClass::kProbable},  {"", HitClass::kStrict},
            {stem + "'st", HitClass::kProbable}, {"st-" + stem, HitClass::kStrict}};
  }
};

// Everything about the hits of one text, a line each.
std::string Lines(const std::vector<Hit>& hits) {
  std::string lines;
  for (const Hit& hit : hits) {
    lines += std::to_string(hit.range.begin) + "-" + std::to_string(hit.range.end) + " " +
             std::to_string(hit.glossary) + "/" + hit.entry->name.concept_id + " " +
             hit.term->text + " " + std::to_string(static_cast<int>(hit.hit_class)) +
             (hit.mixes_scripts ? " mixed" : "") + "\n";
  }
  return lines;
}

TEST(RecognizerDifferential, FindsWhatThePlainVersionFinds) {
  const text::LanguageKey language = text::LanguageKeyOf(LanguageTag::FromCanonical("et"));
  LanguageRules rules;
  rules.is_word = [](std::string_view word) { return word.size() % 2 == 1 || word == "eli"; };
  std::size_t hits = 0;
  std::array<std::size_t, 5> of_class{};
  std::size_t mixed = 0;
  for (std::uint32_t seed = 1; seed <= 1'500; ++seed) {
    Maker maker(seed);
    const std::vector<GlossaryConcept> concepts = maker.Concepts();
    const Recognizer recognizer(language, concepts, EndingsExpander(), rules);
    const reference::Recognizer plain(language, concepts, EndingsExpander(), rules);
    for (int i = 0; i < 20; ++i) {
      const std::string text = maker.Text(25);
      const bool include_nested = maker.OneIn(2);
      const std::vector<Hit> found = recognizer.Recognize(text, {include_nested});
      ASSERT_EQ(Lines(found), Lines(plain.Recognize(text, include_nested)))
          << "seed " << seed << ": " << text;
      hits += found.size();
      for (const Hit& hit : found) {
        ++of_class[static_cast<std::size_t>(hit.hit_class)];
        mixed += hit.mixes_scripts ? 1 : 0;
      }
    }
  }
  EXPECT_GT(hits, 10'000U) << "the texts have too few terms to tell anything";
  EXPECT_GT(of_class[static_cast<std::size_t>(HitClass::kProbable)], 100U);
  EXPECT_GT(of_class[static_cast<std::size_t>(HitClass::kCompoundHead)], 10U);
  EXPECT_GT(of_class[static_cast<std::size_t>(HitClass::kCompoundModifier)], 10U);
  EXPECT_GT(mixed, 10U);
}

}  // namespace
}  // namespace sild::terms

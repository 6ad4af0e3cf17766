// Measures how often a stored translation that is repaired is what a person made of the query, on
// all pairs of real software texts that differ only in placeables. Exits with 1 if less than 99.5 %
// are where the person used the query's values and the words of the stored translation, or if any
// proposal has a value that is not the query's, unsaid, or other words.
//
// sild_repair_check [--tags] [--show N] [SOURCE TARGET]
//
// --tags makes tags beside the text of `<…>`. --show prints N of the failures of each direction.

#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "server/matching/repair.h"
#include "tests/bench/real_text.h"
#include "tests/bench/repair_pairs.h"

namespace sild::bench {
namespace {

constexpr std::size_t kMostOthers = 3;
constexpr double kWantedPercent = 99.5;

struct Options {
  bool with_tags = false;
  std::size_t show = 0;
  std::string source;
  std::string target;
};

double Percent(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0.0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

void Print(std::string_view what, const RepairTally& tally) {
  fmt::print("{:30} {:7} pairs, {:6.2f} % equal, {:6} told, {:6} untold, {} strangers, {} words\n",
             what, tally.pairs, Percent(tally.equal, tally.pairs), tally.told, tally.untold,
             tally.strangers, tally.other_words);
}

std::string Marked(const Segment& segment) {
  std::string marked;
  std::size_t at = 0;
  for (const Tag& tag : segment.tags) {
    marked += segment.text.substr(at, tag.position - at) + "⟨" + tag.data + "⟩";
    at = tag.position;
  }
  return marked + segment.text.substr(at);
}

void Show(const RepairPair& pair, const matching::Repair& repair, std::string_view what) {
  fmt::print(
      "  {}\n    source   {}\n    query    {}\n    target   {}\n    proposal {}\n"
      "    truth    {}\n",
      what, Marked(pair.source), Marked(pair.query), Marked(pair.target), Marked(repair.proposal),
      Marked(pair.truth));
}

// What counts: the person used the query's values; and the words of the stored translation; and
// that has the values of its source.
struct Tallies {
  RepairTally all;
  RepairTally with_values;
  RepairTally same_words;
  RepairTally exact;

  void Add(const Tallies& other) {
    all.Add(other.all);
    with_values.Add(other.with_values);
    same_words.Add(other.same_words);
    exact.Add(other.exact);
  }
};

Tallies Run(const std::string& source, const std::string& target, const Options& options) {
  const LanguageTag source_language = LanguageTag::FromCanonical(source);
  const LanguageTag target_language = LanguageTag::FromCanonical(target);
  Tallies tallies;
  std::size_t shown = 0;
  for (const RepairPair& pair : RepairPairs(source, target, kMostOthers, options.with_tags)) {
    const RepairTally tally = TryRepair(pair, source_language, target_language);
    tallies.all.Add(tally);
    const bool is_wrong = tally.strangers > 0 || tally.other_words > 0;
    if (options.show > 0 && is_wrong) {
      Show(pair, RepairOf(pair, source_language, target_language),
           tally.strangers > 0 ? "STRANGER" : "WORDS");
    }
    if (!pair.truth_has_values) {
      continue;
    }
    tallies.with_values.Add(tally);
    if (!pair.has_same_words) {
      continue;
    }
    tallies.same_words.Add(tally);
    if (!pair.target_has_values) {
      continue;
    }
    tallies.exact.Add(tally);
    if (tally.equal == 0 && shown++ < options.show) {
      Show(pair, RepairOf(pair, source_language, target_language),
           tally.told > 0 ? "told" : "UNTOLD");
    }
  }
  Print(source + " > " + target, tallies.exact);
  return tallies;
}

int RunAll(const Options& options) {
  Tallies sum;
  for (const std::string source : kRealLanguages) {
    for (const std::string target : kRealLanguages) {
      const bool is_wanted =
          options.source.empty() || (options.source == source && options.target == target);
      if (source != target && is_wanted) {
        sum.Add(Run(source, target, options));
      }
    }
  }
  Print("all", sum.all);
  Print("truth has the values", sum.with_values);
  Print("and the same words", sum.same_words);
  Print("and so has the stored target", sum.exact);
  const bool is_good = Percent(sum.exact.equal, sum.exact.pairs) >= kWantedPercent &&
                       sum.all.strangers == 0 && sum.all.other_words == 0;
  return is_good ? 0 : 1;
}

}  // namespace
}  // namespace sild::bench

int main(int argc, char** argv) {
  sild::bench::Options options;
  std::vector<std::string> languages;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument == "--tags") {
      options.with_tags = true;
    } else if (argument == "--show" && i + 1 < argc) {
      options.show = std::strtoul(argv[++i], nullptr, 10);
    } else {
      languages.push_back(argument);
    }
  }
  if (languages.size() == 2) {
    options.source = languages[0];
    options.target = languages[1];
  } else if (!languages.empty()) {
    fmt::print(stderr, "usage: sild_repair_check [--tags] [--show N] [SOURCE TARGET]\n");
    return 2;
  }
  if (sild::bench::RealRows().empty()) {
    fmt::print(stderr, "there are no real texts: see SILD_SHARED_DATA\n");
    return 1;
  }
  return sild::bench::RunAll(options);
}

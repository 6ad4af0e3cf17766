// How many alarms a check of terms raises on human translations, to be read and judged:
//   sild_check_report [--from LANG] [--to LANG] [--pairs N] [--shifted] [--kinds KIND,KIND…]
//   sild_check_report [--to LANG] --confused
//
// The texts are NTREX and FLORES, the glossaries the countries of CLDR and those of
// `glossaries/`. Checks the first N pairs (default: all) that ask for a term, prints how many
// findings there are of each kind and, of the kinds named (default: missing), each one with its
// texts. With --shifted each source is checked against the translation of the next one but ten, so
// that hardly anything is right, and the share that is not reported as missing tells what is
// overlooked. With --confused each term is looked for in the terms of all other concepts, and in
// the forms that the gold says are not its own, as if no glossary had them: what may be a use of it
// there is wrong, and printed.

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <absl/strings/str_split.h>
#include <fmt/format.h>

#include "server/formats/tbx.h"
#include "server/terms/check.h"
#include "server/terms/form_expanders.h"
#include "server/text/utf8.h"

namespace sild::bench {
namespace {

using terms::Finding;
using terms::GlossaryConcept;

constexpr std::size_t kShift = 11;

const std::map<FindingKind, std::string> kKinds = {
    {FindingKind::kUsed, "used"},
    {FindingKind::kPossiblyUsed, "possibly-used"},
    {FindingKind::kMissing, "missing"},
    {FindingKind::kTranslated, "translated"},
    {FindingKind::kNameChanged, "name-changed"},
    {FindingKind::kForbidden, "forbidden"},
    {FindingKind::kSuperseded, "superseded"},
};

struct Options {
  std::string from = "en";
  std::string to = "et";
  std::size_t pairs = ~std::size_t{0};
  bool is_shifted = false;
  bool is_confused = false;
  std::set<std::string, std::less<>> kinds = {"missing"};
};

struct Pair {
  std::string place;
  std::string source;
  std::string target;
};

std::vector<std::string> Lines(const std::string& path) {
  std::vector<std::string> lines;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    lines.push_back(text::FindTextProblem(line) ? "" : line);
  }
  return lines;
}

std::vector<Pair> ReadPairs(const Options& options) {
  std::vector<Pair> pairs;
  for (const auto& [name, begin] :
       {std::pair("NTREX", "ntrex/"), std::pair("FLORES", "news/flores200-dev.")}) {
    const std::string path = fmt::format("{}/{}", SILD_SHARED_DATA, begin);
    const auto sources = Lines(path + options.from + ".txt");
    const auto targets = Lines(path + options.to + ".txt");
    for (std::size_t i = 0; i < std::min(sources.size(), targets.size()); ++i) {
      const std::size_t other = options.is_shifted ? (i + kShift) % targets.size() : i;
      if (!sources[i].empty() && !targets[other].empty()) {
        pairs.push_back({fmt::format("{} {}", name, i + 1), sources[i], targets[other]});
      }
    }
  }
  return pairs;
}

class Concepts : public formats::ConceptSink {
 public:
  absl::Status OnConcept(formats::ParsedConcept entry) override {
    entries.push_back({0, std::move(entry.entry)});
    return absl::OkStatus();
  }
  void OnIssue(formats::Issue /*issue*/) override {}

  std::vector<GlossaryConcept> entries;
};

void ReadGlossaries(std::vector<GlossaryConcept>& concepts) {
  for (const auto& file :
       std::filesystem::directory_iterator(std::string(SILD_SOURCE_DIR) + "/glossaries")) {
    if (file.path().extension() != ".tbx") {
      continue;
    }
    std::ifstream stream(file.path());
    const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
    Concepts found;
    const auto reader = formats::NewTbxReader({}, found);
    if (reader->Feed(bytes).ok() && reader->Finish().ok()) {
      std::move(found.entries.begin(), found.entries.end(), std::back_inserter(concepts));
    }
  }
}

void ReadTerritories(std::vector<GlossaryConcept>& concepts) {
  for (const std::string& line : Lines(std::string(SILD_SHARED_DATA) + "/terms/cldr.tsv")) {
    const std::vector<std::string> fields = absl::StrSplit(line, '\t');
    const bool is_country = fields[0] == "cldr-territory" && fields[1].size() == 2;
    if (!is_country) {
      continue;  // Regions of the world are called otherwise in running text.
    }
    GlossaryConcept& added = concepts.emplace_back();
    added.glossary = 1;
    added.entry.name = {"cldr", fields[1]};
    std::size_t column = 2;
    for (const char* language : {"en", "et", "lt", "ru"}) {
      Term term;
      term.id = "t1";
      term.text = fields[column++];
      term.status = TermStatus::kPreferred;
      LanguageSection& section = added.entry.sections.emplace_back();
      section.language = LanguageTag::FromCanonical(language);
      section.terms.push_back(std::move(term));
    }
  }
}

void PrintFinding(const Pair& pair, const Finding& finding) {
  const auto slice = [](std::string_view text, const std::optional<ByteRange>& range) {
    return range ? std::string(text.substr(range->begin, range->end - range->begin)) : "-";
  };
  std::string wanted;
  for (const Term* term : finding.suggestions) {
    wanted += (wanted.empty() ? "" : ", ") + term->text;
  }
  fmt::print("{} {}: [{}] > [{}]; write {}\n  {}\n  {}\n", kKinds.at(finding.kind), pair.place,
             slice(pair.source, finding.source_range), slice(pair.target, finding.target_range),
             wanted, pair.source, pair.target);
}

// What a second chance takes for a use of a term, though it is another one.
class Confusions {
 public:
  void Look(const terms::SecondChance& chance, const std::string& term, const std::string& text) {
    using Verdict = terms::SecondChance::Verdict;
    const Verdict verdict = chance.Look(terms::LooseText(text, {})).verdict;
    ++looked_;
    if (verdict == Verdict::kPossiblyUsed) {
      fmt::print("{} > {}\n", term, text);
      ++taken_;
    }
  }

  void Print(std::string_view of) {
    fmt::print("{}: {} of {} taken for possibly used\n", of, std::exchange(taken_, 0),
               std::exchange(looked_, 0));
  }

 private:
  std::size_t looked_ = 0;
  std::size_t taken_ = 0;
};

void LookInOtherTerms(const std::vector<GlossaryConcept>& concepts, const std::string& language,
                      const terms::FormExpander& expander, Confusions& confusions) {
  std::vector<std::pair<const Term*, const Concept*>> terms;
  for (const GlossaryConcept& one : concepts) {
    for (const LanguageSection& section : one.entry.sections) {
      for (const Term& term : section.terms) {
        if (section.language.str() == language && term.status == TermStatus::kPreferred) {
          terms.emplace_back(&term, &one.entry);
        }
      }
    }
  }
  for (const auto& [term, entry] : terms) {
    const terms::SecondChance chance({term}, expander);
    for (const auto& [other, other_entry] : terms) {
      const bool is_inside =
          (" " + other->text + " ").find(" " + term->text + " ") != std::string::npos;
      if (entry != other_entry && !is_inside) {
        confusions.Look(chance, term->text, other->text);
      }
    }
  }
  confusions.Print("other terms");
}

void LookInGold(const std::string& language, const terms::FormExpander& expander,
                Confusions& confusions) {
  for (const std::string expected : {"no", "yes"}) {
    for (const std::string& line :
         Lines(fmt::format("{}/tests/data/gold_terms/{}.tsv", SILD_SOURCE_DIR, language))) {
      const std::vector<std::string> fields = absl::StrSplit(line, '\t');
      if (fields.size() > 3 && fields[3] == expected) {
        Term term;
        term.text = fields[1];
        confusions.Look(terms::SecondChance({&term}, expander), term.text, fields[2]);
      }
    }
    confusions.Print(expected == "no" ? "gold: other words" : "gold: forms that no rule makes");
  }
}

int Report(const Options& options) {
  const std::vector<std::filesystem::path> directories{"/usr/share/hunspell", "/usr/share/myspell"};
  const auto expanders =
      terms::FormExpanders::Load(directories, terms::MissingDictionary::kUseRules);
  std::vector<GlossaryConcept> concepts;
  ReadGlossaries(concepts);
  ReadTerritories(concepts);
  const std::vector<Pair> pairs = ReadPairs(options);
  if (!expanders.ok() || concepts.empty() || pairs.empty()) {
    fmt::print(stderr, "no dictionaries, or no data below {}\n", SILD_SHARED_DATA);
    return 1;
  }
  const auto key = [](const std::string& language) {
    return text::LanguageKeyOf(LanguageTag::FromCanonical(language));
  };
  const auto& expander_from = (*expanders)->For(key(options.from));
  const auto& expander_to = (*expanders)->For(key(options.to));
  if (options.is_confused) {
    Confusions confusions;
    LookInOtherTerms(concepts, options.to, expander_to, confusions);
    LookInGold(options.to, expander_to, confusions);
    return 0;
  }
  const terms::Recognizer source(key(options.from), concepts, expander_from, expander_from.rules());
  const terms::Recognizer target(key(options.to), concepts, expander_to, expander_to.rules());
  terms::TermChecker checker(&source, target, key(options.to), expander_to);
  std::map<FindingKind, std::size_t> counts;
  std::size_t checked = 0;
  for (const Pair& pair : pairs) {
    if (checked == options.pairs) {
      break;
    }
    const terms::PairCheck result = checker.Check(pair.source, pair.target);
    checked += result.findings.empty() ? 0 : 1;
    for (const Finding& finding : result.findings) {
      ++counts[finding.kind];
      if (options.kinds.contains(kKinds.at(finding.kind))) {
        PrintFinding(pair, finding);
      }
    }
  }
  fmt::print("{}>{}: {} pairs with terms", options.from, options.to, checked);
  for (const auto& [kind, name] : kKinds) {
    fmt::print(", {} {}", counts[kind], name);
  }
  fmt::print("\n");
  return 0;
}

int Main(const std::vector<std::string>& arguments) {
  Options options;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& name = arguments[i];
    const bool has_value = i + 1 < arguments.size();
    if (name == "--shifted") {
      options.is_shifted = true;
    } else if (name == "--confused") {
      options.is_confused = true;
    } else if (name == "--from" && has_value) {
      options.from = arguments[++i];
    } else if (name == "--to" && has_value) {
      options.to = arguments[++i];
    } else if (name == "--kinds" && has_value) {
      options.kinds.clear();
      for (const auto kind : absl::StrSplit(arguments[++i], ',')) {
        options.kinds.emplace(kind);
      }
    } else if (name == "--pairs" && has_value) {
      const std::string& number = arguments[++i];
      std::from_chars(number.data(), number.data() + number.size(), options.pairs);
    } else {
      fmt::print(stderr, "unknown argument {}\n", name);
      return 2;
    }
  }
  return Report(options);
}

}  // namespace
}  // namespace sild::bench

int main(int argc, char** argv) {
  return sild::bench::Main(std::vector<std::string>(argv + 1, argv + argc));
}

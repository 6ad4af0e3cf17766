// Tells how well terms are extracted:
// sild_extract_evaluate [--show N] [--to LANGUAGE FILE] LANGUAGE FILE...
//
// Each FILE has a segment a line. True are the candidates that the glossaries of the project, and
// the names of countries, languages and currencies in the shared data, have as a term, in any form.
// Prints the average precision of the order by score and by frequency, of all candidates and of
// those that are no names; how many are in their base form; what of the terms that occur twice are
// candidates; and with --to, whose one FILE is the translation line by line, how many translations
// are those of the glossaries.

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "server/formats/tbx.h"
#include "server/terms/extract.h"
#include "server/terms/form_expanders.h"
#include "server/terms/recognizer.h"
#include "server/terms/term_directory.h"

namespace sild::terms {
namespace {

namespace fs = std::filesystem;

class Concepts : public formats::ConceptSink {
 public:
  absl::Status OnConcept(formats::ParsedConcept entry) override {
    all.push_back({0, std::move(entry.entry)});
    return absl::OkStatus();
  }
  void OnIssue(formats::Issue /*issue*/) override {}

  std::vector<GlossaryConcept> all;
};

std::vector<std::string> Lines(const fs::path& path) {
  std::ifstream file(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) {
    lines.push_back(line);
  }
  return lines;
}

std::vector<std::string> Cells(const std::string& line) {
  std::vector<std::string> cells(1);
  for (const char c : line) {
    c == '\t' ? void(cells.emplace_back()) : void(cells.back() += c);
  }
  return cells;
}

// What is a term in itself: not the names of emoji, units, days and small places.
bool IsTaken(std::string_view domain) {
  constexpr std::array<std::string_view, 6> kTaken{"cldr-territory", "cldr-city",  "cldr-language",
                                                   "cldr-currency",  "iso_3166-1", "iso_4217"};
  return std::find(kTaken.begin(), kTaken.end(), domain) != kTaken.end();
}

void AddTable(const fs::path& path, std::vector<GlossaryConcept>& concepts) {
  constexpr std::array<const char*, 4> kLanguages{"en", "et", "lt", "ru"};
  for (const std::string& line : Lines(path)) {
    const std::vector<std::string> cells = Cells(line);
    if (cells.size() < 6 || !IsTaken(cells[0])) {
      continue;
    }
    GlossaryConcept source;
    source.entry.name = {"table", cells[0] + "." + cells[1]};
    for (std::size_t i = 0; i < kLanguages.size(); ++i) {
      LanguageSection section;
      section.language = LanguageTag::FromCanonical(kLanguages[i]);
      section.terms.emplace_back().text = cells[2 + i];
      if (!cells[2 + i].empty()) {
        source.entry.sections.push_back(std::move(section));
      }
    }
    concepts.push_back(std::move(source));
  }
}

std::vector<GlossaryConcept> TrueConcepts() {
  Concepts concepts;
  for (const auto& file : fs::directory_iterator(fs::path(SILD_SOURCE_DIR) / "glossaries")) {
    if (file.path().extension() == ".tbx") {
      formats::ReadOptions options;
      options.glossary_id = file.path().stem().string();
      const auto reader = formats::NewTbxReader(options, concepts);
      std::ifstream in(file.path(), std::ios::binary);
      const std::string bytes(std::istreambuf_iterator<char>(in), {});
      if (!reader->Feed(bytes).ok() || !reader->Finish().ok()) {
        fmt::print(stderr, "cannot read {}\n", file.path().string());
      }
    }
  }
  AddTable(fs::path(SILD_SHARED_DATA) / "terms/cldr.tsv", concepts.all);
  AddTable(fs::path(SILD_SHARED_DATA) / "terms/iso-codes.tsv", concepts.all);
  return concepts.all;
}

// The concepts that have all of `text` as a term. Says in `is_base` whether it is the very term,
// and no other form of it.
std::set<std::string> ConceptsOf(const Recognizer& recognizer, const std::string& text,
                                 bool* is_base = nullptr) {
  RecognizeOptions options;
  options.include_nested = true;
  std::set<std::string> names;
  for (const Hit& hit : recognizer.Recognize(text, options)) {
    if (hit.range.begin == 0 && hit.range.end == text.size()) {
      names.insert(hit.entry->name.str());
      if (is_base != nullptr) {
        *is_base = *is_base || FoldTerm(hit.term->text) == FoldTerm(text);
      }
    }
  }
  return names;
}

double AveragePrecision(const std::vector<bool>& is_true) {
  double sum = 0;
  double found = 0;
  for (std::size_t i = 0; i < is_true.size(); ++i) {
    if (is_true[i]) {
      sum += ++found / static_cast<double>(i + 1);
    }
  }
  return found == 0 ? 0 : sum / found;
}

bool IsName(const std::string& text) {
  const TermText read = ReadTermText(text);
  return !read.tokens.empty() && read.tokens[0].has_capital;
}

struct Setting {
  std::string language;
  std::string target_language;
  std::string target_file;
  std::vector<std::string> files;
  std::size_t show = 0;
};

class Evaluation {
 public:
  Evaluation(const Setting& setting, const FormExpanders& expanders)
      : setting_(setting), expanders_(expanders), recognizer_(RecognizerOf(setting.language)) {
    if (!setting.target_language.empty()) {
      target_recognizer_.emplace(RecognizerOf(setting.target_language));
    }
  }

  void Run() {
    std::vector<std::string> segments;
    for (const std::string& file : setting_.files) {
      const std::vector<std::string> lines = Lines(file);
      segments.insert(segments.end(), lines.begin(), lines.end());
    }
    const std::vector<std::string> targets = Lines(setting_.target_file);
    const auto begin = std::chrono::steady_clock::now();
    TermExtractor extractor = MakeExtractor();
    for (std::size_t i = 0; i < segments.size(); ++i) {
      if (!extractor.Add(segments[i], i < targets.size() ? targets[i] : "").ok()) {
        fmt::print(stderr, "too much text\n");
        return;
      }
    }
    ExtractOptions options;
    options.max_candidates = 1'000'000;
    const absl::StatusOr<Extraction> extracted = extractor.Run(options);
    if (!extracted.ok()) {
      fmt::print(stderr, "{}\n", std::string(extracted.status().message()));
      return;
    }
    const Extraction& found = *extracted;
    const std::chrono::duration<double> time = std::chrono::steady_clock::now() - begin;
    fmt::print("{}: {} segments, {} words, {} candidates in {:.2f} s\n", setting_.language,
               segments.size(), found.words, found.candidates, time.count());
    Judge(found.terms);
    PrintRecall(segments);
    Show(segments, found.terms);
  }

 private:
  Recognizer RecognizerOf(const std::string& language) const {
    const text::LanguageKey key = text::LanguageKeyOf(LanguageTag::FromCanonical(language));
    return {key, TrueConcepts(), expanders_.For(key)};
  }

  TermExtractor MakeExtractor() const {
    const auto of = [this](const std::string& code) {
      return ExtractLanguage{code, &expanders_.For({code})};
    };
    return TermExtractor(of(setting_.language), setting_.target_language.empty()
                                                    ? std::nullopt
                                                    : std::optional(of(setting_.target_language)));
  }

  void Judge(const std::vector<ExtractedTerm>& terms) {
    std::size_t right = 0;
    std::size_t wrong = 0;
    std::size_t untranslated = 0;
    std::size_t bases = 0;
    for (const ExtractedTerm& term : terms) {
      bool is_base = false;
      const std::set<std::string> names = ConceptsOf(recognizer_, term.text, &is_base);
      bases += is_base ? 1 : 0;
      if (!names.empty() && !is_base && setting_.show > 0) {
        fmt::print("  oblique: {} |", term.text);
        for (const CandidateForm& form : term.forms) {
          fmt::print(" {} {}", form.text, form.frequency);
        }
        fmt::print("\n");
      }
      true_.push_back(!names.empty());
      known_.insert(names.begin(), names.end());
      if (target_recognizer_ && !names.empty()) {
        const std::set<std::string> others = ConceptsOf(*target_recognizer_, term.translation);
        const bool is_right = std::any_of(others.begin(), others.end(),
                                          [&](const auto& name) { return names.contains(name); });
        ++(term.translation.empty() ? untranslated : is_right ? right : wrong);
        if (!is_right && !term.translation.empty() && wrong <= setting_.show) {
          fmt::print("  wrong: {} = {} ({:.2f})\n", term.text, term.translation,
                     term.translation_score);
        }
      }
    }
    PrintPrecision("all terms", terms, true_);
    fmt::print("  {} of them as the glossaries write them, others in another form\n", bases);
    std::vector<ExtractedTerm> others;
    std::vector<bool> is_true;
    for (std::size_t i = 0; i < terms.size(); ++i) {
      if (!IsName(terms[i].text)) {
        others.push_back(terms[i]);
        is_true.push_back(true_[i]);
      }
    }
    PrintPrecision("without names", others, is_true);
    if (target_recognizer_) {
      fmt::print("  translations of true ones: {} right, {} others, {} none\n", right, wrong,
                 untranslated);
    }
  }

  static void PrintPrecision(std::string_view what, const std::vector<ExtractedTerm>& terms,
                             const std::vector<bool>& is_true) {
    std::vector<std::size_t> order(terms.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return terms[a].frequency > terms[b].frequency;
    });
    std::vector<bool> by_frequency;
    for (const std::size_t i : order) {
      by_frequency.push_back(is_true[i]);
    }
    const auto top = [](const std::vector<bool>& truth) {
      const std::size_t count = std::min<std::size_t>(truth.size(), 100);
      return std::count(truth.begin(), truth.begin() + static_cast<std::ptrdiff_t>(count), true);
    };
    fmt::print(
        "  {}, {}: average precision {:.3f} by score, {:.3f} by frequency; of the first 100 "
        "{} and {}\n",
        what, std::count(is_true.begin(), is_true.end(), true), AveragePrecision(is_true),
        AveragePrecision(by_frequency), top(is_true), top(by_frequency));
  }

  // Of the concepts that occur twice, how many some candidate has.
  void PrintRecall(const std::vector<std::string>& segments) const {
    std::map<std::string, int> uses;
    for (const std::string& segment : segments) {
      for (const Hit& hit : recognizer_.Recognize(segment)) {
        ++uses[hit.entry->name.str()];
      }
    }
    std::size_t frequent = 0;
    std::size_t known = 0;
    std::string missed;
    for (const auto& [name, count] : uses) {
      if (count >= 2) {
        ++frequent;
        known += known_.contains(name) ? 1 : 0;
        missed += known_.contains(name) ? "" : " " + name;
      }
    }
    fmt::print("  of {} concepts that occur twice, {} are candidates\n", frequent, known);
    if (setting_.show > 0) {
      fmt::print("  missed:{}\n", missed);
    }
  }

  void Show(const std::vector<std::string>& segments,
            const std::vector<ExtractedTerm>& terms) const {
    for (std::size_t i = 0; i < std::min(setting_.show, terms.size()); ++i) {
      const ExtractedTerm& term = terms[i];
      std::string forms;
      for (std::size_t k = 0; k < std::min<std::size_t>(term.forms.size(), 5); ++k) {
        forms += fmt::format(" {} {}", term.forms[k].text, term.forms[k].frequency);
      }
      fmt::print("  {} {:.3f} {:4} {} = {} ({:.2f}) |{}\n", true_[i] ? '*' : ' ', term.score,
                 term.frequency, term.text, term.translation, term.translation_score, forms);
    }
    if (setting_.show > 0 && !terms.empty() && !terms[0].examples.empty()) {
      const std::string& text = segments[terms[0].examples[0].segment];
      const ByteRange range = RangeOf(text, terms[0].examples[0]);
      fmt::print("  first example: {}\n", text.substr(range.begin, range.end - range.begin));
    }
  }

  const Setting& setting_;
  const FormExpanders& expanders_;
  const Recognizer recognizer_;
  std::optional<Recognizer> target_recognizer_;
  std::vector<bool> true_;
  std::set<std::string> known_;
};

int Main(const std::vector<std::string>& arguments) {
  Setting setting;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i] == "--show" && i + 1 < arguments.size()) {
      setting.show = std::stoul(arguments[++i]);
    } else if (arguments[i] == "--to" && i + 2 < arguments.size()) {
      setting.target_language = arguments[++i];
      setting.target_file = arguments[++i];
    } else if (setting.language.empty()) {
      setting.language = arguments[i];
    } else {
      setting.files.push_back(arguments[i]);
    }
  }
  const std::vector<fs::path> directories{"/usr/share/hunspell", "/usr/share/myspell"};
  const auto expanders = FormExpanders::Load(directories, MissingDictionary::kUseRules);
  if (!expanders.ok() || setting.files.empty()) {
    fmt::print(stderr, "sild_extract_evaluate [--show N] [--to LANGUAGE FILE] LANGUAGE FILE...\n");
    return 1;
  }
  Evaluation(setting, **expanders).Run();
  return 0;
}

}  // namespace
}  // namespace sild::terms

int main(int argc, char** argv) {
  return sild::terms::Main(std::vector<std::string>(argv + 1, argv + argc));
}

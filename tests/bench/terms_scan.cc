#include <algorithm>
#include <charconv>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <functional>
#include <numeric>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "server/terms/form_expanders.h"
#include "server/terms/recognizer.h"
#include "server/terms/term_patterns.h"
#include "server/terms/term_text.h"
#include "server/text/utf8.h"

// How fast terms are found: sild_terms_scan LANG TERMS
namespace sild::bench {
namespace {

constexpr std::size_t kTextBytes = 20'000'000;
constexpr std::size_t kFormsPerWord = 40;
constexpr int kRuns = 5;

// Makes about forty forms of a word, as the paradigms of Estonian and Lithuanian do.
class EndingsExpander : public terms::FormExpander {
 public:
  std::string version() const override { return "endings"; }
  std::vector<terms::Form> Expand(const Term& /*term*/, std::string_view word,
                                  std::size_t /*position*/, std::size_t /*words*/) const override {
    static constexpr std::string_view kLatin[] = {"s",  "st", "le", "lt", "ga", "ks", "ni",
                                                  "na", "d",  "de", "te", "id", "il", "sse",
                                                  "ta", "i",  "e",  "a",  "o",  "u"};
    static constexpr std::string_view kCyrillic[] = {"а",   "у",   "ом", "е",   "ы",  "и",  "ов",
                                                     "ев",  "ей",  "ам", "ями", "ах", "ой", "ую",
                                                     "ого", "ому", "ых", "ым",  "ою", "ях"};
    const bool is_cyrillic = static_cast<unsigned char>(word.back()) >= 0xD0 ||
                             (word.size() > 1 && static_cast<unsigned char>(word[0]) >= 0xD0);
    std::vector<terms::Form> forms = {{std::string(word), terms::HitClass::kStrict}};
    for (std::size_t i = 1; i < kFormsPerWord; ++i) {
      const auto& endings = is_cyrillic ? kCyrillic : kLatin;
      std::string form(word);
      form += endings[i % 20];
      form += i < 20 ? "" : endings[(i * 7 + 3) % 20];
      forms.push_back({std::move(form), terms::HitClass::kStrict});
    }
    return forms;
  }
};

std::vector<std::string> Lines(const std::string& path) {
  std::vector<std::string> lines;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (!line.empty() && !text::FindTextProblem(line)) {
      lines.push_back(line);
    }
  }
  return lines;
}

std::vector<std::string> Segments(const std::string& language) {
  std::vector<std::string> lines;
  for (const std::string& name :
       {"ntrex/" + language + ".txt", "news/flores200-dev." + language + ".txt",
        "news/wmt15-enru." + language + ".txt", "news/wmt18-enet." + language + ".txt",
        "news/wmt19-" + language + "-mono.txt"}) {
    const std::vector<std::string> more = Lines(std::string(SILD_SHARED_DATA "/") + name);
    lines.insert(lines.end(), more.begin(), more.end());
  }
  return lines;
}

std::string_view Column(std::string_view line, std::size_t column) {
  for (; column > 0; --column) {
    const std::size_t tab = line.find('\t');
    line = tab == std::string_view::npos ? std::string_view() : line.substr(tab + 1);
  }
  return line.substr(0, line.find('\t'));
}

// The different runs of this many words of the segments, in an order that has nothing to do with
// how common they are.
std::vector<std::string> Runs(const std::vector<std::string>& segments, std::size_t words) {
  std::vector<std::pair<std::size_t, std::string>> runs;
  for (const std::string& segment : segments) {
    const terms::TermText text = terms::ReadTermText(segment);
    for (std::size_t at = 0; at + words <= text.tokens.size(); ++at) {
      const std::size_t begin = text.tokens[at].range.begin;
      const std::size_t end = text.tokens[at + words - 1].range.end;
      if (!text.tokens[at].is_symbol && !text.tokens[at + words - 1].is_symbol && end - begin > 4) {
        std::string run = segment.substr(begin, end - begin);
        const std::size_t hash = std::hash<std::string>()(run);
        runs.emplace_back(hash, std::move(run));
      }
    }
  }
  std::sort(runs.begin(), runs.end());
  std::vector<std::string> result;
  for (auto& [hash, run] : runs) {
    if (result.empty() || result.back() != run) {
      result.push_back(std::move(run));
    }
  }
  return result;
}

// Half of the terms are of the list, a quarter each are words and pairs of words of the text; what
// the text does not have is made of the others.
std::vector<std::string> TermTexts(const std::string& language,
                                   const std::vector<std::string>& segments, std::size_t count) {
  const std::size_t column = language == "en" ? 2 : language == "et" ? 3 : language == "lt" ? 4 : 5;
  std::vector<std::string> terms;
  std::unordered_set<std::string> known;
  const auto take = [&](const std::string& term, std::size_t end) {
    if (!term.empty() && term.size() < 200 && terms.size() < end && known.insert(term).second) {
      terms.push_back(term);
    }
  };
  for (const std::string& line : Lines(SILD_SHARED_DATA "/terms/cldr.tsv")) {
    take(std::string(Column(line, column)), count / 2);
  }
  for (const std::string& word : Runs(segments, 1)) {
    take(word, count * 3 / 4);
  }
  for (const std::string& pair : Runs(segments, 2)) {
    take(pair, count);
  }
  for (std::size_t i = 0; terms.size() < count; ++i) {
    take(terms[i] + " " + terms[(i * 31 + 7) % terms.size()], count);
  }
  return terms;
}

std::vector<terms::GlossaryConcept> Concepts(const std::string& language,
                                             const std::vector<std::string>& terms) {
  std::vector<terms::GlossaryConcept> concepts;
  for (const std::string& text : terms) {
    terms::GlossaryConcept source;
    source.entry.name = {"g", fmt::format("c{:07}", concepts.size())};
    LanguageSection section;
    section.language = LanguageTag::FromCanonical(language);
    Term term;
    term.text = text;
    section.terms.push_back(std::move(term));
    source.entry.sections.push_back(std::move(section));
    concepts.push_back(std::move(source));
  }
  return concepts;
}

double CpuSeconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

// Runs `scan`, which returns a number of hits, and prints the best and the middle run.
template <typename Scan>
void Measure(std::string_view name, std::size_t bytes, const Scan& scan) {
  std::vector<double> speeds;
  std::size_t hits = 0;
  for (int run = 0; run < kRuns; ++run) {
    const double begin = CpuSeconds();
    hits = scan();
    speeds.push_back(static_cast<double>(bytes) / 1e6 / (CpuSeconds() - begin));
  }
  std::sort(speeds.begin(), speeds.end());
  fmt::print("  {:9} {:7.1f} MB/s best, {:7.1f} middle, {:7} hits, one for {:.0f} bytes\n", name,
             speeds.back(), speeds[kRuns / 2], hits,
             static_cast<double>(bytes) / static_cast<double>(std::max<std::size_t>(hits, 1)));
}

void ExpandAll(const std::vector<std::string>& terms) {
  const EndingsExpander expander;
  std::size_t forms = 0;
  for (const std::string& term : terms) {
    const terms::TermText text = terms::ReadTermText(term);
    for (const terms::TermToken& token : text.tokens) {
      forms += token.is_symbol ? 1 : expander.Expand({}, text.Plain(token), 0, 1).size();
    }
  }
  fmt::print("  {} forms of {} terms\n", forms, terms.size());
}

// Prints what the terms cost in the forms of the dictionaries of the system: to inflect one, to
// load all and to keep them.
void MeasureRealForms(const text::LanguageKey& language, const std::vector<std::string>& texts,
                      std::vector<terms::GlossaryConcept> concepts) {
  const std::vector<std::filesystem::path> directories{"/usr/share/hunspell", "/usr/share/myspell"};
  double begin = CpuSeconds();
  const auto expanders =
      terms::FormExpanders::Load(directories, terms::MissingDictionary::kUseRules);
  if (!expanders.ok()) {
    fmt::print(stderr, "{}\n", std::string(expanders.status().message()));
    return;
  }
  for (const std::string& note : (*expanders)->notes()) {
    fmt::print("  {}\n", note);
  }
  const double reading = CpuSeconds() - begin;
  const terms::FormExpander& expander = (*expanders)->For(language);
  std::vector<double> times;
  for (const std::string& text : texts) {
    Term term;
    term.text = text;
    begin = CpuSeconds();
    const std::vector<terms::TermPattern> patterns = terms::PatternsOf(term, expander);
    times.push_back((CpuSeconds() - begin) * 1'000);
  }
  std::sort(times.begin(), times.end());
  const double total = std::accumulate(times.begin(), times.end(), 0.0);
  begin = CpuSeconds();
  const terms::Recognizer recognizer(language, std::move(concepts), expander);
  fmt::print(
      "  real forms: {:.3f} ms a term, p99 {:.3f}, at most {:.3f}; dictionaries read in "
      "{:.2f} s, load {:.2f} s, {:.1f} MB\n",
      total / static_cast<double>(times.size()), times[times.size() * 99 / 100], times.back(),
      reading, CpuSeconds() - begin, static_cast<double>(recognizer.size_bytes()) / 1e6);
}

int Run(const std::string& language, std::size_t count) {
  const std::vector<std::string> segments = Segments(language);
  if (segments.empty()) {
    fmt::print(stderr, "no texts in {}\n", SILD_SHARED_DATA);
    return 1;
  }
  const std::vector<std::string> texts = TermTexts(language, segments, count);
  std::vector<terms::GlossaryConcept> concepts = Concepts(language, texts);
  fmt::print("{} {}\n", language, count);
  double begin = CpuSeconds();
  ExpandAll(texts);
  const double expanding = CpuSeconds() - begin;
  begin = CpuSeconds();
  const text::LanguageKey key = text::LanguageKeyOf(LanguageTag::FromCanonical(language));
  const terms::Recognizer recognizer(key, concepts, EndingsExpander());
  fmt::print("  load {:.3f} s, of it expanding {:.3f} s; {:.1f} MB\n", CpuSeconds() - begin,
             expanding, static_cast<double>(recognizer.size_bytes()) / 1e6);

  MeasureRealForms(key, texts, std::move(concepts));

  std::string document;
  for (std::size_t i = 0; document.size() < kTextBytes; ++i) {
    document += segments[i % segments.size()] + "\n";
  }
  terms::RecognizeOptions options;
  options.max_hits = document.size();
  options.is_cancelled = [] { return false; };
  Measure("document", document.size(),
          [&] { return recognizer.Recognize(document, options).size(); });
  options.max_hits = terms::RecognizeOptions().max_hits;
  std::size_t bytes = 0;
  for (const std::string& segment : segments) {
    bytes += segment.size();
  }
  const std::size_t rounds = kTextBytes / bytes + 1;
  Measure("segments", bytes * rounds, [&] {
    std::size_t hits = 0;
    for (std::size_t round = 0; round < rounds; ++round) {
      for (const std::string& segment : segments) {
        hits += recognizer.Recognize(segment, options).size();
      }
    }
    return hits;
  });
  return 0;
}

}  // namespace
}  // namespace sild::bench

int main(int argc, char** argv) {
  std::size_t count = 0;
  const std::string_view number = argc == 3 ? argv[2] : "";
  std::from_chars(number.data(), number.data() + number.size(), count);
  if (count == 0) {
    fmt::print(stderr, "usage: sild_terms_scan LANG TERMS\n");
    return 2;
  }
  return sild::bench::Run(argv[1], count);
}

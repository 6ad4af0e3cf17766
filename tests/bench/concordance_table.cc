// Prints a table of concordance: what the first page of 50 hits costs by mode, the query's forms
// and the copies of the units included, the reading of units from a database not.
//
// sild_concordance_table SEGMENTS LANGUAGE [QUERIES]
//   SEGMENTS  how many texts are indexed
//   LANGUAGE  en, et, lt or ru
//   QUERIES   default 300 of each kind, cut from real texts, so that common words come often

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <memory>
#include <numeric>
#include <random>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "server/matching/concordance.h"
#include "server/terms/form_expanders.h"
#include "server/terms/related_forms.h"
#include "server/text/utf8.h"
#include "tests/bench/machine.h"
#include "tests/bench/workload.h"

namespace sild::bench {
namespace {

using matching::ConcordanceMode;
using matching::ConcordanceOptions;
using matching::TextHandle;
using text::TokenClass;

constexpr std::size_t kPageSize = 50;
constexpr std::size_t kLookAlikeBytes = 1U << 20;
constexpr const char* kDictionaries = "/usr/share/hunspell";

double ProcessorSeconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

// One unit for each text, in one tier.
class Source : public matching::CandidateSource {
 public:
  Source(const std::vector<std::string>& texts, const LanguageTag& language)
      : texts_(texts), language_(language) {
    matching::DocumentList list;
    std::vector<matching::FormId> forms;
    for (std::size_t i = 0; i < texts.size(); ++i) {
      matching::InternForms(text::Tokenize(texts[i]), lexicon_->vocabulary, forms);
      list.Add(static_cast<TextHandle>(i), forms);
    }
    index_ = matching::TextIndex(lexicon_).With(
        std::make_shared<matching::Tier>(matching::Tier::Build(list, lexicon_->vocabulary)));
  }

  const matching::Vocabulary& vocabulary() const { return lexicon_->vocabulary; }

  absl::Status ForEachUnit(const MemoryName& /*memory*/,
                           absl::FunctionRef<bool(const TranslationUnit&)> visit) const override {
    for (std::size_t i = 0; i < texts_.size() && visit(UnitOf(i)); ++i) {
    }
    return absl::OkStatus();
  }
  absl::Status ForEachUnitWithText(
      const MemoryName& /*memory*/, const text::LanguageKey& /*key*/, std::string_view /*text*/,
      absl::FunctionRef<bool(const TranslationUnit&)> /*visit*/) const override {
    return absl::UnimplementedError("concordance does not ask");
  }
  absl::StatusOr<bool> MayHave(const MemoryName& /*memory*/,
                               const text::LanguageKey& /*key*/) const override {
    return true;
  }
  absl::StatusOr<TranslationUnit> GetUnit(const UnitName& /*name*/) const override {
    return absl::UnimplementedError("concordance does not ask");
  }
  absl::Status FillUsage(TranslationUnit& /*unit*/) const override { return absl::OkStatus(); }
  std::unique_ptr<matching::IndexedTexts> OpenIndex(
      const MemoryName& /*memory*/, const text::LanguageKey& /*key*/) const override {
    return std::make_unique<Texts>(*this);
  }

 private:
  class Texts : public matching::IndexedTexts {
   public:
    explicit Texts(const Source& source) : source_(source) {}
    const matching::TextIndex& index() const override { return *source_.index_; }
    absl::Status ForEachUnit(TextHandle handle,
                             absl::FunctionRef<bool(const TranslationUnit&)> visit) override {
      visit(source_.UnitOf(handle));
      return absl::OkStatus();
    }

   private:
    const Source& source_;
  };

  TranslationUnit UnitOf(std::size_t i) const {
    TranslationUnit unit;
    unit.name = {"m", std::to_string(i)};
    unit.variants.resize(1);
    unit.variants[0].language = language_;
    unit.variants[0].segment.text = texts_[i];
    return unit;
  }

  const std::vector<std::string>& texts_;
  const LanguageTag language_;
  std::shared_ptr<matching::Lexicon> lexicon_ =
      std::make_shared<matching::Lexicon>(kLookAlikeBytes);
  std::shared_ptr<const matching::TextIndex> index_;
};

// A kind of queries, and how they are asked.
struct Kind {
  std::string name;
  ConcordanceOptions options;
  std::vector<std::string> queries;
};

class Table {
 public:
  Table(Workload workload, const std::string& language, std::size_t queries)
      : workload_(std::move(workload)),
        language_(LanguageTag::FromCanonical(language)),
        queries_(queries),
        source_(workload_.texts, language_) {
    const std::filesystem::path directories[] = {kDictionaries};
    expanders_ =
        terms::FormExpanders::Load(directories, terms::MissingDictionary::kUseRules).value();
  }

  void Print() {
    fmt::print("{}\n{} {} segments, {} words\n{:>22} {:>8} {:>8} {:>8} {:>8} {:>6}  slowest\n",
               MachineText(), language_.str(), workload_.texts.size(),
               source_.vocabulary().word_count(), "kind", "mean us", "p50 us", "p99 us", "max us",
               "hits");
    for (const Kind& kind : Kinds()) {
      PrintKind(kind);
    }
  }

 private:
  std::vector<Kind> Kinds() {
    const ConcordanceOptions phrase{.mode = ConcordanceMode::kPhrase};
    const ConcordanceOptions whole{.whole_word = true};
    const ConcordanceOptions cased{.match_case = true};
    const ConcordanceOptions wild{.wildcards = true};
    const ConcordanceOptions substring{.mode = ConcordanceMode::kSubstring};
    std::vector<Kind> kinds = {{"one word", {}, Words(1, false)},
                               {"one word, whole", whole, Words(1, false)},
                               {"one word, cased", cased, Words(1, false)},
                               {"two words", {}, Words(2, false)},
                               {"three words", {}, Words(3, false)},
                               {"phrase of two", phrase, Words(2, true)},
                               {"phrase of three", phrase, Words(3, true)},
                               {"abcd*", wild, Wild(false)},
                               {"*abcd*", wild, Wild(true)},
                               {"5 to 12 characters", substring, Pieces()}};
    const std::vector<std::string> common = CommonWords();
    kinds.push_back({"commonest word", {}, {common[0]}});
    kinds.push_back({"two commonest, turned", {}, {common[1] + " " + common[0]}});
    return kinds;
  }

  // Words of one text, by chance or side by side.
  std::vector<std::string> Words(std::size_t count, bool side_by_side) {
    return Some([&](const std::string& source) {
      const text::TokenizedText text = text::Tokenize(source);
      std::vector<std::string> words;
      for (const text::Token& token : text.tokens) {
        if (token.token_class == TokenClass::kWord) {
          words.emplace_back(text.Surface(token));
        } else if (side_by_side && words.size() < count) {
          words.clear();
        }
      }
      if (!side_by_side) {
        std::shuffle(words.begin(), words.end(), random_);
      }
      std::string query;
      for (std::size_t i = 0; i < count && words.size() >= count; ++i) {
        query += (i == 0 ? "" : " ") + words[i];
      }
      return query;
    });
  }

  std::vector<std::string> Wild(bool inside) {
    constexpr std::size_t kLetters = 4;
    return Some([&](const std::string& source) {
      const text::TokenizedText text = text::Tokenize(source);
      for (const text::Token& token : text.tokens) {
        if (token.token_class == TokenClass::kWord && token.folded_chars > kLetters + 1) {
          const std::u32string letters = text::ToUtf32(text.Surface(token));
          return (inside ? "*" : "") + Utf8(letters.substr(inside ? 1 : 0, kLetters)) + "*";
        }
      }
      return std::string();
    });
  }

  std::vector<std::string> Pieces() {
    return Some([&](const std::string& source) {
      const std::u32string letters = text::ToUtf32(source);
      const std::size_t size = 5 + random_() % 8;
      return letters.size() < size
                 ? std::string()
                 : Utf8(letters.substr(random_() % (letters.size() - size + 1), size));
    });
  }

  template <typename Make>
  std::vector<std::string> Some(Make make) {
    std::vector<std::string> made;
    while (made.size() < queries_) {
      std::string query = make(workload_.queries[random_() % workload_.queries.size()]);
      if (query.find_first_not_of(' ') != std::string::npos) {
        made.push_back(std::move(query));
      }
    }
    return made;
  }

  std::vector<std::string> CommonWords() const {
    std::unordered_map<std::string, std::size_t> counts;
    for (const std::string& query : workload_.queries) {
      const text::TokenizedText text = text::Tokenize(query);
      for (const text::Token& token : text.tokens) {
        counts[std::string(text.Folded(token))] += token.token_class == TokenClass::kWord ? 1 : 0;
      }
    }
    std::vector<std::pair<std::size_t, std::string>> words;
    for (const auto& [word, count] : counts) {
      words.emplace_back(count, word);
    }
    std::sort(words.rbegin(), words.rend());
    return {words.at(0).second, words.at(1).second};
  }

  static std::string Utf8(std::u32string_view letters) {
    std::string text;
    for (const char32_t c : letters) {
      text::AppendChar(c, text);
    }
    return text;
  }

  void PrintKind(const Kind& kind) {
    std::vector<double> times;
    std::size_t hits = 0;
    std::string slowest;
    for (const std::string& query : kind.queries) {
      const double time = Search(query, kind.options, hits) * 1e6;
      slowest =
          times.empty() || time > *std::max_element(times.begin(), times.end()) ? query : slowest;
      times.push_back(time);
    }
    std::sort(times.begin(), times.end());
    const auto count = static_cast<double>(times.size());
    fmt::print("{:>22} {:>8.0f} {:>8.0f} {:>8.0f} {:>8.0f} {:>6.1f}  {}\n", kind.name,
               std::accumulate(times.begin(), times.end(), 0.0) / count, times[times.size() / 2],
               times[times.size() * 99 / 100], times.back(), static_cast<double>(hits) / count,
               slowest);
    std::fflush(stdout);
  }

  double Search(const std::string& query, const ConcordanceOptions& options, std::size_t& hits) {
    matching::ConcordanceRequest request;
    request.memories = {{"m"}};
    request.language = language_;
    request.max_hits = kPageSize;
    const double begin = ProcessorSeconds();
    const auto parsed =
        matching::ConcordanceQuery::Parse(query, options, [this](std::string_view word) {
          return terms::RelatedForms(expanders_->For(text::LanguageKeyOf(language_)), word);
        });
    if (parsed.ok()) {
      hits += SearchConcordance(request, *parsed, source_, {}).value().hits.size();
    }
    return ProcessorSeconds() - begin;
  }

  const Workload workload_;
  const LanguageTag language_;
  const std::size_t queries_;
  const Source source_;
  std::unique_ptr<const terms::FormExpanders> expanders_;
  std::mt19937_64 random_{7};
};

}  // namespace
}  // namespace sild::bench

int main(int argc, char** argv) {
  if (argc < 3) {
    fmt::print(stderr, "usage: sild_concordance_table SEGMENTS LANGUAGE [QUERIES]\n");
    return 2;
  }
  const std::size_t segments = std::strtoul(argv[1], nullptr, 10);
  const std::string language = argv[2];
  const std::size_t queries = argc > 3 ? std::strtoul(argv[3], nullptr, 10) : 300;
  sild::bench::Workload workload = sild::bench::MakeWorkload(language, segments, 2000);
  if (workload.texts.empty() || workload.queries.empty()) {
    fmt::print(stderr, "there are no real texts: see SILD_SHARED_DATA\n");
    return 1;
  }
  sild::bench::Table(std::move(workload), language, queries).Print();
  return 0;
}

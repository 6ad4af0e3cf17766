// Tells how well terms are recognised: sild_terms_evaluate [--dictionaries DIR] FILE...
// or what the forms of words are:      sild_terms_evaluate --forms LANGUAGE WORD...
//
// Each FILE is gold of one language (tests/terms/gold_terms.h). Prints recall, precision, the time
// of the processor that a term takes to expand, and each error.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <span>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "server/terms/form_expanders.h"
#include "server/terms/term_patterns.h"
#include "tests/terms/gold_terms.h"

namespace sild::terms {
namespace {

using Milliseconds = std::chrono::duration<double, std::milli>;

// Prints how much time of the processor the terms take to become patterns, and how many forms they
// have.
void PrintSpeed(const std::vector<GoldForm>& gold, const FormExpander& expander) {
  std::string last;
  std::size_t terms = 0;
  std::size_t forms = 0;
  std::size_t most_forms = 0;
  double slowest = 0;
  double total = 0;
  for (const GoldForm& form : gold) {
    if (form.term == last) {
      continue;
    }
    last = form.term;
    Term term;
    term.text = last;
    const std::clock_t begin = std::clock();
    const std::vector<TermPattern> patterns = PatternsOf(term, expander);
    const double time = 1000.0 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    ++terms;
    total += time;
    slowest = std::max(slowest, time);
    for (const PatternWord& word : patterns[0].words) {
      forms += word.forms.size();
      most_forms = std::max(most_forms, word.forms.size());
    }
  }
  fmt::print("  {:.2f} ms a term, {:.2f} ms the slowest; {} forms, {} of one word\n",
             total / static_cast<double>(terms), slowest, forms, most_forms);
}

int PrintForms(const FormExpander& expander, std::span<const std::string> words) {
  for (const std::string& word : words) {
    fmt::print("{}:", word);
    for (const Form& form : expander.Expand({}, word, 0, 1)) {
      fmt::print(" {}", form.text);
    }
    fmt::print("\n");
  }
  return 0;
}

int Main(const std::vector<std::string>& arguments) {
  std::vector<std::filesystem::path> directories{"/usr/share/hunspell", "/usr/share/myspell"};
  std::vector<std::string> files;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i] == "--dictionaries" && i + 1 < arguments.size()) {
      directories = {arguments[++i]};
    } else {
      files.push_back(arguments[i]);
    }
  }
  const auto begin = std::chrono::steady_clock::now();
  const auto expanders = FormExpanders::Load(directories, MissingDictionary::kUseRules);
  if (!expanders.ok()) {
    fmt::print(stderr, "{}\n", std::string(expanders.status().message()));
    return 1;
  }
  fmt::print("dictionaries read in {:.0f} ms\n",
             Milliseconds(std::chrono::steady_clock::now() - begin).count());
  for (const std::string& note : (*expanders)->notes()) {
    fmt::print("{}\n", note);
  }
  if (files.size() > 2 && files[0] == "--forms") {
    return PrintForms((*expanders)->For({files[1]}), std::span(files).subspan(2));
  }
  for (const std::string& file : files) {
    const absl::StatusOr<std::vector<GoldForm>> gold = ReadGold(file);
    if (!gold.ok() || gold->empty()) {
      fmt::print(stderr, "no forms in {}\n", file);
      return 1;
    }
    const FormExpander& expander = (*expanders)->For({gold->front().language});
    const GoldResult result = Evaluate(*gold, expander);
    fmt::print("{}: {} terms, recall {}/{} = {:.2f} %, precision {:.2f} % ({} of {} wrong)\n", file,
               result.terms, result.found, result.of_term, 100 * result.recall(),
               100 * result.precision(), result.found_wrongly, result.others);
    PrintSpeed(*gold, expander);
    for (const std::string& error : result.errors) {
      fmt::print("  {}\n", error);
    }
  }
  return 0;
}

}  // namespace
}  // namespace sild::terms

int main(int argc, char** argv) {
  return sild::terms::Main(std::vector<std::string>(argv + 1, argv + argc));
}

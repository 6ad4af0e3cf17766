#include "tests/terms/gold_terms.h"

#include <fstream>
#include <map>
#include <memory>
#include <utility>

#include "server/terms/recognizer.h"
#include "server/terms/word_forms.h"

namespace sild::terms {
namespace {

std::vector<std::string> Columns(const std::string& line) {
  std::vector<std::string> columns(1);
  for (const char c : line) {
    if (c == '\t') {
      columns.emplace_back();
    } else {
      columns.back() += c;
    }
  }
  return columns;
}

Recognizer RecognizerOf(const GoldForm& gold, const FormExpander& expander) {
  GlossaryConcept source;
  source.entry.name = {"gold", "term"};
  LanguageSection section;
  section.language = LanguageTag::FromCanonical(gold.language);
  Term term;
  term.id = "term";
  term.text = gold.term;
  term.type = ReadTermWord(gold.term).is_acronym ? TermType::kAcronym : TermType::kFullForm;
  section.terms.push_back(std::move(term));
  const text::LanguageKey key = text::LanguageKeyOf(section.language);
  source.entry.sections.push_back(std::move(section));
  std::vector<GlossaryConcept> concepts;
  concepts.push_back(std::move(source));
  return Recognizer(key, std::move(concepts), expander);
}

bool IsFound(const Recognizer& recognizer, const std::string& form) {
  const auto is_ending = [](const std::string& rest, const Term& term) {
    return rest.starts_with("-") && term.type == TermType::kAcronym;
  };
  for (const Hit& hit : recognizer.Recognize(form)) {
    const std::string rest = form.substr(hit.range.end);
    const bool is_whole = rest.empty() || rest == "'" || is_ending(rest, *hit.term);
    if (hit.range.begin == 0 && is_whole && hit.hit_class == HitClass::kStrict) {
      return true;
    }
  }
  return false;
}

}  // namespace

double GoldResult::recall() const {
  return of_term == 0 ? 0 : static_cast<double>(found) / static_cast<double>(of_term);
}

double GoldResult::precision() const {
  const std::size_t all = found + found_wrongly;
  return all == 0 ? 0 : static_cast<double>(found) / static_cast<double>(all);
}

absl::StatusOr<std::vector<GoldForm>> ReadGold(const std::filesystem::path& path) {
  std::ifstream file(path);
  if (!file) {
    return absl::NotFoundError("there is no " + path.string());
  }
  std::vector<GoldForm> gold;
  for (std::string line; std::getline(file, line);) {
    const std::vector<std::string> columns = Columns(line);
    const bool is_judged = columns.size() >= 4 && (columns[3] == "yes" || columns[3] == "no");
    const bool is_base = columns.size() > 4 && columns[4] == "hand-base";
    if (is_judged && !is_base) {
      gold.push_back({columns[0], columns[1], columns[2], columns[3] == "yes"});
    }
  }
  return gold;
}

GoldResult Evaluate(const std::vector<GoldForm>& gold, const FormExpander& expander) {
  GoldResult result;
  std::map<std::string, std::unique_ptr<Recognizer>> recognizers;
  for (const GoldForm& form : gold) {
    std::unique_ptr<Recognizer>& recognizer = recognizers[form.term];
    if (recognizer == nullptr) {
      recognizer = std::make_unique<Recognizer>(RecognizerOf(form, expander));
    }
    const bool is_found = IsFound(*recognizer, form.form);
    ++(form.is_of_term ? result.of_term : result.others);
    if (is_found) {
      ++(form.is_of_term ? result.found : result.found_wrongly);
    }
    if (is_found != form.is_of_term) {
      result.errors.push_back((is_found ? "wrong: " : "missed: ") + form.term + " | " + form.form);
    }
  }
  result.terms = recognizers.size();
  return result;
}

}  // namespace sild::terms

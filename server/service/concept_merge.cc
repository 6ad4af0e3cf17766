#include "server/service/concept_merge.h"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <absl/strings/ascii.h>
#include <fmt/format.h>

#include "server/formats/limit_problem.h"
#include "server/formats/pair_rows.h"
#include "server/service/identity.h"

namespace sild::service {
namespace {

void MergeText(std::string& to, const std::string& from) {
  if (!from.empty()) {
    to = from;
  }
}

// Adds those of `from` that are not there. `from` may hold one twice, and so may a stored concept.
template <typename Value>
void AddMissing(std::vector<Value>& to, const std::vector<Value>& from) {
  for (const Value& value : from) {
    if (std::find(to.begin(), to.end(), value) == to.end()) {
      to.push_back(value);
    }
  }
}

Term* FindTerm(LanguageSection& section, const Term& wanted) {
  const auto find = [&](const auto& is_it) {
    const auto found = std::find_if(section.terms.begin(), section.terms.end(), is_it);
    return found == section.terms.end() ? nullptr : &*found;
  };
  const auto has_id = [&](const Term& term) { return !wanted.id.empty() && term.id == wanted.id; };
  const auto has_text = [&](const Term& term) { return term.text == wanted.text; };
  // A section may have a text twice.
  if (Term* const same = find([&](const Term& term) { return has_id(term) && has_text(term); })) {
    return same;
  }
  Term* const same_text = find(has_text);
  return same_text != nullptr ? same_text : find(has_id);
}

void MergeTerm(Term& to, const Term& from, const formats::StatedFacts& stated) {
  to.text = from.text;
  to.status = stated.status ? from.status : to.status;
  to.process_status = stated.process_status ? from.process_status : to.process_status;
  to.type = stated.type ? from.type : to.type;
  to.matching = stated.matching ? from.matching : to.matching;
  to.match_compounds = stated.match_compounds ? from.match_compounds : to.match_compounds;
  MergeText(to.part_of_speech, from.part_of_speech);
  MergeText(to.grammatical_gender, from.grammatical_gender);
  MergeText(to.grammatical_number, from.grammatical_number);
  MergeText(to.usage_example, from.usage_example);
  MergeText(to.source, from.source);
  AddMissing(to.extra_forms, from.extra_forms);
  AddMissing(to.banned_forms, from.banned_forms);
  AddMissing(to.notes, from.notes);
  AddMissing(to.properties, from.properties);
}

void MergeSection(LanguageSection& to, const LanguageSection& from,
                  const formats::ParsedConcept& parsed) {
  MergeText(to.definition, from.definition);
  MergeText(to.definition_source, from.definition_source);
  for (const Term& term : from.terms) {
    if (Term* const known = FindTerm(to, term)) {
      const auto stated = parsed.stated.find({from.language, term.text});
      MergeTerm(*known, term,
                stated == parsed.stated.end() ? formats::StatedFacts() : stated->second);
    } else {
      to.terms.push_back(term);
    }
  }
  std::stable_partition(to.terms.begin(), to.terms.end(),
                        [](const Term& term) { return term.status == TermStatus::kPreferred; });
  AddMissing(to.notes, from.notes);
  AddMissing(to.properties, from.properties);
}

// The section of `entry` for a language; with `any_region`, if there is none, that which an export
// of the language would write.
const LanguageSection* FindSection(const Concept& entry, const LanguageTag& language,
                                   bool any_region) {
  if (any_region) {
    return formats::SectionFinder().Find(entry, language);
  }
  const auto found =
      std::find_if(entry.sections.begin(), entry.sections.end(),
                   [&](const LanguageSection& section) { return section.language == language; });
  return found == entry.sections.end() ? nullptr : &*found;
}

// Texts, and which of them a text begins with.
class Beginnings {
 public:
  explicit Beginnings(std::vector<std::string> texts) : texts_(std::move(texts)) {
    std::sort(texts_.begin(), texts_.end());
    texts_.erase(std::unique(texts_.begin(), texts_.end()), texts_.end());
    for (std::size_t i = 0; i < texts_.size(); ++i) {
      std::size_t longest = i;
      while (longest > 0 && !texts_[i].starts_with(texts_[longest - 1])) {
        longest = shorter_[longest - 1];
      }
      shorter_.push_back(longest);
    }
  }

  // Calls `take` with the size of each text, in bytes, that `text` begins with.
  template <typename Take>
  void Find(std::string_view text, const Take& take) const {
    // What begins `text` also begins the last text that is not behind it in order.
    const auto behind = std::upper_bound(texts_.begin(), texts_.end(), text);
    auto next = static_cast<std::size_t>(behind - texts_.begin());
    if (next == 0) {
      return;
    }
    const std::string& last = texts_[next - 1];
    const auto common = static_cast<std::size_t>(
        std::mismatch(last.begin(), last.end(), text.begin(), text.end()).first - last.begin());
    for (; next > 0; next = shorter_[next - 1]) {
      if (texts_[next - 1].size() <= common) {
        take(texts_[next - 1].size());
      }
    }
  }

 private:
  std::vector<std::string> texts_;    // In order, each once.
  std::vector<std::size_t> shorter_;  // 1 + which of them, the longest, begins each. 0: none.
};

// Whether `note` is some of `texts`, put together with `; ` as the writers of pairs do.
bool IsMadeOf(std::string_view note, const Beginnings& texts) {
  constexpr std::string_view kSeparator = "; ";
  // Where a text may begin; each place is looked at once, as texts may hold the separator, too.
  std::set<std::size_t> begins{0};
  bool is_made = false;
  while (!begins.empty() && !is_made) {
    const std::size_t begin = *begins.begin();
    begins.erase(begins.begin());
    const std::string_view rest = note.substr(begin);
    texts.Find(rest, [&](std::size_t size) {
      is_made = is_made || size == rest.size();
      if (rest.substr(size).starts_with(kSeparator)) {
        begins.insert(begin + size + kSeparator.size());
      }
    });
  }
  return is_made;
}

// Those of `notes` that `stored` does not say already, whichever fields it says it in.
std::vector<std::string> NewNotes(const Concept& stored, std::vector<std::string> notes) {
  std::vector<std::string> texts = stored.notes;
  texts.push_back(stored.subject_field);
  texts.push_back(stored.definition);
  for (const LanguageSection& section : stored.sections) {
    texts.push_back(section.definition);
  }
  std::erase(texts, "");
  for (std::string& text : texts) {
    std::string cell;
    formats::AppendPlainCell(text, cell);
    absl::StripAsciiWhitespace(&cell);
    text = std::move(cell);
  }
  const Beginnings beginnings(std::move(texts));
  std::erase_if(notes, [&](const std::string& note) { return IsMadeOf(note, beginnings); });
  return notes;
}

// Makes a note of `text`, which is to be merged into `has`, if both are there and differ.
void KeepText(const std::string& has, std::string& text, std::vector<std::string>& notes) {
  if (!has.empty() && !text.empty() && text != has) {
    notes.push_back(text);
  }
  if (!has.empty()) {
    text.clear();
  }
}

// The same with the definition of a concept or section and its source, which belong together: none
// of them gets beside one of `has`, unless the definitions are the same.
template <typename Owner>
void KeepDefinition(const Owner& has, Owner& owner, std::vector<std::string>& notes) {
  if (has.definition.empty() && has.definition_source.empty()) {
    return;
  }
  if (owner.definition == has.definition ||
      (owner.definition.empty() && owner.definition_source == has.definition_source)) {
    KeepText(has.definition_source, owner.definition_source, notes);
    return;
  }
  std::string note = std::exchange(owner.definition, {});
  const std::string source = std::exchange(owner.definition_source, {});
  note += note.empty() || source.empty() ? source : fmt::format(" ({})", source);
  if (!note.empty()) {
    notes.push_back(std::move(note));
  }
}

// The same with the texts of a term that is to be merged into `has`.
void KeepTexts(const Term& has, Term& term) {
  KeepText(has.part_of_speech, term.part_of_speech, term.notes);
  KeepText(has.grammatical_gender, term.grammatical_gender, term.notes);
  KeepText(has.grammatical_number, term.grammatical_number, term.notes);
  KeepText(has.usage_example, term.usage_example, term.notes);
  KeepText(has.source, term.source, term.notes);
}

}  // namespace

Concept Merged(const Concept& stored, const formats::ParsedConcept& parsed) {
  const Concept& from = parsed.entry;
  Concept result = stored;
  MergeText(result.subject_field, from.subject_field);
  MergeText(result.definition, from.definition);
  MergeText(result.definition_source, from.definition_source);
  MergeText(result.updater, from.updater);
  result.do_not_translate = result.do_not_translate || from.do_not_translate;
  for (const LanguageSection& section : from.sections) {
    const LanguageSection* const known = FindSection(stored, section.language, parsed.is_of_pairs);
    if (known == nullptr) {
      result.sections.push_back(section);
    } else {
      MergeSection(result.sections[static_cast<std::size_t>(known - stored.sections.data())],
                   section, parsed);
    }
  }
  AddMissing(result.relations, from.relations);
  AddMissing(result.notes, parsed.is_of_pairs ? NewNotes(stored, from.notes) : from.notes);
  AddMissing(result.properties, from.properties);
  return result;
}

Concept Joined(const Concept& stored, Concept other) {
  other.updater.clear();  // Who joins them is the updater.
  if (other.do_not_translate && !stored.do_not_translate) {
    other.do_not_translate = false;
    other.notes.push_back(fmt::format("{} was marked: do not translate", other.name.concept_id));
  }
  KeepDefinition(stored, other, other.notes);
  KeepText(stored.subject_field, other.subject_field, other.notes);
  for (LanguageSection& section : other.sections) {
    for (Term& term : section.terms) {
      term.id.clear();  // The ids of each concept are its own.
    }
    const LanguageSection* const known = FindSection(stored, section.language, false);
    if (known == nullptr) {
      continue;
    }
    KeepDefinition(*known, section, section.notes);
    for (Term& term : section.terms) {
      const auto same = std::find_if(known->terms.begin(), known->terms.end(),
                                     [&](const Term& has) { return has.text == term.text; });
      if (same != known->terms.end()) {
        KeepTexts(*same, term);
      }
    }
  }
  formats::ParsedConcept parsed;
  parsed.entry = std::move(other);
  Concept result = Merged(stored, parsed);
  std::erase_if(result.relations, [&](const Relation& relation) {
    return relation.target == stored.name || relation.target == parsed.entry.name;
  });
  return result;
}

std::string MergeProblem(const Concept& entry) {
  const formats::UnitLimits limits;
  for (const LanguageSection& section : entry.sections) {
    if (section.terms.size() > limits.terms) {
      return fmt::format("with what is stored it would have more than {} {} terms", limits.terms,
                         section.language.str());
    }
  }
  if (entry.sections.size() > limits.variants) {
    return fmt::format("with what is stored it would have more than {} languages", limits.variants);
  }
  if (BytesOf(entry) > limits.unit_bytes) {
    return fmt::format("with what is stored it would be larger than {} bytes", limits.unit_bytes);
  }
  const std::string problem = formats::LimitProblem(entry, limits);
  return problem.empty() ? "" : "with what is stored, " + problem;
}

bool HasTermsOf(const Concept& stored, const formats::ParsedConcept& parsed) {
  const std::vector<LanguageSection>& sections = parsed.entry.sections;
  return std::all_of(sections.begin(), sections.end(), [&](const LanguageSection& section) {
    const LanguageSection* const known = FindSection(stored, section.language, parsed.is_of_pairs);
    return known != nullptr &&
           std::all_of(section.terms.begin(), section.terms.end(), [&](const Term& term) {
             return std::any_of(known->terms.begin(), known->terms.end(),
                                [&](const Term& other) { return other.text == term.text; });
           });
  });
}

}  // namespace sild::service

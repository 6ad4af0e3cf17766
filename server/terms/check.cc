#include "server/terms/check.h"

#include <algorithm>
#include <map>
#include <span>
#include <tuple>
#include <utility>

#include <absl/container/flat_hash_set.h>

#include "server/terms/longer_name.h"

namespace sild::terms {
namespace {

// Of how many concepts is kept what they ask for, which makes a document's later pairs quick.
constexpr std::size_t kMaxWanted = 1'000;

// More than a segment of 10,000 characters has words.
constexpr std::size_t kMaxHits = 10'000;

bool IsToUse(const Term& term) {
  return term.process_status != ProcessStatus::kRejected &&
         (term.status == TermStatus::kPreferred || term.status == TermStatus::kAdmitted);
}

// Preferred before admitted, approved before proposed.
std::pair<TermStatus, bool> RankOf(const Term& term) {
  return {term.status, term.process_status == ProcessStatus::kProposed};
}

Severity SeverityOf(FindingKind kind, const std::vector<const Term*>& suggestions) {
  switch (kind) {
    case FindingKind::kMissing: {
      const bool is_ruled =
          std::any_of(suggestions.begin(), suggestions.end(), [](const Term* term) {
            return term->status == TermStatus::kPreferred &&
                   term->process_status == ProcessStatus::kApproved;
          });
      return is_ruled ? Severity::kError : Severity::kWarning;
    }
    case FindingKind::kForbidden:
    case FindingKind::kTranslated:
      return Severity::kError;
    case FindingKind::kSuperseded:
    case FindingKind::kInconsistent:
    case FindingKind::kNameChanged:
      return Severity::kWarning;
    case FindingKind::kPossiblyUsed:
    case FindingKind::kUsed:
      break;
  }
  return Severity::kInfo;
}

}  // namespace

TermChecker::Wanted& TermChecker::WantedOf(const Concept& entry) {
  std::unique_ptr<Wanted>& wanted = wanted_[&entry];
  if (wanted == nullptr) {
    wanted = std::make_unique<Wanted>();
    for (const LanguageSection& section : entry.sections) {
      if (!entry.do_not_translate && text::LanguageKeyOf(section.language) != language_) {
        continue;
      }
      for (const Term& term : section.terms) {
        if (IsToUse(term)) {
          wanted->terms.push_back(&term);
        }
      }
    }
    std::stable_sort(wanted->terms.begin(), wanted->terms.end(),
                     [](const Term* a, const Term* b) { return RankOf(*a) < RankOf(*b); });
  }
  return *wanted;
}

// Checks one pair.
class TermChecker::PairChecker {
 public:
  PairChecker(TermChecker& checker, std::string_view source, std::string_view target)
      : checker_(checker), source_(source), target_(target) {
    if (checker_.source_ != nullptr) {
      asked_ = checker_.source_->Recognize(source, {.max_hits = kMaxHits});
      std::erase_if(asked_, [](const Hit& hit) { return hit.hit_class != HitClass::kStrict; });
    }
    for (const Hit& hit : asked_) {
      asked_by_name_.try_emplace(hit.entry->name, &hit);
    }
    const RecognizeOptions options{
        .include_nested = true, .include_repeated = true, .max_hits = kMaxHits};
    for (const Hit& hit : checker_.target_.Recognize(target, options)) {
      if (hit.is_repeated && !asked_by_name_.contains(hit.entry->name)) {
        continue;  // The first glossary speaks for it.
      }
      // By begin, longer ones first: one before it reaches as far if it is nested.
      const bool is_nested =
          !hits_.empty() && (farthest_.end > hit.range.end ||
                             (farthest_.end == hit.range.end && farthest_ != hit.range));
      farthest_ = farthest_.end >= hit.range.end ? farthest_ : hit.range;
      hits_.push_back({hit, is_nested});
      if (hit.hit_class == HitClass::kStrict) {
        taken_.push_back(hit.range);
      }
    }
    for (const TargetHit& hit : hits_) {
      hits_by_name_[hit.entry->name].push_back(&hit);
    }
  }

  PairCheck Run() && {
    if (checker_.source_ == nullptr) {
      TakeUses();
    }
    for (std::size_t i = 0; i < asked_.size();) {
      std::size_t end = i + 1;
      while (end < asked_.size() && asked_[end].range == asked_[i].range) {
        ++end;
      }
      CheckPlace({&asked_[i], end - i});
      i = end;
    }
    for (const TargetHit& hit : hits_) {
      CheckStatus(hit);
    }
    std::stable_sort(result_.findings.begin(), result_.findings.end(),
                     [](const Finding& a, const Finding& b) { return OrderOf(a) < OrderOf(b); });
    return std::move(result_);
  }

 private:
  struct TargetHit : Hit {
    bool is_nested = false;  // Inside a longer one.
  };

  static std::tuple<bool, std::uint32_t, std::uint32_t> OrderOf(const Finding& finding) {
    const auto& range = finding.target_range ? finding.target_range : finding.source_range;
    return {finding.target_range.has_value(), range->begin, range->end};
  }

  // Of a text of one language: each concept is used once, however often.
  void TakeUses() {
    for (const TargetHit& hit : hits_) {
      if (!IsToUse(*hit.term) || hit.is_nested) {
        continue;
      }
      TakeUse({hit.entry, nullptr, hit.term, hit.range});
      if (done_.insert(hit.entry).second) {
        Add({.kind = FindingKind::kUsed,
             .entry = hit.entry,
             .target_range = hit.range,
             .target_term = hit.term});
      }
    }
  }

  // Takes down a use of one of several terms that might have been used.
  void TakeUse(const TermUse& use) {
    if (checker_.WantedOf(*use.entry).terms.size() > 1) {
      result_.uses.push_back(use);
    }
  }

  // Checks the terms that stand at one place of the source. The first concept speaks for all.
  void CheckPlace(std::span<const Hit> place) {
    for (const Hit& hit : place) {
      if (done_.contains(hit.entry) || IsUsed(hit)) {
        return;
      }
    }
    // A concept without a term to use may be the one that is meant.
    const bool is_silent = std::any_of(place.begin(), place.end(), [&](const Hit& hit) {
      return checker_.WantedOf(*hit.entry).terms.empty();
    });
    const bool has_wrong_term = std::any_of(place.begin(), place.end(), [&](const Hit& hit) {
      return HasWrongTerm(hit.entry->name);  // `CheckStatus` tells that.
    });
    if (is_silent || has_wrong_term || IsPartOfLongerName(place.front())) {
      return;
    }
    for (const Hit& hit : place) {
      done_.insert(hit.entry);
    }
    const Hit& first = place.front();
    Finding finding{
        .kind = first.entry->do_not_translate ? FindingKind::kTranslated : FindingKind::kMissing,
        .entry = first.entry};
    for (const Hit& hit : place) {
      if (TakeChance(hit, finding)) {
        return;
      }
      const auto& terms = checker_.WantedOf(*hit.entry).terms;
      finding.suggestions.insert(finding.suggestions.end(), terms.begin(), terms.end());
    }
    finding.source_range = first.range;
    finding.source_term = first.term;
    Add(std::move(finding));
  }

  bool IsPartOfLongerName(const Hit& hit) {
    if (!longer_names_) {
      longer_names_.emplace(source_, asked_);
    }
    return longer_names_->HasPart(hit);
  }

  // Whether a term to use of the concept stands in the target. Takes down where.
  bool IsUsed(const Hit& asked) {
    const auto named = hits_by_name_.find(asked.entry->name);
    if (named == hits_by_name_.end()) {
      return false;
    }
    bool is_used = false;
    for (const TargetHit* hit : named->second) {
      if (!IsToUse(*hit->term)) {
        continue;
      }
      TakeUse({asked.entry, asked.term, hit->term, hit->range});
      if (!std::exchange(is_used, true)) {
        AddUsed(asked, hit->range, hit->term);
      }
    }
    return is_used;
  }

  void AddUsed(const Hit& asked, ByteRange range, const Term* term) {
    done_.insert(asked.entry);
    Add({.kind = FindingKind::kUsed,
         .entry = asked.entry,
         .source_range = asked.range,
         .target_range = range,
         .source_term = asked.term,
         .target_term = term});
  }

  bool HasWrongTerm(const ConceptName& name) const {
    const auto named = hits_by_name_.find(name);
    return named != hits_by_name_.end() &&
           std::any_of(named->second.begin(), named->second.end(),
                       [&](const TargetHit* hit) { return IsWrong(*hit); });
  }

  // Whether a hit is a term not to use that is to be told of.
  bool IsWrong(const TargetHit& hit) const {
    return hit.hit_class == HitClass::kStrict && !IsToUse(*hit.term) && !hit.is_nested &&
           !IsOtherwiseRight(hit);
  }

  // Whether the words of a hit are a term to use of another concept as well, and the source does
  // not ask for the concept of the hit alone.
  bool IsOtherwiseRight(const TargetHit& hit) const {
    const auto is_before = [](const TargetHit& a, const TargetHit& b) {
      return std::pair(a.range.begin, ~a.range.end) < std::pair(b.range.begin, ~b.range.end);
    };
    const bool is_asked = asked_by_name_.contains(hit.entry->name);
    const auto [begin, end] = std::equal_range(hits_.begin(), hits_.end(), hit, is_before);
    return std::any_of(begin, end, [&](const TargetHit& other) {
      return IsToUse(*other.term) && (!is_asked || asked_by_name_.contains(other.entry->name));
    });
  }

  // Looks once more for what `asked` asks for. Returns whether it is used; else makes `finding`
  // milder if there is a reason.
  bool TakeChance(const Hit& asked, Finding& finding) {
    Wanted& wanted = checker_.WantedOf(*asked.entry);
    if (wanted.chance == nullptr) {
      wanted.chance = std::make_unique<const SecondChance>(wanted.terms, checker_.expander_);
    }
    if (!loose_target_) {
      loose_target_.emplace(target_, std::move(taken_));
    }
    const SecondChance::Outcome outcome = wanted.chance->Look(*loose_target_);
    if (outcome.verdict == SecondChance::Verdict::kUsed) {
      AddUsed(asked, outcome.range, outcome.term);
      return true;
    }
    if (outcome.verdict != SecondChance::Verdict::kNone && !finding.target_range) {
      finding.kind = outcome.verdict == SecondChance::Verdict::kPossiblyUsed
                         ? FindingKind::kPossiblyUsed
                         : FindingKind::kNameChanged;
      finding.entry = asked.entry;
      finding.target_range = outcome.range;
      finding.target_term = outcome.term;
    }
    return false;
  }

  // Tells of a deprecated or superseded term.
  void CheckStatus(const TargetHit& hit) {
    if (!IsWrong(hit)) {
      return;
    }
    const auto asked = asked_by_name_.find(hit.entry->name);
    Finding finding{.kind = hit.term->status == TermStatus::kDeprecated ? FindingKind::kForbidden
                                                                        : FindingKind::kSuperseded,
                    .entry = hit.entry,
                    .target_range = hit.range,
                    .target_term = hit.term,
                    .suggestions = checker_.WantedOf(*hit.entry).terms};
    if (asked != asked_by_name_.end()) {
      finding.source_range = asked->second->range;
      finding.source_term = asked->second->term;
    }
    Add(std::move(finding));
  }

  void Add(Finding finding) {
    finding.severity = SeverityOf(finding.kind, finding.suggestions);
    result_.findings.push_back(std::move(finding));
  }

  TermChecker& checker_;
  std::string_view source_;
  std::string_view target_;
  std::vector<Hit> asked_;  // In the source.
  std::vector<TargetHit> hits_;
  std::map<ConceptName, const Hit*> asked_by_name_;  // The first of each.
  std::map<ConceptName, std::vector<const TargetHit*>> hits_by_name_;
  std::vector<ByteRange> taken_;             // Where terms surely stand in the target.
  std::optional<LongerNames> longer_names_;  // Of the source; this and the next are seldom needed.
  std::optional<LooseText> loose_target_;
  ByteRange farthest_;                        // The hit that reaches farthest so far.
  absl::flat_hash_set<const Concept*> done_;  // Nothing more is to be said of them.
  PairCheck result_;
};

PairCheck TermChecker::Check(std::string_view source, std::string_view target) {
  if (wanted_.size() > kMaxWanted) {
    wanted_.clear();
  }
  return PairChecker(*this, source, target).Run();
}

}  // namespace sild::terms

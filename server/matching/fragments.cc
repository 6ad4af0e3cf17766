#include "server/matching/fragments.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "server/matching/query_texts.h"
#include "server/matching/score.h"
#include "server/matching/selection.h"
#include "server/matching/span_table.h"
#include "server/model/try.h"
#include "server/model/unit_size.h"
#include "server/text/tokens.h"

namespace sild::matching {
namespace {

using text::LanguageKey;
using text::Token;

// A source that shows only some units of its own accord.
class SomeUnits : public CandidateSource {
 public:
  SomeUnits(const CandidateSource& all, const std::set<UnitName>& names)
      : all_(all), names_(names) {}

  absl::Status ForEachUnit(const MemoryName& memory,
                           absl::FunctionRef<bool(const TranslationUnit&)> visit) const override {
    for (const UnitName& name : names_) {
      if (name.parent() == memory) {
        SILD_TRY(const TranslationUnit unit, all_.GetUnit(name));
        if (!visit(unit)) {
          break;
        }
      }
    }
    return absl::OkStatus();
  }

  absl::Status ForEachUnitWithText(
      const MemoryName& memory, const LanguageKey& key, std::string_view text,
      absl::FunctionRef<bool(const TranslationUnit&)> visit) const override {
    return all_.ForEachUnitWithText(memory, key, text, visit);
  }

  absl::StatusOr<TranslationUnit> GetUnit(const UnitName& name) const override {
    return all_.GetUnit(name);
  }

  absl::Status FillUsage(TranslationUnit& unit) const override { return all_.FillUsage(unit); }

 private:
  const CandidateSource& all_;
  const std::set<UnitName>& names_;
};

// A part of a query, and a stored text that covers it.
struct Cover {
  std::uint32_t begin = 0;  // Tokens.
  std::uint32_t end = 0;
  std::int32_t weight = 0;
  std::uint32_t text = 0;  // By number, in the order in which they were found.

  // The heaviest part first; what covers one part stands together.
  friend bool operator<(const Cover& a, const Cover& b) {
    return std::tuple(-a.weight, a.begin, a.end, a.text) <
           std::tuple(-b.weight, b.begin, b.end, b.text);
  }
  bool IsOfPart(const Cover& other) const { return begin == other.begin && end == other.end; }
};

// Returns `query` cut to `range` of its text.
Query PartOf(const Query& query, ByteRange range) {
  Query part;
  part.segment.text = query.segment.text.substr(range.begin, range.end - range.begin);
  std::map<std::int32_t, int> counts;  // Of tags, by pair.
  const auto is_inside = [range](const Tag& tag) {
    return tag.position > range.begin && tag.position < range.end;
  };
  for (const Tag& tag : query.segment.tags) {
    counts[tag.pair] += is_inside(tag) ? 1 : 0;
  }
  for (const Tag& tag : query.segment.tags) {
    if (is_inside(tag) && (tag.pair == 0 || counts[tag.pair] > 1)) {
      part.segment.tags.push_back(tag);
      part.segment.tags.back().position -= range.begin;
    }
  }
  return part;
}

// Where fragments of a query are wanted.
struct Open {
  bool is_open = false;
  std::vector<LanguageTag> targets;  // Empty: in any language.
};

Open OpenTargets(const LookupRequest& request, const std::vector<Match>& matches) {
  const std::vector<LanguageTag>& targets = request.target_languages;
  if (matches.empty()) {
    return {true, targets};
  }
  Open open;
  std::set<LanguageKey> found;
  for (std::size_t i = 0; targets.size() > 1 && i < matches.size(); ++i) {
    found.insert(text::LanguageKeyOf(matches[i].target_language));
  }
  for (std::size_t i = 0; targets.size() > 1 && i < targets.size(); ++i) {
    if (!found.contains(text::LanguageKeyOf(targets[i]))) {
      open.is_open = true;
      open.targets.push_back(targets[i]);
    }
  }
  return open;
}

// Between questions whether there is an index now.
constexpr std::int64_t kUnitsPerQuestion = 4'096;

using Matches = std::vector<Match>;

// One search for fragments.
class FragmentFinder {
 public:
  FragmentFinder(const LookupRequest& request, std::vector<Open> open,
                 const CandidateSource& source, const std::function<bool()>& is_cancelled,
                 std::size_t max_bytes)
      : request_(request),
        source_(source),
        is_cancelled_(is_cancelled),
        max_bytes_(max_bytes),
        texts_(request.queries),
        selector_(request),
        part_request_(request),
        open_(std::move(open)),
        covers_(request.queries.size()) {
    part_request_.queries.clear();
    part_request_.max_matches = 1;
  }

  absl::StatusOr<std::vector<std::vector<Fragment>>> Run() {
    std::vector<std::vector<Fragment>> fragments(request_.queries.size());
    std::set<MemoryName> seen;
    for (const MemoryReference& memory : request_.memories) {
      if (seen.insert(memory.name).second) {
        SILD_CHECK_OK(LookIn(memory.name));
      }
    }
    for (std::size_t query = 0; query < fragments.size(); ++query) {
      SILD_TRY(fragments[query], Choose(query));
    }
    return fragments;
  }

 private:
  bool IsCancelled() const { return is_cancelled_ && is_cancelled_(); }

  // Notes what the units of a memory cover. A look at all units gives way to an index as soon as
  // there is one; what was noted by then is noted again, which changes nothing.
  absl::Status LookIn(const MemoryName& memory) {
    const LanguageKey key = text::LanguageKeyOf(request_.source_language);
    auto texts = source_.OpenIndex(memory, key);
    if (texts == nullptr) {
      std::int64_t visited = 0;
      SILD_CHECK_OK(source_.ForEachUnit(memory, [&](const TranslationUnit& unit) {
        Note(unit);
        if (++visited % kUnitsPerQuestion == 0) {
          texts = source_.OpenIndex(memory, key);
        }
        return texts == nullptr && !IsCancelled();
      }));
    }
    std::unordered_set<TextHandle> seen;  // By any query: what is noted, is noted in all.
    for (std::size_t query = 0; texts != nullptr && query < open_.size(); ++query) {
      if (open_[query].is_open) {
        SILD_CHECK_OK(LookUp(query, *texts, seen));
      }
    }
    return IsCancelled() ? absl::CancelledError("the look-up was cancelled") : absl::OkStatus();
  }

  absl::Status LookUp(std::size_t query, IndexedTexts& texts,
                      std::unordered_set<TextHandle>& seen) {
    const Vocabulary& vocabulary = texts.index().lexicon().vocabulary;
    std::vector<FoldedKey> keys;
    for (const Token& token : texts_[query].tokens) {
      keys.push_back(vocabulary.FindFolded(token.token_class, texts_[query].Folded(token)));
    }
    absl::Status status;
    const auto visit = [&](TextHandle handle) {
      if (seen.insert(handle).second) {
        status = texts.ForEachUnit(handle, [this](const TranslationUnit& unit) {
          Note(unit);
          return !IsCancelled();
        });
      }
      return status.ok() && !IsCancelled();
    };
    FindContained(
        texts.index(), keys, [this] { return IsCancelled(); }, visit);
    return status;
  }

  // Notes what a unit covers of any query: its text where it stands, which is sought once for all
  // units that have it, and the unit with its text.
  void Note(const TranslationUnit& unit) {
    const Selection selection = selector_.Select(unit);
    if (selection.empty()) {
      return;
    }
    const std::string& text = selection.source->segment.text;
    auto known = text_numbers_.find(text);
    if (known == text_numbers_.end()) {
      const auto number = static_cast<std::uint32_t>(units_of_text_.size());
      bool stands = false;
      texts_.ForEachPlace(text::Tokenize(text), [&](std::size_t query, TokenSpan span) {
        if (open_[query].is_open) {
          covers_[query].push_back(MakeCover(query, span, number));
          stands = true;
        }
      });
      if (!stands) {
        return;  // Nearly all texts, so that they are not kept.
      }
      known = text_numbers_.try_emplace(text, number).first;
      units_of_text_.emplace_back();
    }
    units_of_text_[known->second].insert(unit.name);
  }

  Cover MakeCover(std::size_t query, TokenSpan span, std::uint32_t text) const {
    Cover cover;
    cover.begin = static_cast<std::uint32_t>(span.begin);
    cover.end = static_cast<std::uint32_t>(span.end);
    for (std::size_t i = span.begin; i < span.end; ++i) {
      cover.weight += WeightOf(texts_[query].tokens[i].token_class);
    }
    cover.text = text;
    return cover;
  }

  // Takes the best parts of a query.
  absl::StatusOr<std::vector<Fragment>> Choose(std::size_t query) {
    std::vector<Fragment> chosen;
    taken_.assign(texts_[query].tokens.size(), {});
    std::vector<Cover>& covers = covers_[query];
    std::sort(covers.begin(), covers.end());
    for (std::size_t i = 0; i < covers.size();) {
      if (IsCancelled()) {
        return absl::CancelledError("the look-up was cancelled");
      }
      std::vector<std::uint32_t> texts;
      const Cover& part = covers[i];
      for (; i < covers.size() && covers[i].IsOfPart(part); ++i) {
        texts.push_back(covers[i].text);
      }
      SILD_CHECK_OK(Take(query, part, texts, chosen));
    }
    std::sort(chosen.begin(), chosen.end(), [](const Fragment& a, const Fragment& b) {
      return std::tuple(a.range.begin, b.range.end, a.match.target_language) <
             std::tuple(b.range.begin, a.range.end, b.match.target_language);
    });
    return chosen;
  }

  // Adds to `chosen` the best match of a part in each language in which it is free.
  absl::Status Take(std::size_t query, const Cover& part, const std::vector<std::uint32_t>& texts,
                    std::vector<Fragment>& chosen) {
    // What was taken is no lighter than the part, so that it cannot lie between its ends.
    std::set<LanguageKey> taken = taken_[part.begin];
    taken.insert(taken_[part.end - 1].begin(), taken_[part.end - 1].end());
    std::vector<LanguageTag>& targets = part_request_.target_languages;
    targets = open_[query].targets;
    std::erase_if(targets, [&taken](const LanguageTag& target) {
      return taken.contains(text::LanguageKeyOf(target));
    });
    if (targets.empty() && !open_[query].targets.empty()) {
      return absl::OkStatus();
    }
    const std::vector<Token>& tokens = texts_[query].tokens;
    const ByteRange range{tokens[part.begin].range.begin, tokens[part.end - 1].range.end};
    part_request_.queries = {PartOf(request_.queries[query], range)};
    SILD_TRY(const std::shared_ptr<const Matches> found, FindPart(texts));
    for (const Match& match : *found) {
      const LanguageKey key = text::LanguageKeyOf(match.target_language);
      if (taken.insert(key).second) {
        SILD_CHECK_OK(Count(match));
        chosen.push_back({range, part_request_.queries[0], match});
        for (std::size_t i = part.begin; i < part.end; ++i) {
          taken_[i].insert(key);
        }
      }
    }
    return absl::OkStatus();
  }

  // Returns the best match in each language of the part that is in `part_request_`, compared with
  // the units that have one of these texts. A part without tags that comes again is looked up once.
  absl::StatusOr<std::shared_ptr<const Matches>> FindPart(const std::vector<std::uint32_t>& texts) {
    const Segment& part = part_request_.queries[0].segment;
    const PartKey key(part.text, part_request_.target_languages, texts);
    if (const auto known = found_.find(key); part.tags.empty() && known != found_.end()) {
      return known->second;
    }
    std::set<UnitName> units;
    for (const std::uint32_t text : texts) {
      units.insert(units_of_text_[text].begin(), units_of_text_[text].end());
    }
    SILD_TRY(std::vector<LookupResult> found,
             Find(part_request_, SomeUnits(source_, units), is_cancelled_));
    auto best = std::make_shared<Matches>();
    std::set<LanguageKey> languages;
    std::size_t bytes = 0;
    for (Match& match : found[0].matches) {
      if (languages.insert(text::LanguageKeyOf(match.target_language)).second) {
        bytes += SizeBytes(match.unit);
        best->push_back(std::move(match));
      }
    }
    if (part.tags.empty() && found_bytes_ + bytes <= max_bytes_) {
      found_bytes_ += bytes;
      found_.emplace(key, best);
    }
    return std::shared_ptr<const Matches>(std::move(best));
  }

  // Counts what a match adds to the answer.
  absl::Status Count(const Match& match) {
    chosen_bytes_ += SizeBytes(match.unit);
    return chosen_bytes_ <= max_bytes_
               ? absl::OkStatus()
               : absl::ResourceExhaustedError(
                     "the fragments would have over " + std::to_string(max_bytes_ >> 20) +
                     " MiB; set options.exclude_fragments or send shorter queries");
  }

  // A part without tags, the languages that are wanted, and the texts that stand there by number.
  using PartKey = std::tuple<std::string, std::vector<LanguageTag>, std::vector<std::uint32_t>>;

  const LookupRequest& request_;
  const CandidateSource& source_;
  const std::function<bool()>& is_cancelled_;
  const std::size_t max_bytes_;
  const QueryTexts texts_;
  VariantSelector selector_;
  LookupRequest part_request_;              // Its targets and its query change with each part.
  std::vector<Open> open_;                  // By query.
  std::vector<std::vector<Cover>> covers_;  // By query.
  std::unordered_map<std::string, std::uint32_t> text_numbers_;  // Of texts that cover something.
  std::vector<std::set<UnitName>> units_of_text_;                // By number.
  // Shared with the caller that is at work on it: not all are kept.
  std::map<PartKey, std::shared_ptr<const Matches>> found_;
  std::size_t found_bytes_ = 0;               // In `found_`; at most `max_bytes_`.
  std::size_t chosen_bytes_ = 0;              // In the answer so far.
  std::vector<std::set<LanguageKey>> taken_;  // By token of the query at hand.
};

}  // namespace

absl::StatusOr<std::vector<std::vector<Fragment>>> FindFragments(
    const LookupRequest& request, const std::vector<LookupResult>& results,
    const CandidateSource& source, const std::function<bool()>& is_cancelled,
    std::size_t max_bytes) {
  std::vector<Open> open;
  for (const LookupResult& result : results) {
    open.push_back(OpenTargets(request, result.matches));
  }
  if (std::none_of(open.begin(), open.end(), [](const Open& one) { return one.is_open; })) {
    return std::vector<std::vector<Fragment>>(request.queries.size());
  }
  return FragmentFinder(request, std::move(open), source, is_cancelled, max_bytes).Run();
}

}  // namespace sild::matching

#include "server/matching/fragments.h"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
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
#include "server/matching/some_units.h"
#include "server/matching/span_table.h"
#include "server/model/try.h"
#include "server/model/unit_size.h"
#include "server/text/tokens.h"

namespace sild::matching {
namespace {

using text::LanguageKey;
using text::Token;

// A part of a query that a stored text covers.
struct Part {
  std::uint32_t begin = 0;  // Tokens.
  std::uint32_t end = 0;
  std::int32_t weight = 0;

  // The heaviest part first.
  friend bool operator<(const Part& a, const Part& b) {
    return std::tuple(-a.weight, a.begin, a.end) < std::tuple(-b.weight, b.begin, b.end);
  }
};

// Where in a query stored texts seem to stand that were not read yet.
struct Core {
  TokenSpan span;
  std::int32_t max_weight = 0;  // Of a part: with the punctuation around it.
  struct Text {
    std::size_t index = 0;  // By number.
    TextHandle handle = 0;
  };
  std::vector<Text> texts;
};

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
        cores_(request.queries.size()),
        parts_(request.queries.size()) {
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
    for (std::size_t query = 0; texts != nullptr && query < open_.size(); ++query) {
      if (open_[query].is_open) {
        LookUp(query, texts->index());
      }
    }
    indexes_.push_back({std::move(texts), {}});
    return IsCancelled() ? absl::CancelledError("the look-up was cancelled") : absl::OkStatus();
  }

  // Notes where the texts of an index, which is to become the next of `indexes_`, seem to stand.
  void LookUp(std::size_t query, const TextIndex& index) {
    const Vocabulary& vocabulary = index.lexicon().vocabulary;
    std::vector<FoldedKey> keys;
    for (const Token& token : texts_[query].tokens) {
      keys.push_back(vocabulary.FindFolded(token.token_class, texts_[query].Folded(token)));
    }
    const auto visit = [&](TextHandle handle, TokenSpan span) {
      if (!texts_.SaysSomething(query, span)) {
        return;
      }
      Core& core = cores_[query][{span.begin, span.end}];
      core.span = span;
      core.texts.push_back({indexes_.size(), handle});
    };
    FindContained(
        index, keys, [this] { return IsCancelled(); }, visit);
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
          parts_[query][PartOf(query, span)].push_back(number);
          stands = true;
        }
      });
      if (!stands) {
        return;  // Nearly all texts, so that they are not kept.
      }
      known = text_numbers_.try_emplace(text, number).first;
      units_of_text_.emplace_back();
    }
    const auto [noted, is_new] = units_of_text_[known->second].try_emplace(unit.name, nullptr);
    const std::size_t bytes = is_new ? SizeBytes(unit) : 0;
    if (is_new && kept_bytes_ + bytes <= max_bytes_) {
      kept_bytes_ += bytes;
      noted->second = std::make_shared<const TranslationUnit>(unit);
    }
  }

  std::int32_t WeightOfToken(std::size_t query, std::size_t token) const {
    return WeightOf(texts_[query].tokens[token].token_class);
  }

  Part PartOf(std::size_t query, TokenSpan span) const {
    Part part;
    part.begin = static_cast<std::uint32_t>(span.begin);
    part.end = static_cast<std::uint32_t>(span.end);
    for (std::size_t i = span.begin; i < span.end; ++i) {
      part.weight += WeightOfToken(query, i);
    }
    return part;
  }

  // The greatest weight of a part whose text has its core there.
  std::int32_t MaxWeight(std::size_t query, TokenSpan core) const {
    const std::vector<Token>& tokens = texts_[query].tokens;
    const auto is_punctuation = [&tokens](std::size_t i) {
      return tokens[i].token_class == text::TokenClass::kPunctuation;
    };
    while (core.begin > 0 && is_punctuation(core.begin - 1)) {
      --core.begin;
    }
    while (core.end < tokens.size() && is_punctuation(core.end)) {
      ++core.end;
    }
    return PartOf(query, core).weight;
  }

  // The cores of a query, the heaviest last.
  std::vector<Core> CoresOf(std::size_t query) {
    std::vector<Core> cores;
    for (auto& [span, core] : cores_[query]) {
      core.max_weight = MaxWeight(query, core.span);
      cores.push_back(std::move(core));
    }
    cores_[query].clear();
    std::stable_sort(cores.begin(), cores.end(),
                     [](const Core& a, const Core& b) { return a.max_weight < b.max_weight; });
    return cores;
  }

  // Reads the texts that seem to stand at a core, if anything that they could cover is free.
  absl::Status Read(std::size_t query, const Core& core) {
    if (!FreeTargets(query, core.span)) {
      return absl::OkStatus();
    }
    absl::Status status;
    for (const Core::Text& text : core.texts) {
      Index& index = indexes_[text.index];
      if (status.ok() && !IsCancelled() && index.read.insert(text.handle).second) {
        status = index.texts->ForEachUnit(text.handle, [this](const TranslationUnit& unit) {
          Note(unit);
          return !IsCancelled();
        });
      }
    }
    return status;
  }

  // Takes the best parts of a query. Texts are read only where nothing heavier can come any more.
  absl::StatusOr<std::vector<Fragment>> Choose(std::size_t query) {
    std::vector<Fragment> chosen;
    taken_.assign(texts_[query].tokens.size(), {});
    std::vector<Core> cores = CoresOf(query);
    auto& parts = parts_[query];
    while (!cores.empty() || !parts.empty()) {
      if (IsCancelled()) {
        return absl::CancelledError("the look-up was cancelled");
      }
      if (parts.empty() ||
          (!cores.empty() && cores.back().max_weight >= parts.begin()->first.weight)) {
        SILD_CHECK_OK(Read(query, cores.back()));
        cores.pop_back();
      } else {
        const auto part = parts.extract(parts.begin());
        SILD_CHECK_OK(Take(query, part.key(), part.mapped(), chosen));
      }
    }
    std::sort(chosen.begin(), chosen.end(), [](const Fragment& a, const Fragment& b) {
      return std::tuple(a.range.begin, b.range.end, a.match.target_language) <
             std::tuple(b.range.begin, a.range.end, b.match.target_language);
    });
    return chosen;
  }

  // The languages in which tokens of a span at its ends are taken. What was taken is no lighter
  // than what is asked about, so that it cannot lie between its ends.
  std::set<LanguageKey> Taken(TokenSpan span) const {
    std::set<LanguageKey> taken = taken_[span.begin];
    taken.insert(taken_[span.end - 1].begin(), taken_[span.end - 1].end());
    return taken;
  }

  // The target languages that are wanted and not taken there; empty: any language. Nothing if there
  // is none.
  std::optional<std::vector<LanguageTag>> FreeTargets(std::size_t query, TokenSpan span) const {
    std::vector<LanguageTag> targets = open_[query].targets;
    if (targets.empty()) {
      return targets;
    }
    const std::set<LanguageKey> taken = Taken(span);
    std::erase_if(targets, [&taken](const LanguageTag& target) {
      return taken.contains(text::LanguageKeyOf(target));
    });
    return targets.empty() ? std::nullopt : std::optional(std::move(targets));
  }

  // Adds to `chosen` the best match of a part in each language in which it is free.
  absl::Status Take(std::size_t query, const Part& part, const std::vector<std::uint32_t>& texts,
                    std::vector<Fragment>& chosen) {
    const TokenSpan span{part.begin, part.end};
    const auto targets = FreeTargets(query, span);
    if (!targets) {
      return absl::OkStatus();
    }
    part_request_.target_languages = *targets;
    std::set<LanguageKey> taken = Taken(span);
    const std::vector<Token>& tokens = texts_[query].tokens;
    const ByteRange range{tokens[part.begin].range.begin, tokens[part.end - 1].range.end};
    part_request_.queries = {Cut(request_.queries[query], range)};
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
    Units units;
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
  LookupRequest part_request_;  // Its targets and its query change with each part.
  std::vector<Open> open_;      // By query.
  struct Index {
    std::unique_ptr<IndexedTexts> texts;  // Null if all units were looked at.
    std::unordered_set<TextHandle> read;  // By any query: what is noted, is noted in all.
  };
  std::vector<Index> indexes_;                                              // By memory.
  std::vector<std::map<std::pair<std::size_t, std::size_t>, Core>> cores_;  // By query and span.
  // By query; the texts that cover the part, by number, in ascending order.
  std::vector<std::map<Part, std::vector<std::uint32_t>>> parts_;
  std::unordered_map<std::string, std::uint32_t> text_numbers_;  // Of texts that cover something.
  std::vector<Units> units_of_text_;                             // By number.
  std::size_t kept_bytes_ = 0;  // Of units there; at most `max_bytes_`.
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

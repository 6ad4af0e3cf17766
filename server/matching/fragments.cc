#include "server/matching/fragments.h"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "server/matching/covering_texts.h"
#include "server/model/try.h"
#include "server/model/unit_size.h"

namespace sild::matching {
namespace {

using text::LanguageKey;

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

std::vector<bool> IsOpen(const std::vector<Open>& open) {
  std::vector<bool> is_open;
  for (const Open& one : open) {
    is_open.push_back(one.is_open);
  }
  return is_open;
}

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
        texts_(request, IsOpen(open), source, is_cancelled, max_bytes),
        part_request_(request),
        open_(std::move(open)) {
    part_request_.queries.clear();
    part_request_.max_matches = 1;
  }

  absl::StatusOr<std::vector<std::vector<Fragment>>> Run() {
    std::vector<std::vector<Fragment>> fragments(request_.queries.size());
    std::set<MemoryName> seen;
    for (const MemoryReference& memory : request_.memories) {
      if (seen.insert(memory.name).second) {
        SILD_CHECK_OK(texts_.LookIn(memory.name));
      }
    }
    for (std::size_t query = 0; query < fragments.size(); ++query) {
      SILD_TRY(fragments[query], Choose(query));
    }
    return fragments;
  }

 private:
  // Takes the best parts of a query. Texts are read only where nothing heavier can come any more.
  absl::StatusOr<std::vector<Fragment>> Choose(std::size_t query) {
    std::vector<Fragment> chosen;
    taken_.assign(texts_.query(query).tokens.size(), {});
    std::vector<Core> cores = texts_.TakeCores(query);
    auto& parts = texts_.parts(query);
    while (!cores.empty() || !parts.empty()) {
      if (texts_.IsCancelled()) {
        return absl::CancelledError("the look-up was cancelled");
      }
      if (parts.empty() ||
          (!cores.empty() && cores.back().max_weight >= parts.begin()->first.weight)) {
        if (FreeTargets(query, cores.back().span)) {
          SILD_CHECK_OK(texts_.Read(cores.back()));
        }
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
    const std::vector<text::Token>& tokens = texts_.query(query).tokens;
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
      units.insert(texts_.UnitsOf(text).begin(), texts_.UnitsOf(text).end());
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
  CoveringTexts texts_;
  LookupRequest part_request_;  // Its targets and its query change with each part.
  std::vector<Open> open_;      // By query.
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

#include "server/matching/tier_search.h"

#include <algorithm>
#include <limits>

#include "server/matching/score.h"

namespace sild::matching {
namespace {

// What a search costs, in documents read from a list (about a nanosecond).
constexpr double kListCost = 16;            // To find a list.
constexpr double kUnknownListsCost = 1e5;   // To find look-alikes that were never asked for.
constexpr double kCandidateCost = 60;       // To look at a candidate.
constexpr std::size_t kFewCandidates = 24;  // Not worth a tightening.

// A text whose words weigh more could overflow the 16 bits that count; all are looked at instead.
constexpr std::int32_t kMaxCounted = 60'000;

constexpr std::uint16_t kNever = std::numeric_limits<std::uint16_t>::max();

}  // namespace

std::int32_t NeededGain(std::int32_t weight, std::int32_t tenths) {
  return weight - std::max(DistanceLimit(weight, tenths), 0);
}

TierSearch::TierSearch() : counts_(Tier::kBlockDocuments), touched_(Tier::kBlockDocuments + 1) {}

void TierSearch::Collect(const Tier& tier, std::uint16_t tier_number, IndexQuery& query,
                         std::int32_t tenths, std::vector<Candidate>& candidates) {
  Begin(tier, query, tenths);
  if (begin_ == end_) {
    return;
  }
  Plan();
  for (std::size_t i = 0; i < words_.size(); ++i) {
    if (words_[i].loss == kWordWeight && words_[i].own_loss < kWordWeight) {
      OpenLookAlikes(i);
    }
  }
  for (std::uint32_t block = begin_ >> Tier::kBlockBits; block <= (end_ - 1) >> Tier::kBlockBits;
       ++block) {
    SearchBlock(block);
    Emit(tier_number, candidates);
  }
}

// Finds the documents of a weight that can be near, and what lists there are.
void TierSearch::Begin(const Tier& tier, IndexQuery& query, std::int32_t tenths) {
  tier_ = &tier;
  query_ = &query;
  tenths_ = tenths;
  const std::int32_t weight = query.profile().weight;
  const auto runs = std::span(tier.runs()).first(tier.runs().size() - 1);
  const auto is_too_light = [&](const Run& run) {
    return run.weight < weight && run.weight < NeededGain(weight, tenths);
  };
  const auto is_not_too_heavy = [&](const Run& run) {
    return run.weight <= weight || NeededGain(run.weight, tenths) <= weight;
  };
  const auto begin = std::partition_point(runs.begin(), runs.end(), is_too_light);
  const auto end = std::partition_point(begin, runs.end(), is_not_too_heavy);
  begin_run_ = static_cast<std::uint32_t>(begin - runs.begin());
  end_run_ = static_cast<std::uint32_t>(end - runs.begin());
  begin_ = tier.runs()[begin_run_].first_document;
  end_ = tier.runs()[end_run_].first_document;
  if (begin_ == end_) {
    return;
  }
  SetCosts(static_cast<double>(end_ - begin_) / tier.size());
}

void TierSearch::SetCosts(double share) {
  const Vocabulary& vocabulary = query_->vocabulary();
  const double all = std::max<double>(1, static_cast<double>(vocabulary.document_count()));
  const double look_alike_share = share * tier_->size() / all;
  words_.resize(query_->words().size());
  for (std::size_t i = 0; i < words_.size(); ++i) {
    const IndexQuery::Word& of_query = query_->words()[i];
    Word& word = words_[i];
    word.own = {};
    if (of_query.is_known) {
      word.own = tier_->DocumentsWith(of_query.number);
    }
    word.lists.assign(1, {word.own.data(), word.own.data() + word.own.size(), 0});
    word.lists[0].gain = kWordWeight;
    word.has_look_alikes = false;
    word.loss = 0;
    word.own_loss = of_query.form_cost;
    word.own_cost = kListCost + static_cast<double>(word.own.size()) * share;
    word.full_cost = word.own_cost;
    if (word.own_loss < kWordWeight) {
      const LookAlikeList* known = query_->KnownLookAlikesOf(i);
      word.full_cost += known == nullptr
                            ? kUnknownListsCost
                            : static_cast<double>(known->size()) * kListCost +
                                  static_cast<double>(known->documents) * look_alike_share;
    }
  }
}

double TierSearch::CostAt(const Word& word, std::int32_t loss) {
  return loss == 0 ? 0 : loss == kWordWeight ? word.full_cost : word.own_cost;
}

// Chooses what lists to read, so that a document in none of them loses more than a near one may.
void TierSearch::Plan() {
  const std::int32_t weight = query_->profile().weight;
  const std::int64_t budget = weight - NeededGain(weight, tenths_);
  const std::int32_t word_weight = query_->word_weight();
  if (word_weight <= budget || word_weight > kMaxCounted) {
    // Words alone refute nothing; all there is to know about them makes the bounds closer.
    for (Word& word : words_) {
      word.loss = word_weight > kMaxCounted ? 0 : kWordWeight;
    }
    return;
  }
  std::int64_t sum = 0;
  while (sum <= budget) {
    Step best;
    double best_rate = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < words_.size(); ++i) {
      const Word& word = words_[i];
      for (const std::int32_t loss : {word.own_loss, kWordWeight}) {
        if (loss <= word.loss) {
          continue;
        }
        const std::int64_t more =
            std::min(std::int64_t{loss - word.loss} * query_->words()[i].count, budget + 1 - sum);
        const double cost = CostAt(word, loss) - CostAt(word, word.loss);
        if (cost < best_rate * static_cast<double>(more)) {
          best_rate = cost / static_cast<double>(more);
          best = {i, loss, cost};
        }
      }
    }
    sum += std::int64_t{best.loss - words_[best.word].loss} * query_->words()[best.word].count;
    words_[best.word].loss = best.loss;
  }
  DropSuperfluous(sum, budget);
}

// Undoes the dearest steps that what came later made needless.
void TierSearch::DropSuperfluous(std::int64_t sum, std::int64_t budget) {
  while (true) {
    Step best;
    std::int64_t best_less = 0;
    for (std::size_t i = 0; i < words_.size(); ++i) {
      const Word& word = words_[i];
      for (const std::int32_t loss : {word.own_loss, 0}) {
        if (loss >= word.loss) {
          continue;
        }
        const std::int64_t less = std::int64_t{word.loss - loss} * query_->words()[i].count;
        const double cost = CostAt(word, word.loss) - CostAt(word, loss);
        if (sum - less > budget && cost > best.cost) {
          best = {i, loss, cost};
          best_less = less;
        }
      }
    }
    if (best_less == 0) {
      return;
    }
    sum -= best_less;
    words_[best.word].loss = best.loss;
  }
}

void TierSearch::OpenLookAlikes(std::size_t index) {
  Word& word = words_[index];
  if (word.has_look_alikes) {
    return;
  }
  word.has_look_alikes = true;
  const LookAlikeList& look_alikes = query_->LookAlikesOf(index);
  for (std::size_t i = 0; i < look_alikes.size(); ++i) {
    const auto [number, cost] = look_alikes[i];
    const auto documents = tier_->DocumentsWith(number);
    if (!documents.empty()) {
      word.lists.push_back(
          {documents.data(), documents.data() + documents.size(), kWordWeight - cost});
    }
  }
}

void TierSearch::SearchBlock(std::uint32_t block) {
  block_ = block;
  first_ = block << Tier::kBlockBits;
  block_begin_ = std::max(begin_, first_) - first_;
  block_end_ = std::min(end_ - first_, Tier::kBlockDocuments);
  losses_.clear();
  unread_gain_ = 0;
  for (std::size_t i = 0; i < words_.size(); ++i) {
    losses_.push_back(words_[i].loss);
    unread_gain_ += std::int64_t{kWordWeight - words_[i].loss} * query_->words()[i].count;
  }
  SetNeeds();
  kept_.clear();
  touched_count_ = 0;
  for (std::size_t i = 0; i < words_.size(); ++i) {
    if (losses_[i] > 0) {
      ReadWord(i, losses_[i]);
    }
  }
  KeepWholeRuns();
  KeepTouched();
  Tighten();
}

std::int32_t TierSearch::OtherGain(const Run& run) const {
  const auto& counts = query_->profile().counts;
  const auto common = [&](text::TokenClass token_class, std::int32_t count) {
    return std::min(counts[static_cast<std::size_t>(token_class)], count) * WeightOf(token_class);
  };
  return common(text::TokenClass::kNumber, run.numbers) + common(text::TokenClass::kTag, run.tags) +
         common(text::TokenClass::kPunctuation, run.punctuation);
}

// Computes for each run of the block what its documents must be counted with.
void TierSearch::SetNeeds() {
  const std::uint32_t first_run = tier_->FirstRun(block_);
  const std::uint32_t run_count = tier_->RunInBlock(first_ + block_end_ - 1) + 1U;
  run_needs_.resize(run_count);
  needs_.assign(run_count, kNever);
  for (std::uint32_t i = begin_run_ > first_run ? begin_run_ - first_run : 0; i < run_count; ++i) {
    const Run& run = tier_->runs()[first_run + i];
    RunNeeds& needs = run_needs_[i];
    needs.heavier = std::max(query_->profile().weight, run.weight);
    needs.other_gain = OtherGain(run);
    needs.needed = NeededGain(needs.heavier, tenths_) - needs.other_gain;
    needs_[i] = static_cast<std::uint16_t>(
        std::clamp<std::int64_t>(needs.needed - unread_gain_, 0, kNever));
  }
}

// Counts the documents of a word's lists for the first time.
void TierSearch::ReadWord(std::size_t index, std::int32_t loss) {
  Word& word = words_[index];
  const std::int32_t count = query_->words()[index].count;
  Count<true>(InBlock(word.lists[0]), loss * count);
  for (std::size_t i = 1; i < word.lists.size() && loss == kWordWeight; ++i) {
    Count<true>(InBlock(word.lists[i]), word.lists[i].gain * count);
  }
}

// Returns the documents of a list in the block, those of a weight that can be near. Blocks must be
// asked for in ascending order.
std::span<const std::uint16_t> TierSearch::InBlock(List& list) const {
  while (list.at < list.end && list.at[0] < block_) {
    list.at += 3 + list.at[1];
  }
  if (list.at >= list.end || list.at[0] != block_) {
    return {};
  }
  const std::uint16_t* begin = list.at + 2;
  const std::uint16_t* end = begin + list.at[1] + 1;
  if (block_begin_ > 0) {
    begin = std::lower_bound(begin, end, block_begin_);
  }
  if (block_end_ < Tier::kBlockDocuments) {
    end = std::lower_bound(begin, end, block_end_);
  }
  return {begin, end};
}

// Adds `gain` to the count of each document; if not `kFinds`, only to those that have one. Without
// branches, which nobody could foretell.
template <bool kFinds>
void TierSearch::Count(std::span<const std::uint16_t> documents, std::int32_t gain) {
  std::uint16_t* const counts = counts_.data();
  std::uint16_t* const touched = touched_.data();
  std::size_t touched_count = touched_count_;
  for (const std::uint16_t document : documents) {
    const std::uint16_t count = counts[document];
    if (kFinds) {
      touched[touched_count] = document;
      touched_count += count == 0 ? 1 : 0;
    }
    const std::int32_t more = kFinds || count != 0 ? gain : 0;
    counts[document] = static_cast<std::uint16_t>(count + more);
  }
  touched_count_ = touched_count;
}

// Keeps the documents of runs that may be near whatever words they have.
void TierSearch::KeepWholeRuns() {
  const std::uint32_t first_run = tier_->FirstRun(block_);
  for (std::size_t i = 0; i < needs_.size(); ++i) {
    if (needs_[i] != 0) {
      continue;
    }
    const std::uint32_t begin = tier_->runs()[first_run + i].first_document;
    const std::uint32_t end = tier_->runs()[first_run + i + 1].first_document;
    for (std::uint32_t at = std::max(begin, first_ + block_begin_);
         at < std::min(end, first_ + block_end_); ++at) {
      kept_.push_back(static_cast<std::uint16_t>(at - first_));
    }
    needs_[i] = kNever;
  }
}

void TierSearch::KeepTouched() {
  for (std::size_t i = 0; i < touched_count_; ++i) {
    const std::uint16_t document = touched_[i];
    if (counts_[document] >= needs_[tier_->RunInBlock(first_ + document)]) {
      kept_.push_back(document);
    }
  }
}

// Reads further lists for the documents that are kept, while that is cheaper than to look at them.
void TierSearch::Tighten() {
  Step step;
  while (kept_.size() > kFewCandidates && NextTightening(step)) {
    ReadMore(step);
    std::size_t count = 0;
    for (const std::uint16_t document : kept_) {
      const std::int64_t needed = run_needs_[tier_->RunInBlock(first_ + document)].needed;
      kept_[count] = document;
      count += counts_[document] + unread_gain_ >= needed ? 1 : 0;
    }
    kept_.resize(count);
  }
}

// Finds the step that costs least for what it tells; false if none is worth its cost.
bool TierSearch::NextTightening(Step& step) const {
  const double part = static_cast<double>(block_end_ - block_begin_) / (end_ - begin_);
  double best_rate = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < words_.size(); ++i) {
    const Word& word = words_[i];
    const std::int32_t old_loss = losses_[i];
    if (old_loss >= kWordWeight || query_->word_weight() > kMaxCounted) {
      continue;
    }
    const std::int32_t loss = old_loss < word.own_loss ? word.own_loss : kWordWeight;
    const double cost = (CostAt(word, loss) - CostAt(word, old_loss)) * part;
    const double rate = cost / ((loss - old_loss) * query_->words()[i].count);
    if (rate < best_rate) {
      best_rate = rate;
      step = {i, loss, cost};
    }
  }
  return best_rate < std::numeric_limits<double>::infinity() &&
         step.cost <= static_cast<double>(kept_.size()) * kCandidateCost;
}

void TierSearch::ReadMore(const Step& step) {
  if (step.loss == kWordWeight && words_[step.word].own_loss < kWordWeight) {
    OpenLookAlikes(step.word);
  }
  Word& word = words_[step.word];
  const std::int32_t count = query_->words()[step.word].count;
  const std::int32_t more = (step.loss - losses_[step.word]) * count;
  Count<false>(InBlock(word.lists[0]), more);
  for (std::size_t i = 1; i < word.lists.size() && step.loss == kWordWeight; ++i) {
    Count<false>(InBlock(word.lists[i]), word.lists[i].gain * count);
  }
  unread_gain_ -= more;
  losses_[step.word] = step.loss;
}

void TierSearch::Emit(std::uint16_t tier_number, std::vector<Candidate>& candidates) {
  for (const std::uint16_t document : kept_) {
    const RunNeeds& needs = run_needs_[tier_->RunInBlock(first_ + document)];
    const std::int64_t gain = unread_gain_ + counts_[document] + needs.other_gain;
    const std::int64_t bound =
        std::min<std::int64_t>(gain * kFullTenths / needs.heavier, kFullTenths);
    candidates.push_back({first_ + document, tier_number, static_cast<std::uint16_t>(bound)});
  }
  for (std::size_t i = 0; i < touched_count_; ++i) {
    counts_[touched_[i]] = 0;
  }
}

}  // namespace sild::matching

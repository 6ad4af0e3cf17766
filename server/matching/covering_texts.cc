#include "server/matching/covering_texts.h"

#include <algorithm>

#include "server/matching/score.h"
#include "server/matching/vocabulary.h"
#include "server/model/try.h"
#include "server/model/unit_size.h"
#include "server/text/tokens.h"

namespace sild::matching {
namespace {

using text::LanguageKey;
using text::Token;

// Between questions whether there is an index now.
constexpr std::int64_t kUnitsPerQuestion = 4'096;

}  // namespace

// Notes what the units of a memory cover. A look at all units gives way to an index as soon as
// there is one; what was noted by then is noted again, which changes nothing.
absl::Status CoveringTexts::LookIn(const MemoryName& memory) {
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
  for (std::size_t query = 0; texts != nullptr && query < is_open_.size(); ++query) {
    if (is_open_[query]) {
      LookUp(query, texts->index());
    }
  }
  indexes_.push_back({std::move(texts), {}});
  return IsCancelled() ? absl::CancelledError("the look-up was cancelled") : absl::OkStatus();
}

// Notes where the texts of an index, which is to become the next of `indexes_`, seem to stand.
void CoveringTexts::LookUp(std::size_t query, const TextIndex& index) {
  const Vocabulary& vocabulary = index.lexicon().vocabulary;
  std::vector<FoldedKey> keys;
  for (const Token& token : texts_[query].tokens) {
    keys.push_back(vocabulary.FindFolded(token.token_class, texts_[query].Folded(token)));
  }
  const auto says_something = [&](TokenSpan span) { return texts_.SaysSomething(query, span); };
  const auto visit = [&](TextHandle handle, TokenSpan span) {
    Core& core = cores_[query][{span.begin, span.end}];
    core.span = span;
    core.texts.push_back({indexes_.size(), handle});
  };
  FindContained(
      index, keys, says_something, [this] { return IsCancelled(); }, visit);
}

// Notes what a unit covers of any query: its text where it stands, which is sought once for all
// units that have it, and the unit with its text.
void CoveringTexts::Note(const TranslationUnit& unit) {
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
      if (is_open_[query]) {
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

Part CoveringTexts::PartOf(std::size_t query, TokenSpan span) const {
  Part part;
  part.begin = static_cast<std::uint32_t>(span.begin);
  part.end = static_cast<std::uint32_t>(span.end);
  for (std::size_t i = span.begin; i < span.end; ++i) {
    part.weight += WeightOf(texts_[query].tokens[i].token_class);
  }
  return part;
}

// The greatest weight of a part whose text has its core there.
std::int32_t CoveringTexts::MaxWeight(std::size_t query, TokenSpan core) const {
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

std::vector<Core> CoveringTexts::TakeCores(std::size_t query) {
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

absl::Status CoveringTexts::Read(const Core& core) {
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

}  // namespace sild::matching

#include "server/matching/vocabulary.h"

#include "server/text/search_form.h"
#include "server/text/utf8.h"

namespace sild::matching {
namespace {

using text::TokenClass;

std::uint32_t MarkOf(TokenClass token_class) { return static_cast<std::uint32_t>(token_class); }

}  // namespace

LetterSignature SignatureOf(std::u32string_view letters) {
  constexpr std::uint32_t kClasses = 32;
  LetterSignature once = 0;
  LetterSignature twice = 0;
  for (const char32_t c : letters) {
    const LetterSignature bit = LetterSignature{1} << c % kClasses;
    twice |= once & bit;
    once |= bit;
  }
  return once | twice << kClasses;
}

FormId Vocabulary::Intern(TokenClass token_class, std::string_view surface,
                          std::string_view folded) {
  const FormId known = Find(token_class, surface);
  return known != kNoForm ? known : Add(token_class, surface, folded);
}

FormId Vocabulary::Find(TokenClass token_class, std::string_view surface) const {
  return forms_.Find(surface, MarkOf(token_class));
}

FoldedKey Vocabulary::FindFolded(TokenClass token_class, std::string_view folded) const {
  const bool is_word = token_class == TokenClass::kWord;
  const std::uint32_t number =
      is_word ? words_.Find(folded, 0) : others_.Find(folded, MarkOf(token_class));
  return number == StringTable::kNone ? kNoKey : MakeKey(token_class, number);
}

std::string_view Vocabulary::FoldedOf(FoldedKey key) const {
  return ClassOf(key) == TokenClass::kWord ? words_[NumberOf(key)] : others_[NumberOf(key)];
}

FoldedKey Vocabulary::InternFolded(TokenClass token_class, std::string_view folded) {
  const std::lock_guard lock(adding_mutex_);
  const FoldedKey known = FindFolded(token_class, folded);
  return known != kNoKey ? known : AddFolded(token_class, folded);
}

FormId Vocabulary::Add(TokenClass token_class, std::string_view surface, std::string_view folded) {
  const std::lock_guard lock(adding_mutex_);
  const FormId known = Find(token_class, surface);
  if (known != kNoForm) {
    return known;
  }
  FoldedKey key = FindFolded(token_class, folded);
  if (key == kNoKey) {
    key = AddFolded(token_class, folded);
  }
  const TextArena::Place place = surface == folded ? PlaceOf(key) : texts_.Keep(surface);
  const FormId form = forms_.Add(surface, place, MarkOf(token_class));
  keys_.Add() = key;
  forms_.Publish(form);
  return form;
}

FoldedKey Vocabulary::AddFolded(TokenClass token_class, std::string_view folded) {
  if (token_class != TokenClass::kWord) {
    const std::uint32_t number = others_.Add(folded, texts_.Keep(folded), MarkOf(token_class));
    others_.Publish(number);
    return MakeKey(token_class, number);
  }
  const std::uint32_t number = words_.Add(folded, texts_.Keep(folded), 0);
  const std::u32string letters = text::ToUtf32(folded);
  Word& word = word_facts_.Add();
  word.signature = SignatureOf(letters);
  word.chars = static_cast<std::uint32_t>(letters.size());
  AddSearchForm(number, folded);
  words_.Publish(number);
  return MakeKey(token_class, number);
}

void Vocabulary::AddSearchForm(std::uint32_t word, std::string_view folded) {
  const std::string form = text::SearchForm(folded, text::LetterCase::kKeep);
  if (form == folded) {
    return;
  }
  std::uint32_t searched = search_forms_.Find(form, 0);
  const bool is_new = searched == StringTable::kNone;
  if (is_new) {
    searched = search_forms_.Add(form, texts_.Keep(form), 0);
    first_searched_.Add();
  }
  std::atomic<std::uint32_t>& first = first_searched_[searched];
  searched_words_.Add() = {word, first.load(std::memory_order_relaxed)};
  first.store(++searched_word_count_, std::memory_order_release);
  if (is_new) {
    search_forms_.Publish(searched);
  }
}

TextArena::Place Vocabulary::PlaceOf(FoldedKey key) const {
  return ClassOf(key) == TokenClass::kWord ? words_.PlaceOf(NumberOf(key))
                                           : others_.PlaceOf(NumberOf(key));
}

std::size_t Vocabulary::bytes() const {
  // Of words that share a search form only the first is counted, as few do.
  return texts_.bytes() + forms_.bytes() + words_.bytes() + others_.bytes() +
         search_forms_.bytes() + forms_.size() * sizeof(FoldedKey) + words_.size() * sizeof(Word) +
         search_forms_.size() * (sizeof(SearchedWord) + sizeof(std::uint32_t));
}

}  // namespace sild::matching

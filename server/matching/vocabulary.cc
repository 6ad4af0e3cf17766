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
  const bool is_folded = surface == folded;
  const FormId form =
      forms_.Add(is_folded ? FoldedOf(key) : surface, MarkOf(token_class), is_folded);
  keys_.Grow(form);
  keys_[form] = key;
  forms_.Publish(form);
  return form;
}

FoldedKey Vocabulary::AddFolded(TokenClass token_class, std::string_view folded) {
  if (token_class != TokenClass::kWord) {
    const std::uint32_t number = others_.Add(folded, MarkOf(token_class), false);
    others_.Publish(number);
    return MakeKey(token_class, number);
  }
  const std::uint32_t number = words_.Add(folded, 0, false);
  word_facts_.Grow(number);
  const std::u32string letters = text::ToUtf32(folded);
  word_facts_[number].signature = SignatureOf(letters);
  word_facts_[number].chars = static_cast<std::uint32_t>(letters.size());
  AddSearchForm(number, folded);
  words_.Publish(number);
  return MakeKey(token_class, number);
}

void Vocabulary::AddSearchForm(std::uint32_t word, std::string_view folded) {
  const std::string form = text::SearchForm(folded, text::LetterCase::kKeep);
  if (form == folded) {
    return;
  }
  std::uint32_t index = 0;
  while (search_forms_.Find(ListedAs(form, index), 0) != StringTable::kNone) {
    ++index;
  }
  const std::uint32_t listed = search_forms_.Add(ListedAs(form, index), 0, false);
  searched_words_.Grow(listed);
  searched_words_[listed] = word;
  search_forms_.Publish(listed);
}

std::size_t Vocabulary::bytes() const {
  return forms_.bytes() + words_.bytes() + others_.bytes() + search_forms_.bytes() +
         forms_.size() * sizeof(FoldedKey) + words_.size() * sizeof(Word);
}

}  // namespace sild::matching

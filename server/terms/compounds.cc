#include "server/terms/compounds.h"

#include <string>

#include "server/text/utf8.h"

namespace sild::terms {
namespace {

constexpr std::size_t kMinRestLetters = 3;
constexpr std::size_t kMaxLetters = 64;  // The longest Estonian compounds have about 30.

}  // namespace

void CompoundParts::Add(const TermPattern& pattern, std::uint32_t number) {
  for (const std::string& head : pattern.heads) {
    AddPart(head, number, HitClass::kCompoundHead);
  }
  for (const std::string& modifier : pattern.modifiers) {
    AddPart(modifier, number, HitClass::kCompoundModifier);
  }
}

void CompoundParts::AddPart(const std::string& form, std::uint32_t number, HitClass hit_class) {
  const FormId id = forms_.Add(form);
  parts_.push_back({number, hit_class, forms_.NumberOf(id)});
  forms_.SetNumber(id, static_cast<std::uint32_t>(parts_.size() - 1));
}

std::size_t CompoundParts::size_bytes() const {
  return forms_.size_bytes() + parts_.capacity() * sizeof(Part);
}

void CompoundParts::Find(std::string_view folded,
                         const std::function<bool(std::string_view)>& is_word,
                         const std::function<void(std::uint32_t, HitClass)>& take) const {
  const std::size_t letters = text::CountChars(folded);
  if (letters > kMaxLetters) {
    return;
  }
  const auto look_up = [&](std::string_view part, std::string_view rest, HitClass hit_class) {
    const FormId form = forms_.Find(part);
    if (form == kNoForm || !is_word(rest)) {
      return;
    }
    for (std::uint32_t i = forms_.NumberOf(form); i != FormTable::kNoNumber; i = parts_[i].next) {
      if (parts_[i].hit_class == hit_class) {
        take(parts_[i].number, hit_class);
      }
    }
  };
  std::size_t at = 0;
  for (std::size_t before = 1; before < letters; ++before) {
    text::NextChar(folded, at);
    const std::string_view first = folded.substr(0, at);
    const std::string_view last = folded.substr(at);
    if (before >= kMinRestLetters) {
      look_up(last, first, HitClass::kCompoundHead);
    }
    if (letters - before >= kMinRestLetters) {
      look_up(first, last, HitClass::kCompoundModifier);
    }
  }
}

}  // namespace sild::terms

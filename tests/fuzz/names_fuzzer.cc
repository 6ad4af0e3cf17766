// Reads any bytes as the names of resources and as language tags: what is taken is given back.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "server/model/names.h"
#include "server/text/languages.h"
#include "tests/fuzz/check.h"

namespace sild {
namespace {

template <typename Name>
void CheckName(std::string_view text) {
  const auto name = Name::Parse(text);
  FUZZ_CHECK(!name.ok() || name->str() == text);
}

}  // namespace
}  // namespace sild

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sild;  // NOLINT(google-build-using-namespace): the function is outside it.
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  CheckName<MemoryName>(text);
  CheckName<UnitName>(text);
  CheckName<GlossaryName>(text);
  CheckName<ConceptName>(text);
  if (const auto tag = text::ParseLanguageTag(text); tag.ok()) {
    const auto again = text::ParseLanguageTag(tag->str());
    FUZZ_CHECK(again.ok() && *again == *tag);
    FUZZ_CHECK(text::LenientLanguageTag(tag->str()) == *tag);
  }
  if (const auto tag = text::LenientLanguageTag(text)) {
    FUZZ_CHECK(text::LenientLanguageTag(tag->str()) == *tag);
  }
  return 0;
}

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/formats/tmx.h"
#include "tests/formats/collect.h"
#include "tests/support/status_matchers.h"

namespace sild::formats::test {

// A TMX file of these `tu`.
inline std::string Tmx(std::string_view units,
                       std::string_view header = R"(<header srclang="en"/>)") {
  return "<tmx version=\"1.4\">" + std::string(header) + "<body>" + std::string(units) +
         "</body></tmx>";
}

// A `tu` of one English segment with this content.
inline std::string SegmentFile(std::string_view content) {
  return Tmx("<tu><tuv xml:lang=\"en\"><seg>" + std::string(content) + "</seg></tuv></tu>");
}

// Reads a whole TMX file. `found` gets what is in it.
inline absl::Status ReadTmx(const std::string& file, Collector& found,
                            const ReadOptions& options = {}) {
  const auto reader = NewTmxReader(options, found);
  return ReadAll(*reader, file, 7);  // Cuts nearly everything somewhere.
}

// What is in a TMX file that can be read to its end.
inline Collector ReadWell(const std::string& file, const ReadOptions& options = {}) {
  Collector found;
  EXPECT_THAT(ReadTmx(file, found, options), sild::test::IsOk());
  return found;
}

// The text of the only variant.
inline std::string OnlyText(const Collector& found) {
  return found.units.size() == 1 && found.units[0].unit.variants.size() == 1
             ? found.units[0].unit.variants[0].segment.text
             : "not one variant";
}

// The texts of all variants with their languages.
inline std::vector<std::string> Texts(const Collector& found) {
  std::vector<std::string> texts;
  for (const ParsedUnit& unit : found.units) {
    for (const Variant& variant : unit.unit.variants) {
      texts.push_back(variant.language.str() + ":" + variant.segment.text);
    }
  }
  return texts;
}

}  // namespace sild::formats::test

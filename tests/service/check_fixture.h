#pragma once

#include <string>
#include <vector>

#include <fmt/format.h>

#include "tests/service/service_test.h"
#include "tests/support/status_matchers.h"

namespace sild::service {

// A glossary `g` with Belarus, of which Russian has a deprecated and Lithuanian two admitted terms.
class CheckServiceTest : public ServiceTest {
 protected:
  CheckServiceTest() {
    EXPECT_THAT((Call<v1::CreateGlossaryRequest, v1::Glossary>("GlossaryService/CreateGlossary",
                                                               R"(glossary_id: "g")")),
                test::IsOk());
    Create("belarus", R"(
        sections { language_code: "en" terms { text: "Belarus" } }
        sections { language_code: "ru" terms { text: "Беларусь" status: STATUS_PREFERRED }
                   terms { text: "Белоруссия" status: STATUS_DEPRECATED } }
        sections { language_code: "lt" terms { text: "Baltarusija" } terms { text: "Gudija" } })");
  }

  void Create(const std::string& id, const std::string& entry) {
    ASSERT_THAT(
        (Call<v1::CreateConceptRequest, v1::Concept>(
            "GlossaryService/CreateConcept",
            "parent: \"glossaries/g\" concept_id: \"" + id + "\" concept_entry { " + entry + " }")),
        test::IsOk());
  }

  absl::StatusOr<v1::Exception> CreateException(const std::string& exception) {
    return Call<v1::CreateExceptionRequest, v1::Exception>(
        "GlossaryService/CreateException",
        "parent: \"glossaries/g\" exception { " + exception + " }");
  }

  // Each finding as `0 KIND_MISSING: Belarus`, with `*` if it is set aside.
  template <typename Findings>
  static std::vector<std::string> Told(const Findings& findings) {
    std::vector<std::string> told;
    for (const v1::TermFinding& finding : findings) {
      told.push_back(fmt::format("{} {}: {}{}", finding.pair_index(),
                                 v1::TermFinding::Kind_Name(finding.kind()), finding.found_text(),
                                 finding.exception().empty() ? "" : "*"));
    }
    return told;
  }
};

}  // namespace sild::service

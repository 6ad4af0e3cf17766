#include <string>

#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include "server/service/convert_glossary.h"
#include "server/service/convert_unit.h"
#include "tests/support/fill_message.h"
#include "tests/support/status_matchers.h"

namespace sild::service {
namespace {

using ::sild::test::IsOk;

// Fields of one message that a way through the domain does not keep, by design.
template <typename Message>
void ExpectKept(const Message& sent, const Message& returned,
                const std::vector<std::string>& ignored) {
  google::protobuf::util::MessageDifferencer differencer;
  for (const std::string& name : ignored) {
    const auto* field = sent.GetDescriptor()->FindFieldByName(name);
    ASSERT_NE(field, nullptr) << name;
    differencer.IgnoreField(field);
  }
  std::string differences;
  differencer.ReportDifferencesToString(&differences);
  EXPECT_TRUE(differencer.Compare(sent, returned)) << differences;
}

TEST(Convert, EveryFieldOfAUnitGoesThereAndBack) {
  v1::TranslationUnit sent;
  test::FillMessage(sent);
  sent.set_name("memories/m/units/u");
  sent.set_source_language_code("en");
  sent.mutable_variants(0)->set_language_code("en");
  sent.mutable_variants(1)->set_language_code("et");
  for (v1::Variant& variant : *sent.mutable_variants()) {
    variant.mutable_neighbors()->clear_previous_text();  // Kept as a hash.
    variant.mutable_neighbors()->clear_next_text();
  }
  const auto unit = FromProto(sent);
  ASSERT_THAT(unit, IsOk());
  v1::TranslationUnit returned;
  ToProto(*unit, &returned);
  ExpectKept(sent, returned, {"etag", "deleted", "purged"});
}

TEST(Convert, EveryFieldOfAConceptGoesThereAndBack) {
  v1::Concept sent;
  test::FillMessage(sent);
  sent.set_name("glossaries/g/concepts/c");
  sent.mutable_sections(0)->set_language_code("en");
  sent.mutable_sections(1)->set_language_code("et");
  int id = 0;
  for (v1::LanguageSection& section : *sent.mutable_sections()) {
    for (v1::Term& term : *section.mutable_terms()) {
      term.set_id("id" + std::to_string(id++));
    }
  }
  for (v1::Relation& relation : *sent.mutable_relations()) {
    relation.set_concept_name("glossaries/g/concepts/d");
  }
  const auto entry = FromProto(sent);
  ASSERT_THAT(entry, IsOk());
  v1::Concept returned;
  ToProto(*entry, &returned);
  ExpectKept(sent, returned, {"etag", "deleted", "purged"});
}

TEST(Convert, SettableFieldsOfAMemoryGoThereAndBack) {
  v1::Memory sent;
  test::FillMessage(sent);
  sent.set_name("memories/m");
  sent.set_source_language_code("lt");
  const auto memory = FromProto(sent);
  ASSERT_THAT(memory, IsOk());
  v1::Memory returned;
  ToProto(*memory, &returned);
  ExpectKept(sent, returned,
             {"language_codes", "unit_count", "create_time", "update_time", "etag", "revision"});
}

}  // namespace
}  // namespace sild::service

#include "server/storage/record.h"

#include "server/storage/event_record.h"
#include "tests/storage/store_fixture.h"

namespace sild::test {
namespace {

using ::testing::HasSubstr;

// Every field differs from its default and from its neighbours. A new field makes the bindings
// below fail to compile: add it to the record, to the conversions and here.

Timestamp At(std::int64_t micros) { return Timestamp(std::chrono::microseconds(micros)); }

Variant FullVariant() {
  Variant variant;
  auto& [language, segment, status, origin, create_time, update_time, creator, updater, properties,
         notes, neighbors] = variant;
  language = LanguageTag::FromCanonical("sr-Latn");
  auto& [text, tags] = segment;
  text = "Mõ\u0303te\u00adkoht \u00a0 مرحبا 👩‍👩‍👧";
  auto& [kind, position, pair, id, type, data] = tags.emplace_back();
  kind = TagKind::kIsolatedClose;
  position = 3;
  pair = -7;
  id = 12;
  type = "bold";
  data = "</b>";
  status = VariantStatus::kApproved;
  origin = Origin::kPostEdited;
  create_time = At(-5);
  update_time = At(1'700'000'000'000'001);
  creator = "Mari";
  updater = "Юрий";
  properties = {{"x-a", "1"}, {"x-a", "2"}};
  notes = {"esimene", "второй"};
  auto& [previous, next] = neighbors;
  previous = 0;  // A hash of 0 is not an unknown one.
  next = 0xFFFF'FFFF'FFFF'FFFF;
  return variant;
}

TranslationUnit FullUnit() {
  TranslationUnit unit;
  auto& [name, source_language, variants, document, context_id, segment_type, labels, properties,
         notes, create_time, update_time, creator, updater, usage_count, last_use_time, revision] =
      unit;
  name = {"a", "u1"};
  source_language = kEstonian;
  variants = {FullVariant(), Variant()};
  variants[1].language = kLithuanian;
  document = "leht.html";
  context_id = "p-17";
  segment_type = SegmentType::kPhrase;
  labels = {{"domain", "spordiuudised"}, {"client", "ERR"}};
  properties = {{"x-b", "β"}};
  notes = {"märkus"};
  create_time = At(11);
  update_time = At(12);
  creator = "Jonas";
  updater = "Ona";
  usage_count = 0;  // Not in the record.
  last_use_time = std::nullopt;
  revision = {(std::int64_t{3} << 40) + 9};
  return unit;
}

Term FullTerm() {
  Term term;
  auto& [id, text, status, process_status, type, matching, match_compounds, extra_forms,
         banned_forms, part_of_speech, gender, number, usage_example, source, notes, properties] =
      term;
  id = "t1";
  text = "Europos Sąjunga";
  status = TermStatus::kSuperseded;
  process_status = ProcessStatus::kRejected;
  type = TermType::kShortForm;
  matching = TermMatching::kCaseSensitive;
  match_compounds = true;
  extra_forms = {"ES"};
  banned_forms = {"es", "Es"};
  part_of_speech = "noun";
  gender = "feminine";
  number = "singular";
  usage_example = "Europos Sąjungos teisė";
  source = "IATE";
  notes = {"n"};
  properties = {{"k", "v"}};
  return term;
}

Concept FullConcept() {
  Concept result;
  auto& [name, subject_field, definition, definition_source, sections, do_not_translate, relations,
         properties, notes, create_time, update_time, creator, updater, revision] = result;
  name = {"g", "c1"};
  subject_field = "law";
  definition = "a union";
  definition_source = "EUR-Lex";
  auto& [language, section_definition, section_source, terms, section_notes, section_properties] =
      sections.emplace_back();
  language = kLithuanian;
  section_definition = "sąjunga";
  section_source = "VLKK";
  terms = {FullTerm(), Term()};
  section_notes = {"s"};
  section_properties = {{"sk", "sv"}};
  do_not_translate = true;
  auto& [type, target] = relations.emplace_back();
  type = RelationType::kAntonym;
  target = {"h", "c2"};
  properties = {{"pk", "pv"}};
  notes = {"cn"};
  create_time = At(21);
  update_time = At(22);
  creator = "A";
  updater = "B";
  revision = {77};
  return result;
}

TEST(Record, UnitKeepsEveryField) {
  const TranslationUnit unit = FullUnit();
  EXPECT_THAT(storage::ParseUnit(unit.name, storage::SerializeUnit(unit)), IsOkAndHolds(unit));
}

TEST(Record, UnitKeepsUnknownNeighborsAndTimesUnknown) {
  const TranslationUnit unit = MakeUnit("a", "u", "sild");
  EXPECT_THAT(storage::ParseUnit(unit.name, storage::SerializeUnit(unit)), IsOkAndHolds(unit));
}

TEST(Record, UnitRefusesBytesOfAnotherVersion) {
  TranslationUnit unit = FullUnit();
  unit.variants[0].status = static_cast<VariantStatus>(99);
  EXPECT_THAT(storage::ParseUnit(unit.name, storage::SerializeUnit(unit)),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("unit")));
}

TEST(Record, MemoryKeepsEveryField) {
  Memory memory;
  auto& [name, display_name, source_language, write_policy, labels, create_time, update_time,
         revision] = memory;
  name = {"a"};
  display_name = "Uudised 2026";
  source_language = kRussian;
  write_policy = WritePolicy::kKeepReviewed;
  labels = {{"k", "v"}};
  create_time = At(1);
  update_time = At(2);
  revision = {3};
  const auto parsed = storage::ParseMemory(name, storage::SerializeMemory(memory, 42));
  ASSERT_THAT(parsed, IsOk());
  EXPECT_EQ(parsed->memory, memory);
  EXPECT_EQ(parsed->number, 42U);
}

TEST(Record, GlossaryKeepsEveryField) {
  Glossary glossary;
  auto& [name, display_name, labels, create_time, update_time, revision] = glossary;
  name = {"g"};
  display_name = "Терминология";
  labels = {{"k", "v"}};
  create_time = At(1);
  update_time = At(2);
  revision = {3};
  const auto parsed = storage::ParseGlossary(name, storage::SerializeGlossary(glossary, 43));
  ASSERT_THAT(parsed, IsOk());
  EXPECT_EQ(parsed->glossary, glossary);
  EXPECT_EQ(parsed->number, 43U);
}

TEST(Record, ExceptionKeepsEveryField) {
  Exception full;
  auto& [name, concept_id, kind, language, document, segment_text, reason, creator, create_time,
         revision] = full;
  name = {"g", "x1"};
  concept_id = "c1";
  kind = FindingKind::kForbidden;
  language = kLithuanian;
  document = "a.xlf";
  segment_text = "Tiltas.";
  reason = "citata";
  creator = "A";
  create_time = At(31);
  revision = {78};
  EXPECT_THAT(storage::ParseException(full.name, storage::SerializeException(full)),
              IsOkAndHolds(full));
  kind = std::nullopt;
  EXPECT_THAT(storage::ParseException(full.name, storage::SerializeException(full)),
              IsOkAndHolds(full));
}

TEST(Record, ConceptKeepsEveryField) {
  const Concept full = FullConcept();
  EXPECT_THAT(storage::ParseConcept(full.name, storage::SerializeConcept(full)),
              IsOkAndHolds(full));
}

TEST(Record, HeaderKeepsEveryField) {
  storage::EventHeader header;
  auto& [request_id, actor, time, change_count, checksum, changes_revision] = header;
  request_id = "0192-abc";
  actor = "Õie";
  time = At(31);
  change_count = 1000;
  checksum = 0x8000'0000'0000'0001;
  changes_revision = {5};
  const auto parsed = storage::ParseHeader(storage::SerializeHeader(header));
  ASSERT_THAT(parsed, IsOk());
  EXPECT_EQ(parsed->request_id, request_id);
  EXPECT_EQ(parsed->actor, actor);
  EXPECT_EQ(parsed->time, time);
  EXPECT_EQ(parsed->change_count, change_count);
  EXPECT_EQ(parsed->checksum, checksum);
  EXPECT_EQ(parsed->changes_revision, changes_revision);
}

TEST(Record, ChangeKeepsEveryField) {
  const TranslationUnit unit = FullUnit();
  const storage::LoggedChange logged{
      ChangeType::kUpdated, storage::Kind::kUnit, "a", "u1", 9, storage::SerializeUnit(unit)};
  const auto parsed = storage::ParseLoggedChange(storage::SerializeLoggedChange(logged));
  ASSERT_THAT(parsed, IsOk());
  EXPECT_EQ(parsed->number, 9U);
  const auto change = storage::ToChange(*parsed, {17},
                                        {.request_id = "",
                                         .actor = "Mari",
                                         .time = At(41),
                                         .change_count = 1,
                                         .checksum = 0,
                                         .changes_revision = {}});
  ASSERT_THAT(change, IsOk());
  EXPECT_EQ(change->revision.value, 17);
  EXPECT_EQ(change->time, At(41));
  EXPECT_EQ(change->actor, "Mari");
  EXPECT_EQ(change->type, ChangeType::kUpdated);
  EXPECT_EQ(std::get<UnitName>(change->name), unit.name);
  EXPECT_EQ(std::get<TranslationUnit>(change->resource), unit);
}

TEST(Record, CountsKeepEveryField) {
  const storage::Counts counts{3, {{kEstonian, 2}, {kRussian, 3}}, {55}};
  const auto parsed = storage::ParseCounts(storage::SerializeCounts(counts));
  ASSERT_THAT(parsed, IsOk());
  EXPECT_EQ(parsed->total, 3);
  EXPECT_EQ(parsed->by_language, counts.by_language);
  EXPECT_EQ(parsed->last_write.value, 55);
}

}  // namespace
}  // namespace sild::test

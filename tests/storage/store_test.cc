#include "server/storage/store.h"

#include "tests/storage/store_fixture.h"

namespace sild::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;

TEST_F(StoreTest, GivesBackWhatWasPut) {
  ASSERT_THAT(Put(MakeMemory("a")), IsOk());
  const auto written = Put(MakeUnit("a", "u1", "sild"));
  ASSERT_THAT(written, IsOk());
  TranslationUnit expected = MakeUnit("a", "u1", "sild");
  expected.revision = written->revision;
  EXPECT_THAT(view()->GetUnit({"a", "u1"}), IsOkAndHolds(expected));
}

TEST_F(StoreTest, KeepsAllAcrossReopening) {
  ASSERT_THAT(Put(MakeMemory("a")), IsOk());
  const auto written = Put(MakeUnit("a", "u1", "sild"));
  ASSERT_THAT(written, IsOk());
  Reopen();
  EXPECT_EQ(view()->revision(), written->revision);
  EXPECT_EQ(Text("a", "u1"), "sild");
}

TEST_F(StoreTest, NumbersEventsWithoutGaps) {
  const auto first = Put(MakeMemory("a"));
  ASSERT_THAT(first, IsOk());
  EXPECT_FALSE(Write([](storage::Transaction&) { return absl::AbortedError("stale"); }).ok());
  ASSERT_THAT(Write([](storage::Transaction&) { return absl::OkStatus(); }), IsOk());
  const auto second = Put(MakeMemory("b"));
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(second->revision.value, first->revision.value + 1);
}

TEST_F(StoreTest, FailedPlanChangesNothing) {
  ASSERT_THAT(Put(MakeMemory("a")), IsOk());
  const auto result = Write([](storage::Transaction& write) {
    EXPECT_THAT(write.Put(MakeUnit("a", "u1", "sild")), IsOk());
    EXPECT_THAT(write.GetUnit({"a", "u1"}), IsOk());
    return absl::AbortedError("etag is stale");
  });
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kAborted, HasSubstr("etag")));
  EXPECT_THAT(Ids("a"), IsEmpty());
}

TEST_F(StoreTest, PlanSeesItsOwnChanges) {
  ASSERT_THAT(Put(MakeMemory("a")), IsOk());
  ASSERT_THAT(Put(MakeUnit("a", "old", "vana")), IsOk());
  ASSERT_THAT(Write([](storage::Transaction& write) {
                SILD_CHECK_OK(write.Put(MakeUnit("a", "new", "vana")));
                SILD_CHECK_OK(write.Delete(UnitName{"a", "old"}));
                EXPECT_THAT(UnitsWithText(write, {"a"}, kEstonian, "vana"),
                            IsOkAndHolds(ElementsAre(UnitName{"a", "new"})));
                EXPECT_EQ(write.CountUnits({"a"})->total, 1);
                return absl::OkStatus();
              }),
              IsOk());
}

TEST_F(StoreTest, FailedCallInPlanLeavesTheRest) {
  ASSERT_THAT(Put(MakeMemory("a")), IsOk());
  ASSERT_THAT(Write([](storage::Transaction& write) {
                EXPECT_THAT(write.Put(MakeUnit("none", "u", "x")),
                            StatusIs(absl::StatusCode::kNotFound, HasSubstr("memories/none")));
                EXPECT_THAT(write.Delete(UnitName{"a", "u"}),
                            StatusIs(absl::StatusCode::kNotFound, HasSubstr("memories/a/units/u")));
                return write.Put(MakeUnit("a", "u1", "sild"));
              }),
              IsOk());
  EXPECT_THAT(Ids("a"), ElementsAre("u1"));
}

TEST_F(StoreTest, ViewStaysAsItWas) {
  ASSERT_THAT(Put(MakeMemory("a")), IsOk());
  ASSERT_THAT(Put(MakeUnit("a", "u1", "vana")), IsOk());
  const auto old = view();
  ASSERT_THAT(Put(MakeUnit("a", "u1", "uus")), IsOk());
  EXPECT_EQ(old->GetUnit({"a", "u1"})->variants[0].segment.text, "vana");
  EXPECT_EQ(Text("a", "u1"), "uus");
}

TEST_F(StoreTest, FindsUnitsByTextInNfc) {
  ASSERT_THAT(Put(MakeMemory("a")), IsOk());
  ASSERT_THAT(Put(MakeUnit("a", "composed", "m\u00f5te")), IsOk());
  ASSERT_THAT(Put(MakeUnit("a", "decomposed", "mo\u0303te")), IsOk());
  ASSERT_THAT(Put(MakeUnit("a", "other", "mote")), IsOk());
  EXPECT_THAT(UnitsWithText(*view(), {"a"}, kEstonian, "mo\u0303te"),
              IsOkAndHolds(ElementsAre(UnitName{"a", "composed"}, UnitName{"a", "decomposed"})));
}

TEST_F(StoreTest, FindsUnitsByTextOnlyAsTheyAreNow) {
  ASSERT_THAT(Put(MakeMemory("a")), IsOk());
  ASSERT_THAT(Put(MakeUnit("a", "u", "enne", "до")), IsOk());
  ASSERT_THAT(Put(MakeUnit("a", "u", "pärast", "до")), IsOk());
  EXPECT_THAT(UnitsWithText(*view(), {"a"}, kEstonian, "enne"), IsOkAndHolds(IsEmpty()));
  EXPECT_THAT(UnitsWithText(*view(), {"a"}, kRussian, "до"), IsOkAndHolds(SizeIs(1)));
}

TEST_F(StoreTest, ListsMemoriesBehindAnId) {
  for (const char* id : {"b", "a", "a.1", "c"}) {
    ASSERT_THAT(Put(MakeMemory(id)), IsOk());
  }
  const auto listed = view()->ListMemories("a", 2);
  ASSERT_THAT(listed, IsOkAndHolds(SizeIs(2)));
  EXPECT_EQ((*listed)[0].name.memory, "a.1");
  EXPECT_EQ((*listed)[1].name.memory, "b");
}

TEST_F(StoreTest, ListsUnitsBehindAnIdThatNeedNotExist) {
  ASSERT_THAT(Put(MakeMemory("a")), IsOk());
  for (const char* id : {"u1", "u2", "u3"}) {
    ASSERT_THAT(Put(MakeUnit("a", id, "sild")), IsOk());
  }
  std::vector<std::string> ids;
  ASSERT_THAT(view()->ForEachUnit({"a"}, "u1x",
                                  [&](TranslationUnit&& unit) {
                                    ids.push_back(unit.name.unit);
                                    return ids.empty();
                                  }),
              IsOk());
  EXPECT_THAT(ids, ElementsAre("u2"));
}

TEST_F(StoreTest, CountsUnitsByLanguage) {
  ASSERT_THAT(Put(MakeMemory("a")), IsOk());
  ASSERT_THAT(Put(MakeUnit("a", "u1", "sild")), IsOk());
  TranslationUnit unit = MakeUnit("a", "u2", "jõgi");
  ASSERT_THAT(Put(unit), IsOk());
  unit.variants[1].language = kLithuanian;
  ASSERT_THAT(Put(unit), IsOk());
  ASSERT_THAT(Delete(UnitName{"a", "u1"}), IsOk());
  const auto counts = view()->CountUnits({"a"});
  ASSERT_THAT(counts, IsOk());
  EXPECT_EQ(counts->total, 1);
  EXPECT_THAT(counts->by_language, ElementsAre(Pair(kEstonian, 1), Pair(kLithuanian, 1)));
}

TEST_F(StoreTest, KeepsConceptsOfGlossaries) {
  Glossary glossary;
  glossary.name = {"g"};
  Concept term;
  term.name = {"g", "c1"};
  term.sections.resize(1);
  term.sections[0].language = kLithuanian;
  EXPECT_THAT(Put(term), StatusIs(absl::StatusCode::kNotFound, HasSubstr("glossaries/g")));
  ASSERT_THAT(Put(glossary), IsOk());
  ASSERT_THAT(Put(term), IsOk());
  EXPECT_EQ(view()->GetConcept({"g", "c1"})->sections[0].language, kLithuanian);
  EXPECT_EQ(view()->CountConcepts({"g"})->by_language[kLithuanian], 1);
  ASSERT_THAT(Delete(ConceptName{"g", "c1"}), IsOk());
  EXPECT_EQ(view()->CountConcepts({"g"})->total, 0);
}

TEST_F(StoreTest, KeepsExceptionsOfGlossaries) {
  Glossary glossary;
  glossary.name = {"g"};
  Exception exception;
  exception.name = {"g", "x1"};
  exception.reason = "tsitaat";
  EXPECT_THAT(Put(exception), StatusIs(absl::StatusCode::kNotFound, HasSubstr("glossaries/g")));
  ASSERT_THAT(Put(glossary), IsOk());
  const auto written = Put(exception);
  ASSERT_THAT(written, IsOk());
  Reopen();
  EXPECT_EQ(view()->GetException({"g", "x1"})->reason, "tsitaat");
  EXPECT_EQ(view()->GetException({"g", "x1"})->revision, written->revision);
  EXPECT_EQ(view()->CountConcepts({"g"})->total, 0);
  const auto changes = view()->ReadChanges(written->revision, 0, 1000);
  ASSERT_THAT(changes, IsOk());
  EXPECT_EQ(std::get<Exception>(changes->changes.at(0).resource).reason, "tsitaat");
  EXPECT_EQ(std::get<ExceptionName>(changes->changes.at(0).name).str(),
            "glossaries/g/exceptions/x1");
  ASSERT_THAT(Delete(ExceptionName{"g", "x1"}), IsOk());
  EXPECT_THAT(view()->GetException({"g", "x1"}),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("exceptions")));
  EXPECT_THAT(Delete(ExceptionName{"g", "x1"}),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("exceptions")));
}

TEST_F(StoreTest, ListsExceptionsInTheOrderOfTheirNames) {
  Glossary glossary;
  glossary.name = {"g"};
  ASSERT_THAT(Put(glossary), IsOk());
  for (const char* id : {"b", "a", "c"}) {
    Exception exception;
    exception.name = {"g", id};
    ASSERT_THAT(Put(exception), IsOk());
  }
  std::string ids;
  EXPECT_THAT(view()->ForEachException({"g"}, "a",
                                       [&](Exception&& exception) {
                                         ids += exception.name.exception;
                                         return true;
                                       }),
              IsOk());
  EXPECT_EQ(ids, "bc");
  ASSERT_THAT(Delete(GlossaryName{"g"}), IsOk());
  store().WaitForHousekeeping();
  ASSERT_THAT(Put(glossary), IsOk());
  EXPECT_THAT(view()->GetException({"g", "a"}),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("exceptions")));
}

TEST_F(StoreTest, RefusesMoreThanAThousandChanges) {
  ASSERT_THAT(Put(MakeMemory("a")), IsOk());
  const auto write_units = [](int count) {
    return [count](storage::Transaction& write) {
      for (int i = 0; i < count; ++i) {
        SILD_CHECK_OK(write.Put(MakeUnit("a", std::to_string(i), "sild")));
      }
      return absl::OkStatus();
    };
  };
  EXPECT_THAT(Write(write_units(1000)), IsOk());
  EXPECT_THAT(Write(write_units(1001)),
              StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("1000 changes")));
}

TEST_F(StoreTest, RefusesAnEventOfMoreThanEightMebibytes) {
  ASSERT_THAT(Put(MakeMemory("a")), IsOk());
  EXPECT_THAT(Write([](storage::Transaction& write) {
                for (int i = 0; i < 9; ++i) {
                  SILD_CHECK_OK(write.Put(
                      MakeUnit("a", std::to_string(i), std::string((1U << 20) - 100, 'x'))));
                }
                return absl::OkStatus();
              }),
              StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("8388608 bytes")));
  EXPECT_THAT(Ids("a"), IsEmpty());
}

TEST_F(StoreTest, RefusesAUnitOfMoreThanAMebibyte) {
  ASSERT_THAT(Put(MakeMemory("a")), IsOk());
  EXPECT_THAT(Put(MakeUnit("a", "u", std::string(1U << 20, 'x'))),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("memories/a/units/u")));
}

class StoreUsageTest : public StoreTest {
 protected:
  // Counts a use of the unit u for a request of that id.
  absl::Status CountUse(const std::string& request_id) {
    return Write([&](storage::Transaction& write) {
             return write.CountUse({"a", "u"}, request_id);
           })
        .status();
  }
};

TEST_F(StoreUsageTest, IsCountedOutsideTheRevision) {
  ASSERT_THAT(Put(MakeMemory("a")), IsOk());
  const auto written = Put(MakeUnit("a", "u", "sild"));
  ASSERT_THAT(written, IsOk());
  ASSERT_THAT(CountUse("r"), IsOk());
  ASSERT_THAT(CountUse("r"), IsOk());  // The same again.
  ASSERT_THAT(CountUse(""), IsOk());
  ASSERT_THAT(CountUse(""), IsOk());
  Reopen();
  const auto unit = view()->GetUnit({"a", "u"});
  ASSERT_THAT(unit, IsOk());
  EXPECT_EQ(unit->usage_count, 3);
  EXPECT_TRUE(unit->last_use_time.has_value());
  EXPECT_EQ(unit->revision, written->revision);
  EXPECT_EQ(view()->revision(), written->revision);
  const auto changes = view()->ReadChanges(written->revision, 0, 100'000);
  ASSERT_THAT(changes, IsOk());
  EXPECT_THAT(changes->changes, SizeIs(1)) << "watchers are told of no use";
  EXPECT_THAT(view()->ForEachUnit({"a"}, "",
                                  [&](TranslationUnit&& listed) {
                                    EXPECT_EQ(listed, *unit);
                                    return true;
                                  }),
              IsOk());
}

TEST_F(StoreUsageTest, GoesWithTheUnit) {
  ASSERT_THAT(Put(MakeMemory("a")), IsOk());
  TranslationUnit imported = MakeUnit("a", "u", "sild");
  imported.usage_count = 7;
  imported.last_use_time = Timestamp(std::chrono::seconds(1));
  ASSERT_THAT(Put(imported), IsOk());
  ASSERT_THAT(CountUse("r"), IsOk());
  EXPECT_GT(view()->GetUnit({"a", "u"})->last_use_time, imported.last_use_time);
  imported.usage_count = 100;  // Only a new unit brings its own count.
  ASSERT_THAT(Put(imported), IsOk());
  EXPECT_EQ(view()->GetUnit({"a", "u"})->usage_count, 8);
  ASSERT_THAT(Delete(UnitName{"a", "u"}), IsOk());
  EXPECT_THAT(CountUse("r"),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("memories/a/units/u")));
  ASSERT_THAT(Put(MakeUnit("a", "u", "sild")), IsOk());
  EXPECT_EQ(view()->GetUnit({"a", "u"})->usage_count, 0);
}

TEST_F(StoreTest, FindsTextsWhateverTheirWhiteSpace) {
  ASSERT_THAT(Put(MakeMemory("a")), IsOk());
  ASSERT_THAT(Put(MakeUnit("a", "clean", "10 000 eurot")), IsOk());
  ASSERT_THAT(Put(MakeUnit("a", "spaced", " 10\u00A0000  eurot")), IsOk());
  ASSERT_THAT(Put(MakeUnit("a", "other", "10000 eurot")), IsOk());
  const auto ids = [this](const std::string& text) {
    std::vector<std::string> found;
    const auto view = this->view();
    const auto units = view->OpenUnitsByWords({"a"}, text::LanguageKeyOf(kEstonian));
    if (!units.ok()) {
      ADD_FAILURE() << units.status();
      return found;
    }
    EXPECT_THAT((*units)->ForEach(text,
                                  [&](TranslationUnit&& unit) {
                                    found.push_back(unit.name.unit);
                                    return true;
                                  }),
                IsOk());
    return found;
  };
  EXPECT_THAT(ids("10 000 eurot"), ElementsAre("clean", "spaced"));
  EXPECT_THAT(ids("10\u2009000\teurot"), ElementsAre("clean", "spaced"));
  EXPECT_THAT(UnitsWithText(*view(), {"a"}, kEstonian, "10 000 eurot"),
              IsOkAndHolds(ElementsAre(UnitName{"a", "clean"})))
      << "for write policies texts are equal in NFC only";
  ASSERT_THAT(Put(MakeUnit("a", "spaced", "10 eurot")), IsOk());
  ASSERT_THAT(Delete(UnitName{"a", "clean"}), IsOk());
  EXPECT_THAT(ids("10 000 eurot"), IsEmpty());
}

TEST_F(StoreTest, ListenerSeesTheNewView) {
  Revision seen;
  const std::uint64_t number = store().AddListener([&] { seen = view()->revision(); });
  const auto written = Put(MakeMemory("a"));
  ASSERT_THAT(written, IsOk());
  EXPECT_EQ(seen, written->revision);
  store().RemoveListener(number);
  ASSERT_THAT(Put(MakeMemory("b")), IsOk());
  EXPECT_EQ(seen, written->revision);
}

TEST_F(StoreTest, TellsWhatItHolds) {
  ASSERT_THAT(Put(MakeMemory("a")), IsOk());
  ASSERT_THAT(Put(MakeUnit("a", "u", "sild")), IsOk());
  const auto stats = store().Stats();
  ASSERT_THAT(stats, IsOk());
  EXPECT_EQ(stats->memory_count, 1);
  EXPECT_EQ(stats->unit_count, 1);
  EXPECT_EQ(stats->glossary_count, 0);
  EXPECT_GT(stats->disk_bytes, 0);
}

// The id of the stored unit that holds the same, or "-".
std::string IdenticalTo(const storage::Reader& reader, const TranslationUnit& unit) {
  const auto found = reader.FindIdentical(unit);
  EXPECT_THAT(found, IsOk());
  return found.ok() && found->has_value() ? (*found)->name.unit : "-";
}

TEST_F(StoreTest, IdenticalUnitIsFoundUnderAnyNameAsLongAsItIsSo) {
  ASSERT_THAT(Put(MakeMemory("a")), IsOk());
  ASSERT_THAT(Put(MakeUnit("a", "1", "sild")), IsOk());
  const TranslationUnit same = MakeUnit("a", "x", "sild");
  EXPECT_EQ(IdenticalTo(*view(), same), "1");
  EXPECT_EQ(IdenticalTo(*view(), MakeUnit("a", "x", "sild", "мостик")), "-");
  EXPECT_EQ(IdenticalTo(*view(), MakeUnit("b", "x", "sild")), "-");
  ASSERT_THAT(Put(MakeUnit("a", "1", "purre")), IsOk());
  EXPECT_EQ(IdenticalTo(*view(), same), "-");
  EXPECT_EQ(IdenticalTo(*view(), MakeUnit("a", "x", "purre")), "1");
  ASSERT_THAT(Delete(UnitName{"a", "1"}), IsOk());
  EXPECT_EQ(IdenticalTo(*view(), MakeUnit("a", "x", "purre")), "-");
}

TEST_F(StoreTest, UnitsOfOneTextAreTheSameOnlyInTheSamePlace) {
  ASSERT_THAT(Put(MakeMemory("a")), IsOk());
  TranslationUnit unit = MakeUnit("a", "1", "õ");
  unit.properties.push_back({"tuid", "1"});
  ASSERT_THAT(Put(unit), IsOk());
  unit.properties[0].value = "2";
  EXPECT_EQ(IdenticalTo(*view(), unit), "-");
  unit.properties[0].value = "1";
  unit.notes.push_back("märkus");
  EXPECT_EQ(IdenticalTo(*view(), unit), "1");
  unit.document = "leht";
  EXPECT_EQ(IdenticalTo(*view(), unit), "-");
}

TEST_F(StoreTest, PlanSeesTheStatesBeforeItself) {
  ASSERT_THAT(Put(MakeMemory("a")), IsOk());
  ASSERT_THAT(Put(MakeUnit("a", "1", "sild")), IsOk());
  ASSERT_THAT(Put(MakeUnit("a", "1", "purre")), IsOk());
  EXPECT_THAT(Write([&](storage::Transaction& write) {
                EXPECT_THAT(write.Put(MakeUnit("a", "1", "tiltas")), IsOk());
                EXPECT_THAT(write.ListRevisions(UnitName{"a", "1"}, std::nullopt, 9),
                            IsOkAndHolds(SizeIs(2)));
                return absl::OkStatus();
              }),
              IsOk());
  EXPECT_THAT(view()->ListRevisions(UnitName{"a", "1"}, std::nullopt, 9), IsOkAndHolds(SizeIs(3)));
}

}  // namespace
}  // namespace sild::test

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "server/matching/lookup.h"
#include "server/storage/view_candidates.h"
#include "tests/matching/random_text.h"
#include "tests/storage/store_fixture.h"

namespace sild::test {
namespace {

using matching::IndexedTexts;
using matching::LookupRequest;
using matching::LookupResult;

// The units of a view as if there were no indexes.
class Unindexed : public storage::ViewCandidates {
 public:
  using ViewCandidates::ViewCandidates;
  std::unique_ptr<IndexedTexts> OpenIndex(const MemoryName& /*memory*/,
                                          const text::LanguageKey& /*key*/) const override {
    return nullptr;
  }
};

std::string Told(const std::vector<LookupResult>& results) {
  std::string told;
  for (const LookupResult& result : results) {
    for (const Match& match : result.matches) {
      told += match.unit.name.str() + " " + match.source_language.str() + ">" +
              match.target_language.str() + " " + std::to_string(match.score_tenths);
      for (const UnitName& name : match.also_in) {
        told += " " + name.unit;
      }
      told += "\n";
    }
    told += "and " + std::to_string(result.more_exact) + "\n";
  }
  return told;
}

class IndexTest : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    ASSERT_THAT(Put(MakeMemory("a")), IsOk());
    ASSERT_THAT(Put(MakeMemory("b")), IsOk());
  }

  static text::LanguageKey Key(const LanguageTag& language) {
    return text::LanguageKeyOf(language);
  }

  static bool HasIndex(const storage::View& view, const std::string& memory,
                       const LanguageTag& language = kEstonian) {
    const auto texts = view.OpenIndex({memory}, Key(language));
    return texts.ok() && *texts != nullptr;
  }

  // Asks for the index and waits until it is there.
  void MakeIndex(const std::string& memory, const LanguageTag& language = kEstonian) {
    HasIndex(*view(), memory, language);
    store().WaitForIndexes();
    ASSERT_TRUE(HasIndex(*view(), memory, language));
  }

  // A unit with texts of the random words, in two varieties of Estonian now and then.
  static TranslationUnit RandomUnit(RandomText& random, std::size_t ids) {
    TranslationUnit unit = MakeUnit(random.OneIn(4) ? "b" : "a", std::to_string(random.Number(ids)),
                                    random.Sentence(3), random.Sentence(3));
    if (random.OneIn(5)) {
      unit.variants.push_back(unit.variants[0]);
      unit.variants.back().language = LanguageTag::FromCanonical("et-EE");
      unit.variants.back().segment.text = random.Sentence(3);
    }
    return unit;
  }

  static LookupRequest RandomRequest(RandomText& random) {
    LookupRequest request;
    request.memories = {{{"a"}, 0}, {{"b"}, 20}};
    request.source_language = random.OneIn(2) ? kEstonian : kRussian;
    request.minimum_tenths =
        static_cast<std::int32_t>(random.OneIn(2) ? 500 : 500 + random.Number(500));
    request.max_matches = static_cast<int>(1 + random.Number(6));
    for (int i = 0; i < 3; ++i) {
      request.queries.push_back({{random.Sentence(3), {}}, "", "", {}});
    }
    return request;
  }

  // Looks up with and without index in one view, and expects the same.
  static std::size_t ExpectSame(const storage::View& view, RandomText& random) {
    const LookupRequest request = RandomRequest(random);
    const auto scanned = matching::Find(request, Unindexed(view), {});
    const auto found = matching::Find(request, storage::ViewCandidates(view), {});
    EXPECT_EQ(found.status(), scanned.status());
    std::size_t matches = 0;
    if (scanned.ok() && found.ok()) {
      EXPECT_EQ(Told(*found), Told(*scanned)) << "in the view of " << view.revision().value;
      for (const LookupResult& result : *scanned) {
        matches += result.matches.size();
      }
    }
    return matches;
  }

  // Writes units, some of them over or in place of others, and deletes some.
  absl::Status WriteSome(RandomText& random, std::size_t ids) {
    return Write([&random, ids](storage::Transaction& write) {
             for (std::size_t left = 1 + random.Number(5); left > 0; --left) {
               if (random.OneIn(4)) {
                 (void)write.Delete(UnitName{"a", std::to_string(random.Number(ids))});
               } else {
                 SILD_CHECK_OK(write.Put(RandomUnit(random, ids)));
               }
             }
             return absl::OkStatus();
           })
        .status();
  }
};

TEST_F(IndexTest, IsMadeWhenItIsFirstAskedFor) {
  ASSERT_THAT(Put(MakeUnit("a", "1", "sild üle jõe")), IsOk());
  EXPECT_FALSE(HasIndex(*view(), "a"));
  store().WaitForIndexes();
  EXPECT_TRUE(HasIndex(*view(), "a"));
  EXPECT_FALSE(HasIndex(*view(), "a", kLithuanian));
}

TEST_F(IndexTest, HasWhatIsWrittenInTheViewThatShowsIt) {
  MakeIndex("a");
  ASSERT_THAT(Put(MakeUnit("a", "1", "sild üle jõe")), IsOk());
  LookupRequest request;
  request.memories = {{{"a"}, 0}};
  request.source_language = kEstonian;
  request.queries = {{{"sillad üle jõe", {}}, "", "", {}}};
  const auto found = matching::Find(request, storage::ViewCandidates(*view()), {});
  ASSERT_THAT(found, IsOk());
  EXPECT_EQ(Told(*found), "memories/a/units/1 et>ru 800\nand 0\n");
}

TEST_F(IndexTest, MatchesAreWholeUnits) {
  MakeIndex("a");
  TranslationUnit small = MakeUnit("a", "small", "sild üle jõe");
  small.notes = {"vt. kaart"};
  TranslationUnit large = MakeUnit("a", "large", "sild üle Emajõe");
  large.notes = {std::string(10'000, 'x')};
  ASSERT_THAT(Put(small), IsOk());
  ASSERT_THAT(Put(large), IsOk());
  const auto use = [this](const std::string& id, int times) {
    for (int i = 0; i < times; ++i) {
      ASSERT_THAT(Write([&id](storage::Transaction& write) {
                    return write.CountUse({"a", id}, "");
                  }),
                  IsOk());
    }
  };
  use("small", 2);
  use("large", 3);
  LookupRequest request;
  request.memories = {{{"a"}, 0}};
  request.source_language = kEstonian;
  request.minimum_tenths = 500;
  request.queries = {{{"sild üle jõe", {}}, "", "", {}}};
  const auto found = matching::Find(request, storage::ViewCandidates(*view()), {});
  ASSERT_THAT(found, IsOk());
  ASSERT_EQ(found->at(0).matches.size(), 2U);
  EXPECT_EQ(found->at(0).matches[0].unit, view()->GetUnit({"a", "small"}).value());
  EXPECT_EQ(found->at(0).matches[0].unit.usage_count, 2);
  EXPECT_EQ(found->at(0).matches[1].unit, view()->GetUnit({"a", "large"}).value());
  EXPECT_EQ(found->at(0).matches[1].unit.usage_count, 3);
}

TEST_F(IndexTest, TellsTheSameAsAScanWhileUnitsAreWrittenAndDeleted) {
  RandomText random(11);
  for (int i = 0; i < 50; ++i) {
    ASSERT_THAT(WriteSome(random, 80), IsOk());
  }
  for (const std::string memory : {"a", "b"}) {
    MakeIndex(memory, kEstonian);
    MakeIndex(memory, kRussian);
  }
  std::size_t matches = 0;
  std::vector<std::shared_ptr<const storage::View>> views;
  for (int i = 0; i < 150; ++i) {
    ASSERT_THAT(WriteSome(random, 80), IsOk());
    matches += ExpectSame(*view(), random);
    if (i % 10 == 0) {
      views.push_back(view());
    }
  }
  for (const auto& old : views) {
    matches += ExpectSame(*old, random);
  }
  EXPECT_GT(matches, 100U);
}

TEST_F(IndexTest, TellsTheSameWhileItGrowsThroughItsTiers) {
  RandomText random(12);
  MakeIndex("a");
  for (int round = 0; round < 12; ++round) {
    ASSERT_THAT(Write([&](storage::Transaction& write) {
                  for (int i = 0; i < 600; ++i) {
                    SILD_CHECK_OK(write.Put(
                        MakeUnit("a", std::to_string(round * 600 + i),
                                 random.Sentence(6) + " " + std::to_string(random.Number(900)))));
                  }
                  return absl::OkStatus();
                }),
                IsOk());
    ExpectSame(*view(), random);
  }
  store().WaitForIndexes();
  ExpectSame(*view(), random);
}

TEST_F(IndexTest, IsMadeAgainAfterABulkLoad) {
  RandomText random(13);
  MakeIndex("a");
  auto load = store().BeginBulkLoad({}, {"a"});
  ASSERT_THAT(load, IsOk());
  for (int i = 0; i < 500; ++i) {
    ASSERT_THAT((*load)->Add(MakeUnit("a", std::to_string(i), random.Sentence(6))), IsOk());
  }
  ASSERT_THAT((*load)->Finish(), IsOk());
  EXPECT_FALSE(HasIndex(*view(), "a"));
  store().WaitForIndexes();
  EXPECT_TRUE(HasIndex(*view(), "a"));
  for (int i = 0; i < 10; ++i) {
    ExpectSame(*view(), random);
  }
}

TEST_F(IndexTest, OfADroppedMemoryIsNotThatOfItsSuccessor) {
  RandomText random(14);
  ASSERT_THAT(Put(MakeUnit("a", "1", "sild üle jõe")), IsOk());
  MakeIndex("a");
  const auto old = view();
  ASSERT_THAT(Delete(MemoryName{"a"}), IsOk());
  EXPECT_THAT(view()->OpenIndex({"a"}, Key(kEstonian)),
              StatusIs(absl::StatusCode::kNotFound, ::testing::_));
  ASSERT_THAT(Put(MakeMemory("a")), IsOk());
  ASSERT_THAT(Put(MakeUnit("a", "2", "sild üle jõe")), IsOk());
  MakeIndex("a");
  ExpectSame(*view(), random);
  ExpectSame(*old, random);
}

TEST_F(IndexTest, IsDroppedForOneThatWasUsedLater) {
  store_.reset();
  options_.index_bytes = 42U << 10;  // Enough for the words of one language.
  Open();
  RandomText random(15);
  for (const std::string memory : {"a", "b"}) {
    for (int i = 0; i < 100; ++i) {
      ASSERT_THAT(Put(MakeUnit(memory, std::to_string(i), random.Sentence(6), random.Sentence(6))),
                  IsOk());
    }
  }
  MakeIndex("a", kEstonian);
  MakeIndex("b", kRussian);
  EXPECT_FALSE(HasIndex(*view(), "a", kEstonian));
  store().WaitForIndexes();
  EXPECT_TRUE(HasIndex(*view(), "a", kEstonian));
}

TEST_F(IndexTest, IsNotMadeIfItCannotFit) {
  store_.reset();
  options_.index_bytes = 1000;
  Open();
  ASSERT_THAT(Put(MakeUnit("a", "1", "sild üle jõe")), IsOk());
  HasIndex(*view(), "a");
  store().WaitForIndexes();
  EXPECT_FALSE(HasIndex(*view(), "a"));
  RandomText random(16);
  ASSERT_THAT(Put(MakeUnit("a", "2", "sild üle jõe")), IsOk());
  ExpectSame(*view(), random);
}

TEST_F(IndexTest, ComesBackFromItsFilesWithWhatWasWrittenSince) {
  RandomText random(18);
  for (int i = 0; i < 40; ++i) {
    ASSERT_THAT(WriteSome(random, 300), IsOk());
  }
  MakeIndex("a");
  EXPECT_TRUE(std::filesystem::exists(options_.directory / "index"));
  ASSERT_THAT(Put(MakeUnit("a", "late", "tilto šalis bridge")), IsOk());
  for (int round = 0; round < 3; ++round) {
    Reopen();
    ASSERT_THAT(WriteSome(random, 300), IsOk());
    MakeIndex("a");
    for (int i = 0; i < 10; ++i) {
      ExpectSame(*view(), random);
    }
  }
}

TEST_F(IndexTest, IsReadAtTheStartBeforeAnybodyAsks) {
  ASSERT_THAT(Put(MakeUnit("a", "1", "sild üle jõe")), IsOk());
  MakeIndex("a");
  Reopen();
  store().WaitForIndexes();
  EXPECT_TRUE(HasIndex(*view(), "a"));
  EXPECT_FALSE(HasIndex(*view(), "b"));
}

TEST_F(IndexTest, KnowsItsWordsAgainAfterARestart) {
  RandomText random(22);
  for (int i = 0; i < 40; ++i) {
    ASSERT_THAT(WriteSome(random, 300), IsOk());
  }
  MakeIndex("a");
  const auto count = [this] {
    const auto texts = view()->OpenIndex({"a"}, Key(kEstonian));
    return (*texts)->index().lexicon().look_alikes.Kept().size();
  };
  ExpectSame(*view(), random);
  for (int tries = 0; count() == 0 && tries < 1000; ++tries) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  const std::size_t kept = count();
  ASSERT_GT(kept, 0U);
  Reopen();
  store().WaitForIndexes();
  EXPECT_GE(count(), kept);
  for (int i = 0; i < 10; ++i) {
    ASSERT_THAT(WriteSome(random, 300), IsOk());
    ExpectSame(*view(), random);
  }
}

TEST_F(IndexTest, IsMadeAgainIfAFileIsDamaged) {
  RandomText random(19);
  for (int i = 0; i < 40; ++i) {
    ASSERT_THAT(WriteSome(random, 300), IsOk());
  }
  MakeIndex("a");
  store_.reset();
  for (const auto& file :
       std::filesystem::recursive_directory_iterator(options_.directory / "index")) {
    if (file.path().extension() == ".tier" || file.path().extension() == ".words") {
      std::fstream stream(file.path(), std::ios::in | std::ios::out | std::ios::binary);
      stream.seekp(100);
      stream.put('!');
    }
  }
  Open();
  MakeIndex("a");
  for (int i = 0; i < 10; ++i) {
    ExpectSame(*view(), random);
  }
}

TEST_F(IndexTest, LeavesNothingOfPurgedTextsOnDisk) {
  ASSERT_THAT(Put(MakeUnit("a", "1", "saladuslik nimi")), IsOk());
  MakeIndex("a");
  ASSERT_TRUE(std::filesystem::exists(options_.directory / "index"));
  ASSERT_THAT(Write([](storage::Transaction& write) {
                return write.Purge(UnitName{"a", "1"});
              }),
              IsOk());
  EXPECT_FALSE(std::filesystem::exists(options_.directory / "index"));
}

TEST_F(IndexTest, IsMadeAnewOnceMostOfItsTextsAreGone) {
  constexpr int kUnits = 13'000;
  for (int begin = 0; begin < kUnits; begin += 1000) {
    ASSERT_THAT(
        Write([begin](storage::Transaction& write) {
          for (int i = begin; i < begin + 1000; ++i) {
            SILD_CHECK_OK(write.Put(MakeUnit("a", std::to_string(i), "sild " + std::to_string(i))));
          }
          return absl::OkStatus();
        }),
        IsOk());
  }
  MakeIndex("a");
  for (int begin = 0; begin < kUnits - 1000; begin += 1000) {
    ASSERT_THAT(Write([begin](storage::Transaction& write) {
                  for (int i = begin; i < begin + 1000; ++i) {
                    SILD_CHECK_OK(write.Delete(UnitName{"a", std::to_string(i)}));
                  }
                  return absl::OkStatus();
                }),
                IsOk());
  }
  const auto size = [this] { return (*view()->OpenIndex({"a"}, Key(kEstonian)))->index().size(); };
  EXPECT_EQ(size(), kUnits);
  store().WaitForIndexes();
  EXPECT_EQ(size(), 1000);
  RandomText random(20);
  ExpectSame(*view(), random);
}

TEST_F(IndexTest, IsReadWhileItIsWrittenAndMadeAgain) {
  RandomText random(17);
  for (int i = 0; i < 30; ++i) {
    ASSERT_THAT(WriteSome(random, 60), IsOk());
  }
  std::atomic<bool> is_over = false;
  std::vector<std::thread> readers;
  for (std::uint32_t reader = 0; reader < 2; ++reader) {
    readers.emplace_back([this, reader, &is_over] {
      RandomText queries(100 + reader);
      while (!is_over) {
        ExpectSame(*store_->CurrentView(), queries);
      }
    });
  }
  for (int i = 0; i < 200; ++i) {
    EXPECT_THAT(WriteSome(random, 60), IsOk());
    if (i % 50 == 49) {
      EXPECT_THAT(Delete(MemoryName{"b"}), IsOk());
      EXPECT_THAT(Put(MakeMemory("b")), IsOk());
    }
  }
  is_over = true;
  for (std::thread& reader : readers) {
    reader.join();
  }
}

}  // namespace
}  // namespace sild::test

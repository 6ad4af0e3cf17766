// Files that are made to take a server's time or its memory.

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <malloc.h>

#include "server/formats/tbx.h"
#include "server/formats/tmx.h"
#include "tests/formats/collect.h"
#include "tests/formats/random_text.h"
#include "tests/formats/tmx_files.h"
#include "tests/support/status_matchers.h"

namespace sild::formats {
namespace {

using sild::test::IsOk;
using sild::test::StatusIs;
using test::Collector;
using test::RandomText;
using test::SegmentFile;
using test::Tmx;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Far above what a linear reader takes under any sanitizer, far below what a quadratic one does.
constexpr std::chrono::seconds kHangGuard{60};

constexpr std::size_t kFedBytes = 8U << 20;
constexpr std::size_t kMostHeldBytes = 4U << 20;

std::string Repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) {
    all += text;
  }
  return all;
}

// The bytes that the program holds on its heap.
std::size_t HeapBytes() {
  const struct mallinfo2 info = mallinfo2();
  return info.uordblks + info.hblkhd;
}

// Whether `HeapBytes` tells the truth; it does not where a sanitizer has its own allocator.
bool CanMeasureHeap() {
  const std::size_t before = HeapBytes();
  const std::vector<char> block(1 << 20);
  return HeapBytes() - before >= block.size();
}

// Keeps nothing.
class Forgetful : public UnitSink, public ConceptSink {
 public:
  absl::Status OnUnit(ParsedUnit /*unit*/) override { return absl::OkStatus(); }
  absl::Status OnConcept(ParsedConcept /*entry*/) override { return absl::OkStatus(); }
  void OnIssue(Issue /*issue*/) override {}
};

// A file that begins and then says the same for ever; `#` in it is a number that grows.
struct EndlessFile {
  std::string_view name;
  std::string begin;
  std::string again;
};

void PrintTo(const EndlessFile& file, std::ostream* out) { *out << file.name; }

// Feeds `kFedBytes` of `file` to `reader` and returns the most that it held at once.
std::size_t MostHeldBytes(FileReader& reader, const EndlessFile& file) {
  const std::size_t before = HeapBytes();
  EXPECT_THAT(reader.Feed(file.begin), IsOk());
  std::size_t most = 0;
  int number = 0;
  std::string piece;
  for (std::size_t fed = 0; fed < kFedBytes; fed += piece.size()) {
    piece.clear();
    while (piece.size() < 16'000) {
      const std::size_t hash = std::min(file.again.find('#'), file.again.size());
      piece += file.again.substr(0, hash);
      if (hash < file.again.size()) {
        piece.append(std::to_string(++number)).append(file.again.substr(hash + 1));
      }
    }
    const absl::Status status = reader.Feed(piece);
    EXPECT_THAT(status, IsOk());
    if (!status.ok()) {
      break;
    }
    most = std::max(most, HeapBytes() - std::min(HeapBytes(), before + piece.capacity()));
  }
  return most;
}

class EndlessTmx : public ::testing::TestWithParam<EndlessFile> {};

TEST_P(EndlessTmx, IsReadInBoundedMemory) {
  if (!CanMeasureHeap()) {
    GTEST_SKIP() << "the heap cannot be measured under this allocator";
  }
  Forgetful sink;
  const auto reader = NewTmxReader({}, sink);
  EXPECT_LT(MostHeldBytes(*reader, GetParam()), kMostHeldBytes);
}

INSTANTIATE_TEST_SUITE_P(
    Files, EndlessTmx,
    ::testing::Values(
        EndlessFile{"Props", "<tmx><body><tu>", "<prop/>"},
        EndlessFile{"Notes", "<tmx><body><tu>", "<note/>"},
        EndlessFile{"LongNotes", "<tmx><body><tu>", "<note>" + Repeated("я", 5000) + "</note>"},
        EndlessFile{"PropsOfAVariant", "<tmx><body><tu><tuv xml:lang='lt'>", "<prop/>"},
        EndlessFile{"SecondSegments", "<tmx><body><tu><tuv xml:lang='lt'><seg/>", "<seg/>"},
        EndlessFile{"LongVariants", "<tmx><body><tu>",
                    "<tuv xml:lang='lt' o-tmf='" + Repeated("ž", 50'000) + "'/>"},
        EndlessFile{"CodeWithoutSegment", "<tmx><body><tu>",
                    "<tuv xml:lang='lt'><ph>" + Repeated("ž", 100'000) + "</ph></tuv>"},
        EndlessFile{"Repairs", "<tmx><body><tu>", "&nbsp;<x/>"},
        EndlessFile{"UndeclaredPrefixes", "<tmx><body><tu>", "<a:b/>"},
        EndlessFile{"LongLanguages", "<tmx><body>",
                    "<tu><tuv xml:lang='#" + Repeated("a", 20'000) + "'><seg>a</seg></tuv></tu>"},
        EndlessFile{"PropsOfTheHeader", "<tmx><header>", "<prop type='p'>v</prop>"},
        EndlessFile{"NotesOfTheHeader", "<tmx><header>", "<note>" + Repeated("ё", 500) + "</note>"},
        EndlessFile{"Headers", "<tmx>", "<header odd='x'/>"}),
    [](const auto& param) { return std::string(param.param.name); });

class EndlessTbx : public ::testing::TestWithParam<EndlessFile> {};

TEST_P(EndlessTbx, IsReadInBoundedMemory) {
  if (!CanMeasureHeap()) {
    GTEST_SKIP() << "the heap cannot be measured under this allocator";
  }
  Forgetful sink;
  const auto reader = NewTbxReader({}, sink);
  EXPECT_LT(MostHeldBytes(*reader, GetParam()), kMostHeldBytes);
}

constexpr std::string_view kConcept = "<tbx><text><body><conceptEntry>";
constexpr std::string_view kOurConcept =
    "<tbx><tbxHeader><p>Written by Sild 1.0</p></tbxHeader><text><body><conceptEntry>";
constexpr std::string_view kSection = "<tbx><text><body><conceptEntry><langSec xml:lang='et'>";

INSTANTIATE_TEST_SUITE_P(
    Files, EndlessTbx,
    ::testing::Values(
        EndlessFile{"SectionsOfNoLanguage", std::string(kConcept), "<langSec/>"},
        EndlessFile{"SectionsOfOneLanguage", std::string(kConcept), "<langSec xml:lang='et'/>"},
        EndlessFile{"SectionsOfManyLanguages", std::string(kConcept),
                    "<langSec xml:lang='et-x-a#'><termSec><term>a</term></termSec></langSec>"},
        EndlessFile{"Terms", std::string(kSection), "<termSec id='t#'/>"},
        EndlessFile{"Notes", std::string(kConcept), "<note>märkus</note>"},
        EndlessFile{"EmptyFields", std::string(kOurConcept), "<x/>"},
        EndlessFile{"Targets", std::string(kConcept), "<ref target='a b'/>"},
        EndlessFile{"Relations", std::string(kConcept), "<ref type='crossReference' target='c#'/>"},
        EndlessFile{"TitlesOfTheHeader", "<tbx><tbxHeader>", "<title>a</title>"},
        EndlessFile{"LongNotesOfTheHeader", "<tbx><tbxHeader>",
                    "<note>" + Repeated("õ", 5000) + "</note>"}),
    [](const auto& param) { return std::string(param.param.name); });

class CdataInTmx : public ::testing::TestWithParam<const char*> {};

TEST_P(CdataInTmx, IsReadInLinearTime) {
  const std::string content = Repeated(GetParam(), (4U << 20) / std::string(GetParam()).size());
  const auto start = std::chrono::steady_clock::now();
  Collector found;
  const auto reader = NewTmxReader({}, found);
  EXPECT_THAT(test::ReadAll(*reader, SegmentFile("<![CDATA[" + content + "]]>"), 1 << 20), IsOk());
  EXPECT_EQ(found.DroppedCount(), 1) << found.Messages();  // For its length.
  EXPECT_LT(std::chrono::steady_clock::now() - start, kHangGuard);
}

INSTANTIATE_TEST_SUITE_P(Patterns, CdataInTmx,
                         ::testing::Values("]", "a]", "ä]]", "<", "&", "]]<"));

TEST(HostileTmx, CdataMeansTheSameInAnyPieces) {
  RandomText random(7);
  for (int i = 0; i < 300; ++i) {
    std::string content;
    while (content.size() < 12) {
      content += random.OneOf(std::array<std::string_view, 5>{"]", "]]", "a", "<b>", "ш"});
    }
    // A `>` behind two brackets would end it.
    while (content.find("]]>") != std::string::npos) {
      content.erase(content.find("]]>"), 1);
    }
    for (const std::size_t piece : {1U, 2U, 3U, 1000U}) {
      Collector found;
      const auto reader = NewTmxReader({}, found);
      EXPECT_THAT(test::ReadAll(*reader, SegmentFile("<![CDATA[" + content + "]]>"), piece),
                  IsOk());
      EXPECT_EQ(test::OnlyText(found), content);
    }
  }
}

TEST(HostileTmx, StopsBetweenPiecesWhenItIsCancelled) {
  int asked = 0;
  ReadOptions options;
  options.is_cancelled = [&asked] { return ++asked == 3; };
  Collector found;
  const auto reader = NewTmxReader(options, found);
  const std::string endless = "<tmx><!--" + std::string(1 << 20, '-');
  EXPECT_THAT(reader->Feed(endless), StatusIs(absl::StatusCode::kCancelled, HasSubstr("cancel")));
  EXPECT_EQ(asked, 3);
  EXPECT_THAT(reader->Finish(), StatusIs(absl::StatusCode::kCancelled, HasSubstr("cancel")));
}

TEST(HostileTmx, CountsOwnPropertiesBeforeItTakesThem) {
  const std::string label = "<prop type='x-sild-label'>a=b</prop>";
  const std::string variant = "<tuv xml:lang='et'><seg>õ</seg></tuv>";
  Collector found;
  const auto reader = NewTmxReader({}, found);
  EXPECT_THAT(test::ReadAll(*reader, Tmx("<tu>" + Repeated(label, 30'000) + variant + "</tu><tu>" +
                                         Repeated(label, 40) + variant + "</tu>")),
              IsOk());
  EXPECT_THAT(found.units, SizeIs(1));
  ASSERT_EQ(found.DroppedCount(), 1);
  EXPECT_EQ(found.issues[0].message,
            "the unit has more than 1000 properties or notes; remove some");
}

TEST(HostileTmx, TellsAHundredProblemsOfAUnit) {
  const Collector found = test::ReadWell(
      Tmx("<tu><tuv xml:lang='et'><seg>õ</seg>" + Repeated("<seg/>", 250) + "</tuv></tu>"));
  EXPECT_THAT(found.units, SizeIs(1));
  ASSERT_THAT(found.issues, SizeIs(101));
  EXPECT_EQ(found.issues[100].message, "the unit has 150 more problems of this sort");
}

TEST(HostileTmx, CutsLongIdsInIssuesAtACharacter) {
  const Collector found = test::ReadWell(Tmx("<tu tuid='a" + Repeated("ä", 1000) + "'/>"));
  ASSERT_THAT(found.issues, SizeIs(1));
  EXPECT_EQ(found.issues[0].unit_id, "a" + Repeated("ä", 99));
}

TEST(HostileTmx, CutsLongLanguagesInIssuesAtACharacter) {
  const Collector found = test::ReadWell(
      Tmx("<tu><tuv xml:lang='a" + Repeated("ш", 100) + "'><seg>a</seg></tuv></tu>"));
  EXPECT_THAT(found.Messages(), HasSubstr("language \"a" + Repeated("ш", 29) + "\" is not known"));
}

TEST(HostileTmx, TellsThatTheHeaderWasCut) {
  const Collector found =
      test::ReadWell(Tmx("", "<header>" + Repeated("<note>n</note>", 1001) + "</header>"));
  EXPECT_THAT(found.header.notes, SizeIs(1000));
  EXPECT_THAT(found.Messages(), HasSubstr("the header holds more than a unit may"));
}

// The messages of the concept of this content, which is dropped.
std::string WhyDropped(const std::string& content) {
  Collector found;
  const auto reader = NewTbxReader({}, found);
  EXPECT_THAT(test::ReadAll(*reader, "<tbx><text><body><conceptEntry>" + content +
                                         "</conceptEntry></body></text></tbx>"),
              IsOk());
  EXPECT_THAT(found.concepts, IsEmpty());
  EXPECT_EQ(found.DroppedCount(), 1);
  return found.issues.empty() ? "" : found.issues.back().message;
}

// A section of one term, in a language of its own.
std::string Section(int number) {
  return "<langSec xml:lang='et-x-a" + std::to_string(number) +
         "'><termSec><term>liit</term></termSec></langSec>";
}

TEST(HostileTbx, DropsConceptsThatHoldTooMuch) {
  EXPECT_EQ(WhyDropped("<note>" + std::string(1'000'001, 'a') + "</note>" + Section(1)),
            "the concept is larger than 1000000 bytes; split it");
  EXPECT_EQ(WhyDropped(Repeated("<note>a</note>", 1001) + Section(1)),
            "the concept has more than 1000 properties or notes; remove some");
  EXPECT_EQ(WhyDropped("<langSec/>" + Repeated("<x/>", 100'000) + Section(1)),
            "the concept has more than 100000 elements; split it");
  std::string relations;
  std::string sections;
  for (int i = 0; i <= 1000; ++i) {
    relations += "<ref type='crossReference' target='c" + std::to_string(i) + "'/>";
    sections += i <= 100 ? Section(i) : "";
  }
  EXPECT_EQ(WhyDropped(relations + Section(1)),
            "the concept has more than 1000 relations; remove some");
  EXPECT_EQ(WhyDropped(sections), "the concept has more than 100 languages; split it");
}

TEST(HostileTbx, DoesNotCountSectionsWithoutTerms) {
  std::string sections;
  for (int i = 0; i < 300; ++i) {
    sections += i < 100 ? Section(i) : "";
    sections += "<langSec xml:lang='lt-x-a" + std::to_string(i) + "'/>";
  }
  Collector found;
  const auto reader = NewTbxReader({}, found);
  EXPECT_THAT(test::ReadAll(*reader, "<tbx><text><body><conceptEntry>" + sections +
                                         "</conceptEntry></body></text></tbx>"),
              IsOk());
  ASSERT_THAT(found.concepts, SizeIs(1));
  EXPECT_THAT(found.concepts[0].entry.sections, SizeIs(100));
}

}  // namespace
}  // namespace sild::formats

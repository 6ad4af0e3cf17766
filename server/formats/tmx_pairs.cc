#include <utility>

#include "server/formats/languages.h"
#include "server/formats/pairs.h"
#include "server/formats/tmx.h"

namespace sild::formats {
namespace {

// Makes pairs of units.
class PairsOfUnits : public UnitSink {
 public:
  PairsOfUnits(const ReadOptions& options, PairLanguages languages, PairSink& sink)
      : options_(options),
        wanted_(std::move(languages)),
        languages_(options_.language_map),
        sink_(sink) {}

  absl::Status OnUnit(ParsedUnit unit) override {
    const Variant* const source = Find(unit.unit, wanted_.source);
    const Variant* const target = Find(unit.unit, wanted_.target);
    if (target == nullptr || (source == nullptr && !wanted_.source.empty())) {
      return absl::OkStatus();
    }
    ParsedPair pair;
    if (source != nullptr) {
      pair.source = source->segment;
    }
    pair.target = target->segment;
    pair.document = unit.unit.document;
    pair.unit_id = unit.tuid.empty() ? unit.unit.context_id : unit.tuid;
    pair.offset_bytes = unit.offset_bytes;
    pair.line = unit.line;
    return sink_.OnPair(std::move(pair));
  }

  void OnIssue(Issue issue) override { sink_.OnIssue(std::move(issue)); }
  void OnHeader(const FileHeader& header) override { sink_.OnHeader(header); }

 private:
  const Variant* Find(const TranslationUnit& unit, const LanguageTag& wanted) {
    std::vector<LanguageTag> have;
    for (const Variant& variant : unit.variants) {
      have.push_back(variant.language);
    }
    const LanguageTag best = wanted.empty() ? LanguageTag() : languages_.BestOf(wanted, have);
    return best.empty() ? nullptr : unit.Find(best);
  }

  const ReadOptions options_;
  const PairLanguages wanted_;
  Languages languages_;
  PairSink& sink_;
};

class TmxPairReader : public FileReader {
 public:
  TmxPairReader(const ReadOptions& options, const PairLanguages& languages, PairSink& sink)
      : units_(options, languages, sink), reader_(NewTmxReader(options, units_)) {}

  absl::Status Feed(std::string_view bytes) override { return reader_->Feed(bytes); }
  absl::Status Finish() override { return reader_->Finish(); }
  std::int64_t last_unit_end_bytes() const override { return reader_->last_unit_end_bytes(); }

 private:
  PairsOfUnits units_;
  std::unique_ptr<FileReader> reader_;
};

}  // namespace

std::unique_ptr<FileReader> NewTmxPairReader(const ReadOptions& options,
                                             const PairLanguages& languages, PairSink& sink) {
  return std::make_unique<TmxPairReader>(options, languages, sink);
}

}  // namespace sild::formats

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "server/formats/tmx.h"
#include "server/model/try.h"
#include "server/service/convert_unit.h"
#include "server/service/field_error.h"
#include "server/service/file_export.h"
#include "server/service/memory_service.h"

namespace sild::service {
namespace {

// One call of `ExportUnits`.
class UnitExport : public FileExport<v1::ExportUnitsRequest, v1::ExportUnitsResponse> {
 public:
  using FileExport::FileExport;

 private:
  absl::Status Start(const v1::ExportUnitsRequest& request) override {
    absl::StatusOr<MemoryName> memory = MemoryName::Parse(request.parent());
    SILD_CHECK_OK(Named("parent", memory.status()));
    memory_ = *std::move(memory);
    if (request.format() != v1::UNIT_FORMAT_TMX) {
      return request.format() == v1::UNIT_FORMAT_UNSPECIFIED
                 ? FieldError("format", "is required; send UNIT_FORMAT_TMX")
                 : absl::UnimplementedError("format: only UNIT_FORMAT_TMX can be exported yet");
    }
    absl::StatusOr<UnitFilter> filter = FromProto(request.filter());
    SILD_CHECK_OK(Within("filter", filter.status()));
    filter_ = *std::move(filter);
    SILD_TRY(const Memory stored, view().GetMemory(memory_));
    formats::WriteOptions options;
    options.source_language = stored.source_language;
    options.version = SILD_VERSION;
    writer_ = formats::NewTmxWriter(std::move(options));
    writer_->Begin(out_);
    return absl::OkStatus();
  }

  absl::StatusOr<bool> Fill(CallContext& call) override {
    bool is_last = true;
    SILD_CHECK_OK(view().ForEachUnit(memory_, after_, [&](TranslationUnit&& unit) {
      after_ = unit.name.unit;
      if (filter_.Matches(unit)) {
        writer_->Write(unit, out_);
        ++count_;
      }
      is_last = out_.size() < kFullChunkBytes && !call.cancelled;
      return is_last;
    }));
    if (is_last) {
      writer_->Finish(out_);
    }
    return !is_last;
  }

  void Describe(v1::ExportUnitsResponse& response) override { response.set_unit_count(count_); }

  MemoryName memory_;
  UnitFilter filter_;
  std::unique_ptr<formats::UnitWriter> writer_;
  std::string after_;  // The id of the last unit read.
  std::int64_t count_ = 0;
};

}  // namespace

std::unique_ptr<Stream> MemoryService::ExportUnits() {
  return std::make_unique<UnitExport>(store_);
}

}  // namespace sild::service

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "server/formats/tbx.h"
#include "server/model/try.h"
#include "server/service/field_error.h"
#include "server/service/file_export.h"
#include "server/service/glossary_service.h"

namespace sild::service {
namespace {

// One call of `ExportConcepts`.
class ConceptExport : public FileExport<v1::ExportConceptsRequest, v1::ExportConceptsResponse> {
 public:
  using FileExport::FileExport;

 private:
  absl::Status Start(const v1::ExportConceptsRequest& request) override {
    absl::StatusOr<GlossaryName> glossary = GlossaryName::Parse(request.parent());
    SILD_CHECK_OK(Named("parent", glossary.status()));
    glossary_ = *std::move(glossary);
    if (request.format() != v1::CONCEPT_FORMAT_TBX) {
      return request.format() == v1::CONCEPT_FORMAT_UNSPECIFIED
                 ? FieldError("format", "is required; send CONCEPT_FORMAT_TBX")
                 : absl::UnimplementedError("format: only CONCEPT_FORMAT_TBX can be exported yet");
    }
    SILD_TRY(const Glossary stored, view().GetGlossary(glossary_));
    formats::TbxWriteOptions options;
    options.title = stored.display_name.empty() ? glossary_.glossary : stored.display_name;
    options.version = SILD_VERSION;
    writer_ = formats::NewTbxWriter(std::move(options));
    writer_->Begin(out_);
    return absl::OkStatus();
  }

  absl::StatusOr<bool> Fill(CallContext& call) override {
    bool is_last = true;
    SILD_CHECK_OK(view().ForEachConcept(glossary_, after_, [&](Concept&& entry) {
      after_ = entry.name.concept_id;
      writer_->Write(entry, out_);
      ++count_;
      is_last = out_.size() < kFullChunkBytes && !call.cancelled;
      return is_last;
    }));
    if (is_last) {
      writer_->Finish(out_);
    }
    return !is_last;
  }

  void Describe(v1::ExportConceptsResponse& response) override {
    response.set_concept_count(count_);
  }

  GlossaryName glossary_;
  std::unique_ptr<formats::ConceptWriter> writer_;
  std::string after_;  // The id of the last concept read.
  std::int64_t count_ = 0;
};

}  // namespace

std::unique_ptr<Stream> GlossaryService::ExportConcepts() {
  return std::make_unique<ConceptExport>(store_);
}

}  // namespace sild::service

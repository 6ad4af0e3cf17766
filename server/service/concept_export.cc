#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "server/model/try.h"
#include "server/service/concept_formats.h"
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
    SILD_TRY(const FileFormat format, FromProto(request.format()));
    SILD_TRY(const Glossary stored, view().GetGlossary(glossary_));
    formats::ConceptWriteOptions options;
    options.title = stored.display_name.empty() ? glossary_.glossary : stored.display_name;
    options.version = SILD_VERSION;
    if (format && formats::HoldsPair(*format)) {
      SILD_TRY(options.source_language,
               Language(request.source_language_code(), "source_language_code"));
      SILD_TRY(options.target_language,
               Language(request.target_language_code(), "target_language_code"));
    } else if (!request.source_language_code().empty() || !request.target_language_code().empty()) {
      return FieldError("source_language_code",
                        "is for formats that hold a pair of languages; "
                        "this one holds all, leave both empty");
    }
    writer_ = NewConceptWriter(format, std::move(options));
    return writer_ != nullptr ? absl::OkStatus()
                              : FieldError("format", "can only be read; choose another");
  }

  // Begins the file, for which some formats must have seen all concepts.
  absl::Status Begin(CallContext& call) {
    if (writer_->needs_survey()) {
      SILD_CHECK_OK(view().ForEachConcept(glossary_, "", [&](Concept&& entry) {
        writer_->Survey(entry);
        return !call.cancelled;
      }));
    }
    writer_->Begin(out_);
    return absl::OkStatus();
  }

  absl::StatusOr<bool> Fill(CallContext& call) override {
    if (!std::exchange(has_begun_, true)) {
      SILD_CHECK_OK(Begin(call));
    }
    bool is_last = true;
    SILD_CHECK_OK(view().ForEachConcept(glossary_, after_, [&](Concept&& entry) {
      after_ = entry.name.concept_id;
      count_ += writer_->Write(entry, out_) ? 1 : 0;
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
  bool has_begun_ = false;
  std::string after_;  // The id of the last concept read.
  std::int64_t count_ = 0;
};

}  // namespace

std::unique_ptr<Stream> GlossaryService::ExportConcepts() {
  return std::make_unique<ConceptExport>(store_);
}

}  // namespace sild::service

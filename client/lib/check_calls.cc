#include "client/lib/import_stream.h"
#include "client/lib/unary.h"
#include "include/sild/client.h"

namespace sild::client {

using Service = v1::GlossaryService::StubInterface;

absl::StatusOr<v1::CheckTermsResponse> Client::CheckTerms(v1::CheckTermsRequest request) {
  return Call(*connection_, connection_->glossaries(), &Service::CheckTerms, CallClass::kLookup,
              request);
}

absl::StatusOr<v1::ListExceptionsResponse> Client::ListExceptions(
    v1::ListExceptionsRequest request) {
  return Call(*connection_, connection_->glossaries(), &Service::ListExceptions, CallClass::kRead,
              request);
}

absl::StatusOr<v1::Exception> Client::CreateException(v1::CreateExceptionRequest request) {
  return Call(*connection_, connection_->glossaries(), &Service::CreateException, CallClass::kWrite,
              request);
}

absl::Status Client::DeleteException(v1::DeleteExceptionRequest request) {
  return Call(*connection_, connection_->glossaries(), &Service::DeleteException, CallClass::kWrite,
              request)
      .status();
}

absl::StatusOr<v1::CheckDocumentResponse> Client::CheckDocument(
    v1::CheckDocumentRequest::Config config, ByteSource& file, OnCheck on_check) {
  grpc::ClientContext context;
  connection_->Prepare(context, connection_->DeadlineFor(CallClass::kStream));
  const auto stream = connection_->glossaries().CheckDocument(&context);
  ImportAttempt<v1::CheckDocumentRequest, v1::CheckDocumentResponse> attempt(context, *stream);
  ImportResult<v1::CheckDocumentResponse> result;
  const grpc::Status ended =
      attempt.Run(config, file, result, [&](const auto& progress) { on_check(progress.totals); });
  const absl::Status status = connection_->Conclude(context, ended);
  if (!attempt.read_status().ok()) {
    return attempt.read_status();
  }
  if (!status.ok()) {
    return status;
  }
  return std::move(result.totals);
}

}  // namespace sild::client

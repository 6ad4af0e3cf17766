#include <string>
#include <utility>

#include "server/model/try.h"
#include "server/service/convert_exception.h"
#include "server/service/field_error.h"
#include "server/service/glossary_service.h"
#include "server/service/limits.h"
#include "server/service/page_token.h"
#include "server/service/store_access.h"

// The findings that people have set aside, of `GlossaryService`.
namespace sild::service {

absl::Status GlossaryService::ListExceptions(CallContext& call,
                                             const v1::ListExceptionsRequest& request,
                                             v1::ListExceptionsResponse* response) {
  absl::StatusOr<GlossaryName> parent = GlossaryName::Parse(request.parent());
  SILD_CHECK_OK(Named("parent", parent.status()));
  SILD_TRY(const int page_size, PageSize(request.page_size()));
  SILD_TRY(const std::string last_id, LastIdOf(request));
  SILD_TRY(const auto view, ReadView(store_, call));
  std::size_t bytes = 0;
  std::string page_end;
  return view->ForEachException(*parent, last_id, [&](Exception&& exception) {
    v1::Exception next;
    ToProto(exception, &next);
    bytes += next.ByteSizeLong();
    if (response->exceptions_size() == page_size || (!page_end.empty() && bytes > kMaxPageBytes)) {
      response->set_next_page_token(PageTokenAfter(request, page_end));
      return false;
    }
    *response->add_exceptions() = std::move(next);
    page_end = exception.name.exception;
    return !call.cancelled;
  });
}

absl::Status GlossaryService::CreateException(CallContext& call,
                                              const v1::CreateExceptionRequest& request,
                                              v1::Exception* response) {
  absl::StatusOr<GlossaryName> parent = GlossaryName::Parse(request.parent());
  SILD_CHECK_OK(Named("parent", parent.status()));
  absl::StatusOr<Exception> wanted = FromProto(request.exception());
  SILD_CHECK_OK(Within("exception", wanted.status()));
  if (wanted->name.glossary != parent->glossary) {
    return FieldError("exception.concept",
                      "is of another glossary; send it to the glossary of the concept");
  }
  wanted->name.exception = NewId();
  SILD_TRY(const auto result, Write(store_, call, request, request.request_id(),
                                    [&](storage::Transaction& write) -> absl::Status {
                                      const ConceptName entry{parent->glossary, wanted->concept_id};
                                      SILD_CHECK_OK(write.GetConcept(entry).status());
                                      wanted->creator = write.actor();
                                      wanted->create_time = write.now();
                                      return write.Put(*wanted);
                                    }));
  ToProto(Stored(result, *wanted), response);
  return absl::OkStatus();
}

absl::Status GlossaryService::DeleteException(CallContext& call,
                                              const v1::DeleteExceptionRequest& request,
                                              google::protobuf::Empty* /*response*/) {
  absl::StatusOr<ExceptionName> name = ExceptionName::Parse(request.name());
  SILD_CHECK_OK(Named("name", name.status()));
  return Write(store_, call, request, request.request_id(),
               [&](storage::Transaction& write) { return write.Delete(*name); })
      .status();
}

}  // namespace sild::service

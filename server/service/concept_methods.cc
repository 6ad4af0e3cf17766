#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "server/model/try.h"
#include "server/service/concept_merge.h"
#include "server/service/convert_common.h"
#include "server/service/convert_glossary.h"
#include "server/service/field_error.h"
#include "server/service/glossary_service.h"
#include "server/service/history.h"
#include "server/service/limits.h"
#include "server/service/page_token.h"
#include "server/service/resource_plans.h"
#include "server/service/store_access.h"

// The methods of `GlossaryService` on concepts.
namespace sild::service {
namespace {

absl::StatusOr<GlossaryName> ParseParent(std::string_view name) {
  absl::StatusOr<GlossaryName> parsed = GlossaryName::Parse(name);
  return parsed.ok() ? parsed : Named("parent", parsed.status());
}

absl::StatusOr<ConceptName> ParseConceptName(std::string_view name, std::string_view field) {
  absl::StatusOr<ConceptName> parsed = ConceptName::Parse(name);
  return parsed.ok() ? parsed : Named(field, parsed.status());
}

// Reads the concept of a create request, named but not stamped. What the server sets is cleared.
absl::StatusOr<Concept> NewConcept(const v1::CreateConceptRequest& request,
                                   const GlossaryName& parent) {
  if (!request.concept_id().empty() && !IsResourceId(request.concept_id())) {
    return FieldError("concept_id",
                      "must be 1 to 63 letters, digits and ._- that begin with a letter or digit");
  }
  v1::Concept wanted = request.concept_entry();
  wanted.clear_name();
  wanted.clear_create_time();
  wanted.clear_update_time();
  absl::StatusOr<Concept> entry = FromProto(wanted);
  SILD_CHECK_OK(Within("concept", entry.status()));
  entry->name =
      ConceptName{parent.glossary, request.concept_id().empty() ? NewId() : request.concept_id()};
  return entry;
}

}  // namespace

absl::Status GlossaryService::ListConcepts(CallContext& call,
                                           const v1::ListConceptsRequest& request,
                                           v1::ListConceptsResponse* response) {
  SILD_TRY(const GlossaryName parent, ParseParent(request.parent()));
  SILD_TRY(const int page_size, PageSize(request.page_size()));
  SILD_TRY(const std::string last_id, LastIdOf(request));
  SILD_TRY(const auto view, ReadView(store_, call));
  std::size_t bytes = 0;
  std::string page_end;
  SILD_CHECK_OK(view->ForEachConcept(parent, last_id, [&](Concept&& entry) {
    v1::Concept next;
    ToProto(entry, &next);
    bytes += next.ByteSizeLong();
    if (response->concepts_size() == page_size || (!page_end.empty() && bytes > kMaxPageBytes)) {
      response->set_next_page_token(PageTokenAfter(request, page_end));
      return false;
    }
    *response->add_concepts() = std::move(next);
    page_end = entry.name.concept_id;
    return !call.cancelled;
  }));
  response->set_revision(view->revision().value);
  return absl::OkStatus();
}

absl::Status GlossaryService::GetConcept(CallContext& call, const v1::GetConceptRequest& request,
                                         v1::Concept* response) {
  SILD_TRY(const ConceptName name, ParseConceptName(request.name(), "name"));
  SILD_TRY(const auto view, ReadView(store_, call));
  SILD_TRY(const Concept entry, view->GetConcept(name));
  ToProto(entry, response);
  return absl::OkStatus();
}

absl::Status GlossaryService::CreateConcept(CallContext& call,
                                            const v1::CreateConceptRequest& request,
                                            v1::Concept* response) {
  SILD_TRY(const GlossaryName parent, ParseParent(request.parent()));
  SILD_TRY(const Concept wanted, NewConcept(request, parent));
  Concept entry = wanted;
  SILD_TRY(const auto result,
           Write(store_, call, request, request.request_id(),
                 [&](storage::Transaction& write) { return Create(write, wanted, entry); }));
  ToProto(Stored(result, entry), response);
  return absl::OkStatus();
}

absl::Status GlossaryService::BatchCreateConcepts(CallContext& call,
                                                  const v1::BatchCreateConceptsRequest& request,
                                                  v1::BatchCreateConceptsResponse* response) {
  SILD_TRY(const GlossaryName parent, ParseParent(request.parent()));
  if (request.requests().empty()) {
    return FieldError("requests", "is required; send 1 to 1,000 concepts");
  }
  SILD_CHECK_OK(CheckCount("requests", request.requests_size(), kMaxBatchCreate));
  std::vector<Concept> entries;
  for (int i = 0; i < request.requests_size(); ++i) {
    const v1::CreateConceptRequest& one = request.requests(i);
    if (!one.parent().empty() && one.parent() != request.parent()) {
      return Within("requests", i,
                    FieldError("parent", "is not that of the batch; leave it empty"));
    }
    absl::StatusOr<Concept> entry = NewConcept(one, parent);
    SILD_CHECK_OK(Within("requests", i, entry.status()));
    entries.push_back(*std::move(entry));
  }
  std::vector<Concept> stored = entries;
  SILD_TRY(const auto result,
           Write(store_, call, request, request.request_id(), [&](storage::Transaction& write) {
             for (std::size_t i = 0; i < entries.size(); ++i) {
               SILD_CHECK_OK(
                   Within("requests", static_cast<int>(i), Create(write, entries[i], stored[i])));
             }
             return absl::OkStatus();
           }));
  for (const Concept& entry : StoredInOrder(result, stored)) {
    ToProto(entry, response->add_concepts());
  }
  return absl::OkStatus();
}

absl::Status GlossaryService::UpdateConcept(CallContext& call,
                                            const v1::UpdateConceptRequest& request,
                                            v1::Concept* response) {
  SILD_TRY(const ConceptName name,
           ParseConceptName(request.concept_entry().name(), "concept.name"));
  Concept entry;
  SILD_TRY(const auto result,
           Write(store_, call, request, request.request_id(), [&](storage::Transaction& write) {
             return Update(write, name, request, request.concept_entry(), entry);
           }));
  ToProto(Stored(result, entry), response);
  return absl::OkStatus();
}

absl::Status GlossaryService::DeleteConcept(CallContext& call,
                                            const v1::DeleteConceptRequest& request,
                                            google::protobuf::Empty* /*response*/) {
  SILD_TRY(const ConceptName name, ParseConceptName(request.name(), "name"));
  return Write(store_, call, request, request.request_id(),
               [&](storage::Transaction& write) { return Delete(write, name, request); })
      .status();
}

absl::Status GlossaryService::JoinConcepts(CallContext& call,
                                           const v1::JoinConceptsRequest& request,
                                           v1::Concept* response) {
  SILD_TRY(const ConceptName name, ParseConceptName(request.name(), "name"));
  SILD_TRY(const ConceptName joined_name, ParseConceptName(request.joined_name(), "joined_name"));
  if (name == joined_name || name.glossary != joined_name.glossary) {
    return FieldError("joined_name", "must be another concept of the same glossary");
  }
  Concept entry;
  const auto join = [&](storage::Transaction& write) -> absl::Status {
    SILD_TRY(const Concept stored, write.GetConcept(name));
    SILD_CHECK_OK(CheckEtag(request.etag(), stored.revision, name.str()));
    SILD_TRY(const Concept other, write.GetConcept(joined_name));
    SILD_CHECK_OK(CheckEtag(request.joined_etag(), other.revision, joined_name.str()));
    entry = Joined(stored, other);
    AssignTermIds(entry);
    const std::string problem = MergeProblem(entry);
    if (!problem.empty()) {
      return absl::FailedPreconditionError(
          fmt::format("{} cannot be joined: {}", joined_name.str(), problem));
    }
    StampChanged(stored, entry, write.now(), write.actor());
    SILD_CHECK_OK(write.Put(entry));
    return write.Delete(joined_name);
  };
  SILD_TRY(const auto result, Write(store_, call, request, request.request_id(), join));
  ToProto(Stored(result, entry), response);
  return absl::OkStatus();
}

absl::Status GlossaryService::ListConceptRevisions(CallContext& call,
                                                   const v1::ListConceptRevisionsRequest& request,
                                                   v1::ListConceptRevisionsResponse* response) {
  SILD_TRY(const ConceptName name, ParseConceptName(request.name(), "name"));
  SILD_TRY(const auto view, ReadView(store_, call));
  SILD_TRY(
      *response->mutable_next_page_token(),
      ListStates<Concept>(*view, name, request, request.page_size(), response->mutable_concepts()));
  return absl::OkStatus();
}

absl::Status GlossaryService::RestoreConcept(CallContext& call,
                                             const v1::RestoreConceptRequest& request,
                                             v1::Concept* response) {
  SILD_TRY(const ConceptName name, ParseConceptName(request.name(), "name"));
  Concept entry;
  SILD_TRY(const auto result,
           Write(store_, call, request, request.request_id(), [&](storage::Transaction& write) {
             return Restore(write, name, request, entry);
           }));
  ToProto(Stored(result, entry), response);
  return absl::OkStatus();
}

absl::Status GlossaryService::PurgeConcept(CallContext& call,
                                           const v1::PurgeConceptRequest& request,
                                           google::protobuf::Empty* /*response*/) {
  SILD_TRY(const ConceptName name, ParseConceptName(request.name(), "name"));
  return Write(store_, call, request, request.request_id(),
               [&](storage::Transaction& write) { return Purge(write, name, request); })
      .status();
}

}  // namespace sild::service

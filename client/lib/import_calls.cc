#include <utility>

#include "client/lib/import_stream.h"
#include "include/sild/client.h"

namespace sild::client {

absl::StatusOr<UnitImportResult> Client::ImportUnits(v1::ImportUnitsRequest::Config config,
                                                     ByteSource& file, OnUnitImport on_progress) {
  const auto open = [this](grpc::ClientContext* context) {
    return connection_->memories().ImportUnits(context);
  };
  return Import<v1::ImportUnitsRequest, v1::ImportUnitsResponse>(
      *connection_, open, std::move(config), file, on_progress);
}

absl::StatusOr<ConceptImportResult> Client::ImportConcepts(v1::ImportConceptsRequest::Config config,
                                                           ByteSource& file,
                                                           OnConceptImport on_progress) {
  const auto open = [this](grpc::ClientContext* context) {
    return connection_->glossaries().ImportConcepts(context);
  };
  return Import<v1::ImportConceptsRequest, v1::ImportConceptsResponse>(
      *connection_, open, std::move(config), file, on_progress);
}

}  // namespace sild::client

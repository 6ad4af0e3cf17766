#include "client/lib/connection.h"
#include "include/sild/client.h"

namespace sild::client {
namespace {

// Writes what one stream sends to `out`; `response` keeps the last message without its chunk, and
// `has_written` says whether anything came. Returns how the stream ended, and cancels it if `out`
// fails.
template <typename Response>
grpc::Status WriteOut(grpc::ClientContext& context, grpc::ClientReaderInterface<Response>& stream,
                      std::ostream& out, absl::FunctionRef<void(const Response&)> on_progress,
                      Response& response, bool& has_written) {
  Response message;
  while (stream.Read(&message)) {
    has_written = has_written || !message.chunk().empty();
    out.write(message.chunk().data(), static_cast<std::streamsize>(message.chunk().size()));
    if (!out.good()) {
      context.TryCancel();
      break;
    }
    message.clear_chunk();
    response = message;
    on_progress(response);
  }
  while (stream.Read(&message)) {  // gRPC wants a stream read to its end.
  }
  return stream.Finish();
}

template <typename Response, typename Open>
absl::StatusOr<Response> Export(Connection& connection, Open open, std::ostream& out,
                                absl::FunctionRef<void(const Response&)> on_progress) {
  const Deadline deadline = connection.DeadlineFor(CallClass::kStream);
  Backoff backoff(connection.options().retry);
  for (;;) {
    grpc::ClientContext context;
    connection.Prepare(context, deadline);
    const auto stream = open(&context);
    Response response;
    bool has_written = false;
    const grpc::Status ended =
        WriteOut<Response>(context, *stream, out, on_progress, response, has_written);
    const absl::Status status = connection.Conclude(context, ended);
    if (!out.good()) {
      return absl::DataLossError("cannot write the output; is there room left?");
    }
    if (status.ok()) {
      return response;
    }
    if (has_written || !Connection::WaitToRetry(status, backoff, deadline)) {
      return status;
    }
  }
}

}  // namespace

absl::StatusOr<v1::ExportUnitsResponse> Client::ExportUnits(
    v1::ExportUnitsRequest request, std::ostream& out,
    absl::FunctionRef<void(const v1::ExportUnitsResponse&)> on_progress) {
  const auto open = [&](grpc::ClientContext* context) {
    return connection_->memories().ExportUnits(context, request);
  };
  return Export<v1::ExportUnitsResponse>(*connection_, open, out, on_progress);
}

absl::StatusOr<v1::ExportConceptsResponse> Client::ExportConcepts(
    v1::ExportConceptsRequest request, std::ostream& out,
    absl::FunctionRef<void(const v1::ExportConceptsResponse&)> on_progress) {
  const auto open = [&](grpc::ClientContext* context) {
    return connection_->glossaries().ExportConcepts(context, request);
  };
  return Export<v1::ExportConceptsResponse>(*connection_, open, out, on_progress);
}

}  // namespace sild::client

#include "server/rpc/server.h"

#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/impl/codegen/method_handler.h>
#include <grpcpp/impl/codegen/rpc_service_method.h>

#include "server/model/try.h"
#include "server/rpc/message_codec.h"
#include "server/rpc/stream_call.h"
#include "server/rpc/unary_call.h"
#include "server/rpc/worker_pool.h"
#include "sild/v1/admin_service.grpc.pb.h"
#include "sild/v1/alignment_service.grpc.pb.h"
#include "sild/v1/glossary_service.grpc.pb.h"
#include "sild/v1/match_service.grpc.pb.h"
#include "sild/v1/memory_service.grpc.pb.h"
#include "sild/v1/watch_service.grpc.pb.h"

namespace sild::rpc {
namespace {

// A batch of 1,000 units may have 8 MiB; the rest is what wraps it.
constexpr int kMaxRequestBytes = 12 << 20;

// After the grace, until calls that were told to end are cut off.
constexpr std::chrono::seconds kTimeToTell{1};

// Ends at once what is not to be had.
class RefusedCall : public grpc::ServerGenericBidiReactor {
 public:
  explicit RefusedCall(const grpc::Status& status) { Finish(status); }
  void OnDone() override { delete this; }
};

// Finds the method of each call in the API's table.
class Router : public grpc::CallbackGenericService {
 public:
  Router(const service::Api& api, const ServerOptions& options)
      : api_(api), pool_(options.threads, options.max_waiting) {}

  grpc::ServerGenericBidiReactor* CreateReactor(
      grpc::GenericCallbackServerContext* context) override {
    std::string_view name = context->method();
    name.remove_prefix(name.starts_with('/') ? 1 : 0);
    const service::Method* method = api_.Find(name);
    if (method == nullptr) {
      return new RefusedCall(
          {grpc::StatusCode::UNIMPLEMENTED, fmt::format("there is no method {}", name)});
    }
    return method->stream ? NewStreamCall(*context, *method, pool_, streams_)
                          : NewUnaryCall(*context, *method, pool_);
  }

  OpenStreams& streams() { return streams_; }

 private:
  const service::Api& api_;
  OpenStreams streams_;
  WorkerPool pool_;  // Last: its tasks use the streams.
};

// A service that reflection lists, but whose methods all go to the router. gRPC lists services by
// the methods that they handle themselves: so it has one, which the API does not know.
class Listed : public grpc::Service {
 public:
  explicit Listed(std::string_view service) : method_(fmt::format("/{}/-", service)) {
    AddMethod(new grpc::internal::RpcServiceMethod(
        method_.c_str(), grpc::internal::RpcMethod::NORMAL_RPC,
        new grpc::internal::UnknownMethodHandler("there is no such method")));
  }

 private:
  const std::string method_;
};

class GrpcServer : public Server {
 public:
  GrpcServer(const service::Api& api, const ServerOptions& options) : router_(api, options) {}

  ~GrpcServer() override { Shutdown(std::chrono::milliseconds(0)); }

  absl::Status Start(const ServerOptions& options);

  const std::vector<std::string>& addresses() const override { return addresses_; }

  void Shutdown(std::chrono::milliseconds grace) override {
    if (server_ == nullptr) {
      return;
    }
    server_->GetHealthCheckService()->SetServingStatus(false);
    router_.streams().EndAll(grace);
    server_->Shutdown(std::chrono::system_clock::now() + grace + kTimeToTell);
    server_->Wait();
    server_.reset();
  }

 private:
  Router router_;
  std::vector<std::unique_ptr<Listed>> listed_;
  std::vector<std::string> addresses_;
  std::unique_ptr<grpc::Server> server_;
};

absl::Status GrpcServer::Start(const ServerOptions& options) {
  CaptureProtobufLog();
  grpc::EnableDefaultHealthCheckService(true);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  grpc::ServerBuilder builder;
  builder.SetMaxReceiveMessageSize(kMaxRequestBytes);
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT,
                             0);  // Two servers on one port must not share it.
  for (const std::string_view service :
       {v1::AdminService::service_full_name(), v1::AlignmentService::service_full_name(),
        v1::GlossaryService::service_full_name(), v1::MatchService::service_full_name(),
        v1::MemoryService::service_full_name(), v1::WatchService::service_full_name()}) {
    listed_.push_back(std::make_unique<Listed>(service));
  }
  for (const auto& service : listed_) {
    builder.RegisterService(service.get());
  }
  builder.RegisterCallbackGenericService(&router_);
  std::vector<int> ports(options.addresses.size(), 0);
  for (std::size_t i = 0; i < options.addresses.size(); ++i) {
    builder.AddListeningPort(options.addresses[i], grpc::InsecureServerCredentials(), &ports[i]);
  }
  server_ = builder.BuildAndStart();
  for (std::size_t i = 0; i < options.addresses.size(); ++i) {
    const std::string& address = options.addresses[i];
    if (server_ == nullptr || ports[i] == 0) {
      return absl::UnavailableError(
          fmt::format("cannot listen on {}; is another server running there, or is it not "
                      "HOST:PORT or unix:PATH? choose another address with --listen",
                      address));
    }
    const bool is_unix = address.starts_with("unix:");
    addresses_.push_back(
        is_unix ? address : fmt::format("{}:{}", address.substr(0, address.rfind(':')), ports[i]));
  }
  server_->GetHealthCheckService()->SetServingStatus(true);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::unique_ptr<Server>> Server::Start(const ServerOptions& options,
                                                      const service::Api& api) {
  auto server = std::make_unique<GrpcServer>(api, options);
  SILD_CHECK_OK(server->Start(options));
  return server;
}

}  // namespace sild::rpc

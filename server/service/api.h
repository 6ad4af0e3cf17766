#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include <google/protobuf/message.h>

#include "server/service/call_context.h"

namespace sild::service {

// One running call of a method that streams. The transport calls its methods one at a time, from
// any thread, and destroys it when the call ends for whatever reason.
class Stream {
 public:
  virtual ~Stream() = default;

  // What `Next` did.
  enum class State {
    kMessage,  // It filled the message; ask again.
    kWaiting,  // Nothing to send until the next request, or until `CallContext::wake` is called.
    kDone,     // The call ends well.
  };

  // Takes the next request. An error ends the call.
  virtual absl::Status OnRequest(CallContext& call, const google::protobuf::Message& request) = 0;

  // Whether it can take a request now. If not, it is asked again after each answer, and what the
  // client sends waits on its way.
  virtual bool wants_request() const { return true; }

  // The client has sent its last request.
  virtual absl::Status OnRequestsDone(CallContext& call) = 0;

  // Whether the call goes on until the client leaves: then a server that shuts down does not wait
  // for it.
  virtual bool is_endless() const { return false; }

  // Gives the next answer. An error ends the call.
  virtual absl::StatusOr<State> Next(CallContext& call, google::protobuf::Message* response) = 0;
};

// One method of the API. Exactly one of `unary` and `stream` is set.
struct Method {
  const google::protobuf::Message* request = nullptr;  // Prototypes.
  const google::protobuf::Message* response = nullptr;
  std::function<absl::Status(CallContext&, const google::protobuf::Message&,
                             google::protobuf::Message*)>
      unary;
  std::function<std::unique_ptr<Stream>()> stream;
};

// The methods of all services by full name, as `sild.v1.MemoryService/GetMemory`. Transports find
// them here, so that gRPC and HTTP share checks, limits and code.
class Api {
 public:
  // Null if there is no such method.
  const Method* Find(std::string_view name) const {
    const auto found = methods_.find(name);
    return found == methods_.end() ? nullptr : &found->second;
  }

  const std::map<std::string, Method, std::less<>>& methods() const { return methods_; }

  // Adds a unary method `service->method(call, request, response)`. The service must outlive the
  // API.
  template <typename Service, typename Request, typename Response>
  void Add(std::string name, Service* service,
           absl::Status (Service::*method)(CallContext&, const Request&, Response*)) {
    Method entry = Prototypes<Request, Response>();
    entry.unary = [service, method](CallContext& call, const google::protobuf::Message& request,
                                    google::protobuf::Message* response) {
      return (service->*method)(call, static_cast<const Request&>(request),
                                static_cast<Response*>(response));
    };
    methods_.emplace(std::move(name), std::move(entry));
  }

  // Adds a method that streams; `service->method()` makes the stream of one call.
  template <typename Request, typename Response, typename Service>
  void AddStream(std::string name, Service* service, std::unique_ptr<Stream> (Service::*method)()) {
    Method entry = Prototypes<Request, Response>();
    entry.stream = [service, method] { return (service->*method)(); };
    methods_.emplace(std::move(name), std::move(entry));
  }

  // Adds a method that is in the API but whose work is not done yet: it answers `Unimplemented`.
  void AddUnimplemented(std::string name);

 private:
  template <typename Request, typename Response>
  static Method Prototypes() {
    Method method;
    method.request = &Request::default_instance();
    method.response = &Response::default_instance();
    return method;
  }

  std::map<std::string, Method, std::less<>> methods_;
};

}  // namespace sild::service

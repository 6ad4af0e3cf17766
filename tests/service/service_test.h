#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <absl/status/statusor.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "server/service/services.h"
#include "server/storage/store.h"
#include "tests/support/temp_dir.h"

namespace sild::service {

// A store of its own and the services over it, called as a transport calls them.
class ServiceTest : public ::testing::Test {
 protected:
  ServiceTest() { Open(); }

  void Open() {
    storage::StoreOptions options;
    options.directory = directory_.path() / "data";
    auto store = storage::Store::Open(options);
    EXPECT_TRUE(store.ok()) << store.status();
    store_ = *std::move(store);
    services_ = std::make_unique<Services>(*store_, Expanders(), "test");
  }

  // Without dictionaries, so that tests find the same everywhere.
  static const terms::FormExpanders& Expanders() {
    static const auto expanders =
        terms::FormExpanders::Load({}, terms::MissingDictionary::kUseRules);
    return **expanders;
  }

  // Calls `sild.v1.{method}` with a request in protobuf's text form.
  template <typename Response, typename Request>
  absl::StatusOr<Response> Call(std::string_view method, const Request& request) {
    const Method* found = services_->api().Find("sild.v1." + std::string(method));
    if (found == nullptr || !found->unary) {
      return absl::UnimplementedError("no such unary method");
    }
    Response response;
    CallContext call;
    call.actor = actor_;
    const absl::Status status = found->unary(call, request, &response);
    if (!status.ok()) {
      return status;
    }
    return response;
  }

  template <typename Request, typename Response>
  absl::StatusOr<Response> Call(std::string_view method, const std::string& text) {
    return Call<Response>(method, Parse<Request>(text));
  }

  template <typename Message>
  static Message Parse(const std::string& text) {
    Message message;
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
    return message;
  }

  // What a call of a streaming method gave.
  template <typename Response>
  struct Streamed {
    std::vector<Response> responses;
    absl::Status status;
  };

  // Runs a stream to its end, as a transport does: each request, then answers as long as there are
  // any.
  template <typename Response, typename Request>
  Streamed<Response> RunStream(std::string_view method, const std::vector<Request>& requests) {
    const Method* found = services_->api().Find("sild.v1." + std::string(method));
    CallContext call;
    call.actor = actor_;
    call.wake = [] {};
    const std::unique_ptr<Stream> stream = found->stream();
    Streamed<Response> result;
    const auto answer = [&]() -> bool {
      while (true) {
        Response response;
        const auto state = stream->Next(call, &response);
        if (!state.ok()) {
          result.status = state.status();
          return false;
        }
        if (*state != Stream::State::kMessage) {
          return *state == Stream::State::kWaiting;
        }
        result.responses.push_back(std::move(response));
      }
    };
    for (const Request& request : requests) {
      result.status = stream->OnRequest(call, request);
      if (!result.status.ok() || !answer()) {
        return result;
      }
    }
    result.status = stream->OnRequestsDone(call);
    if (result.status.ok()) {
      answer();
    }
    return result;
  }

  std::string actor_ = "mari";
  test::TempDir directory_;
  std::unique_ptr<storage::Store> store_;
  std::unique_ptr<Services> services_;
};

}  // namespace sild::service

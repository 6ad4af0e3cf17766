#include "server/service/api.h"

#include <utility>

#include <fmt/format.h>
#include <google/protobuf/empty.pb.h>

namespace sild::service {

void Api::AddUnimplemented(std::string name) {
  Method method;
  // Any message parses as an empty one: nothing of the request is looked at.
  method.request = &google::protobuf::Empty::default_instance();
  method.response = &google::protobuf::Empty::default_instance();
  method.unary = [name](CallContext&, const google::protobuf::Message&,
                        google::protobuf::Message*) {
    return absl::UnimplementedError(fmt::format(
        "{} is part of the API but this version of the server does not do it yet", name));
  };
  methods_.emplace(std::move(name), std::move(method));
}

}  // namespace sild::service

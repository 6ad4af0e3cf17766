#include "server/rpc/call_metadata.h"

#include <charconv>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "server/text/utf8.h"

namespace sild::rpc {
namespace {

constexpr std::size_t kMaxUserChars = 200;

std::string_view ValueOf(const grpc::ServerContextBase& context, const char* key) {
  const auto found = context.client_metadata().find(key);
  return found == context.client_metadata().end()
             ? std::string_view()
             : std::string_view(found->second.data(), found->second.size());
}

}  // namespace

void ReadMetadata(const grpc::ServerContextBase& context, service::CallContext& call) {
  const std::string_view user = ValueOf(context, "sild-user");
  if (!user.empty() && text::CheckText(user, "sild-user", kMaxUserChars).ok()) {
    call.actor = std::string(user);
  }
  const std::string_view revision = ValueOf(context, "sild-min-revision");
  std::from_chars(revision.data(), revision.data() + revision.size(), call.min_revision.value);
}

void WriteMetadata(const service::CallContext& call, grpc::ServerContextBase& context) {
  if (call.revision.value != 0) {
    context.AddTrailingMetadata("sild-revision", fmt::format("{}", call.revision.value));
  }
}

}  // namespace sild::rpc

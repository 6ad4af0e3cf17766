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

// Undoes RFC 3986 percent-encoding, in which clients send names that are not ASCII: metadata can
// hold no others. A `%` that begins no such code stays.
std::string PercentDecoded(std::string_view text) {
  constexpr std::size_t kCodeLength = 3;
  constexpr int kHex = 16;
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned byte = 0;
    const char* digits = text.data() + i + 1;
    if (text[i] == '%' && i + kCodeLength <= text.size() &&
        std::from_chars(digits, digits + 2, byte, kHex).ptr == digits + 2) {
      result += static_cast<char>(byte);
      i += 2;
    } else {
      result += text[i];
    }
  }
  return result;
}

}  // namespace

void ReadMetadata(const grpc::ServerContextBase& context, service::CallContext& call) {
  const std::string user = PercentDecoded(ValueOf(context, "sild-user"));
  if (!user.empty() && text::CheckText(user, "sild-user", kMaxUserChars).ok()) {
    call.actor = user;
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

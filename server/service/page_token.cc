#include "server/service/page_token.h"

#include <memory>

#include <absl/strings/escaping.h>
#include <fmt/format.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <xxhash.h>

#include "server/service/field_error.h"
#include "server/service/limits.h"

namespace sild::service {
namespace {

std::string TokenIn(const google::protobuf::Message& request) {
  const google::protobuf::FieldDescriptor* field =
      request.GetDescriptor()->FindFieldByName("page_token");
  return request.GetReflection()->GetString(request, field);
}

std::string Checksum(const google::protobuf::Message& request, std::string_view last_id) {
  return fmt::format("{:016x}",
                     XXH3_64bits_withSeed(last_id.data(), last_id.size(), Fingerprint(request)));
}

constexpr std::size_t kChecksumLength = 16;

}  // namespace

absl::StatusOr<int> PageSize(std::int32_t page_size) {
  if (page_size < 0) {
    return FieldError("page_size", "is negative; send 0 for the default, or up to 1,000");
  }
  return page_size == 0 ? kDefaultPageSize : std::min(page_size, kMaxPageSize);
}

std::string PageTokenAfter(const google::protobuf::Message& request, std::string_view last_id) {
  std::string token;
  absl::WebSafeBase64Escape(Checksum(request, last_id) + std::string(last_id), &token);
  return token;
}

absl::StatusOr<std::string> LastIdOf(const google::protobuf::Message& request) {
  const std::string token = TokenIn(request);
  if (token.empty()) {
    return std::string();
  }
  std::string decoded;
  if (absl::WebSafeBase64Unescape(token, &decoded) && decoded.size() > kChecksumLength) {
    const std::string last_id = decoded.substr(kChecksumLength);
    if (decoded.compare(0, kChecksumLength, Checksum(request, last_id)) == 0) {
      return last_id;
    }
  }
  return FieldError(
      "page_token",
      "is not one that this list gave; send next_page_token as it came, with the rest of "
      "the request unchanged, or list from the start without it");
}

std::uint64_t Fingerprint(const google::protobuf::Message& request) {
  const std::unique_ptr<google::protobuf::Message> rest(request.New());
  rest->CopyFrom(request);
  for (const char* name : {"page_size", "page_token", "request_id"}) {
    if (const auto* field = rest->GetDescriptor()->FindFieldByName(name)) {
      rest->GetReflection()->ClearField(rest.get(), field);
    }
  }
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);  // Maps in one order.
    rest->SerializeToCodedStream(&coded);
  }
  bytes += rest->GetTypeName();
  return XXH3_64bits(bytes.data(), bytes.size());
}

}  // namespace sild::service

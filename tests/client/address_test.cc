#include "client/lib/address.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/status_matchers.h"

namespace sild::client {
namespace {

using ::sild::test::IsOkAndHolds;
using ::sild::test::StatusIs;
using ::testing::HasSubstr;

TEST(DialTarget, KeepsHostAndPort) {
  EXPECT_THAT(DialTarget("127.0.0.1:7450"), IsOkAndHolds("dns:///127.0.0.1:7450"));
}

TEST(DialTarget, AddsTheDefaultPort) {
  EXPECT_THAT(DialTarget("tm.example.org"), IsOkAndHolds("dns:///tm.example.org:7450"));
}

TEST(DialTarget, TakesAnIpv6AddressInBrackets) {
  EXPECT_THAT(DialTarget("[::1]:8000"), IsOkAndHolds("dns:///[::1]:8000"));
  EXPECT_THAT(DialTarget("[::1]"), IsOkAndHolds("dns:///[::1]:7450"));
}

TEST(DialTarget, TakesAUnixSocket) {
  EXPECT_THAT(DialTarget("unix:/run/sild.sock"), IsOkAndHolds("unix:/run/sild.sock"));
}

TEST(DialTarget, RefusesWhatIsNoAddress) {
  for (const char* address : {"", "unix:", ":7450", "host:", "host:0", "host:65536", "host:http",
                              "::1", "http://host:7450", "my host"}) {
    EXPECT_THAT(DialTarget(address),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("write host:port")))
        << address;
  }
}

}  // namespace
}  // namespace sild::client

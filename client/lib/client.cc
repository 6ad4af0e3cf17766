#include "include/sild/client.h"

#include <utility>

#include "client/lib/unary.h"

namespace sild::client {

absl::StatusOr<Client> Client::Connect(ClientOptions options) {
  absl::StatusOr<std::unique_ptr<Connection>> connection = Connection::Open(std::move(options));
  if (!connection.ok()) {
    return connection.status();
  }
  return Client(*std::move(connection));
}

Client::Client(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}
Client::Client(Client&&) noexcept = default;
Client& Client::operator=(Client&&) noexcept = default;
Client::~Client() = default;

absl::StatusOr<v1::Stats> Client::GetStats(v1::GetStatsRequest request) {
  return Call(*connection_, connection_->admin(), &v1::AdminService::StubInterface::GetStats,
              CallClass::kRead, request);
}

absl::StatusOr<v1::LookupMatchesResponse> Client::LookupMatches(v1::LookupMatchesRequest request) {
  return Call(*connection_, connection_->matches(), &v1::MatchService::StubInterface::LookupMatches,
              CallClass::kLookup, request);
}

absl::StatusOr<v1::SearchConcordanceResponse> Client::SearchConcordance(
    v1::SearchConcordanceRequest request) {
  return Call(*connection_, connection_->matches(),
              &v1::MatchService::StubInterface::SearchConcordance, CallClass::kLookup, request);
}

}  // namespace sild::client

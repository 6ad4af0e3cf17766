#include "server/service/identity.h"

#include <fmt/format.h>

#include "server/storage/content_hash.h"
#include "server/storage/record.h"

namespace sild::service {
namespace {

std::string IdOf(char prefix, absl::uint128 hash) {
  return fmt::format("{}{:016x}{:016x}", prefix, absl::Uint128High64(hash),
                     absl::Uint128Low64(hash));
}

}  // namespace

std::string IdentityOf(const TranslationUnit& unit) {
  return IdOf('i', storage::ContentHash(unit));
}

std::string IdentityOf(const Concept& entry) { return IdOf('c', storage::ContentHash(entry)); }

std::size_t BytesOf(const TranslationUnit& unit) { return storage::SerializeUnit(unit).size(); }

std::size_t BytesOf(const Concept& entry) { return storage::SerializeConcept(entry).size(); }

std::size_t BytesOf(const formats::ParsedConcept& parsed) { return BytesOf(parsed.entry); }

}  // namespace sild::service

#include "server/storage/index_files.h"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <sstream>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <xxhash.h>

#include "server/matching/lexicon_bytes.h"
#include "server/matching/score.h"
#include "server/matching/tier_bytes.h"
#include "server/model/try.h"

namespace sild::storage {
namespace {

constexpr std::string_view kManifest = "manifest";
constexpr std::string_view kTemporary = "unfinished";
constexpr const char* kLexiconSuffix = ".words";

std::uint64_t ChecksumOf(std::string_view bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }

// What must be the same for an index to be of use: of the layout, of tokens and of weights.
std::string FirstLine() {
  return fmt::format("sild index {} {}", matching::kTierVersion, matching::kScoreVersion);
}

std::optional<std::string> ReadFile(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  if (!file) {
    return std::nullopt;
  }
  std::string bytes(static_cast<std::size_t>(file.tellg()), '\0');
  file.seekg(0);
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return file ? std::optional(std::move(bytes)) : std::nullopt;
}

// Writes a file so that it is there whole or not at all.
absl::Status WriteFile(const std::filesystem::path& path, std::string_view bytes) {
  const std::filesystem::path temporary = path.parent_path() / kTemporary;
  {
    std::ofstream file(temporary, std::ios::binary);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!file.flush()) {
      return absl::UnavailableError("the disk refuses a file of an index");
    }
  }
  std::error_code error;
  std::filesystem::rename(temporary, path, error);
  return error ? absl::UnavailableError("the disk refuses a file of an index") : absl::OkStatus();
}

// The manifest without its last line, which is the checksum of the others.
std::optional<std::string> ReadManifest(const std::filesystem::path& folder) {
  std::optional<std::string> manifest = ReadFile(folder / kManifest);
  if (!manifest.has_value()) {
    return std::nullopt;
  }
  const std::size_t end = manifest->rfind("checksum ");
  if (end == std::string::npos ||
      manifest->substr(end) !=
          fmt::format("checksum {:x}\n", ChecksumOf(std::string_view(*manifest).substr(0, end)))) {
    return std::nullopt;
  }
  manifest->resize(end);
  return manifest;
}

std::string NextName(const IndexFiles::Files& files) {
  std::uint64_t last = 0;
  for (const auto& [tier, file] : files) {
    last = std::max<std::uint64_t>(last, std::strtoull(file.name.c_str(), nullptr, 10));
  }
  return fmt::format("{}.tier", last + 1);
}

}  // namespace

std::filesystem::path IndexFiles::FolderOf(Number number, const text::LanguageKey& key) const {
  return directory_ / fmt::format("{}-{}", number, key.value);
}

std::optional<IndexFiles::Saved> IndexFiles::Load(Number number, const text::LanguageKey& key,
                                                  matching::Vocabulary& vocabulary) const {
  const std::filesystem::path folder = FolderOf(number, key);
  const std::optional<std::string> manifest = ReadManifest(folder);
  if (!manifest.has_value()) {
    return std::nullopt;
  }
  std::istringstream lines(*manifest);
  std::string line;
  Saved saved;
  if (!std::getline(lines, line) || line != FirstLine() ||
      !(lines >> line >> saved.covered.value)) {
    return std::nullopt;
  }
  for (File file; lines >> file.name >> file.size >> file.checksum;) {
    const std::optional<std::string> bytes = ReadFile(folder / file.name);
    if (!bytes.has_value() || bytes->size() != file.size || ChecksumOf(*bytes) != file.checksum) {
      return std::nullopt;
    }
    auto tier = matching::TierFromBytes(*bytes, vocabulary);
    if (tier == nullptr) {
      return std::nullopt;
    }
    saved.tiers.emplace(std::move(tier), std::move(file));
    file = {};
  }
  return saved;
}

absl::Status IndexFiles::Save(Number number, const text::LanguageKey& key,
                              const std::vector<matching::TextIndex::TierPointer>& tiers,
                              Revision covered, const matching::Vocabulary& vocabulary,
                              Files& files) const {
  const std::filesystem::path folder = FolderOf(number, key);
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  Files current;
  std::string manifest = FirstLine() + fmt::format("\ncovered {}\n", covered.value);
  for (const matching::TextIndex::TierPointer& tier : tiers) {
    File& file = files[tier];
    if (file.name.empty()) {
      const std::string bytes = matching::ToBytes(*tier, vocabulary);
      file = {NextName(files), bytes.size(), ChecksumOf(bytes)};
      SILD_CHECK_OK(WriteFile(folder / file.name, bytes));
    }
    manifest += fmt::format("{} {} {}\n", file.name, file.size, file.checksum);
    current.emplace(tier, file);
  }
  manifest += fmt::format("checksum {:x}\n", ChecksumOf(manifest));
  SILD_CHECK_OK(WriteFile(folder / kManifest, manifest));
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    const bool is_current = std::any_of(current.begin(), current.end(), [&name](const auto& one) {
      return one.second.name == name;
    });
    std::error_code ignored;  // What stays does no harm.
    if (name != kManifest && !is_current) {
      std::filesystem::remove(entry.path(), ignored);
    }
  }
  files = std::move(current);
  return absl::OkStatus();
}

void IndexFiles::LoadLexicon(const text::LanguageKey& key, matching::Lexicon& lexicon) const {
  const std::optional<std::string> file = ReadFile(directory_ / (key.value + kLexiconSuffix));
  const std::string first = FirstLine();
  if (!file.has_value() || !file->starts_with(first) ||
      file->size() < first.size() + sizeof(std::uint64_t)) {
    return;
  }
  std::uint64_t checksum = 0;
  std::memcpy(&checksum, file->data() + first.size(), sizeof(checksum));
  const std::string_view bytes = std::string_view(*file).substr(first.size() + sizeof(checksum));
  if (checksum != ChecksumOf(bytes)) {
    spdlog::warn("storage: {}{} in the folder of indexes is damaged; it is made again", key.value,
                 kLexiconSuffix);
  } else if (!matching::LexiconFromBytes(bytes, lexicon)) {
    spdlog::info("storage: words came in before {}{} was read; it is made again", key.value,
                 kLexiconSuffix);
  }
}

absl::Status IndexFiles::SaveLexicon(const text::LanguageKey& key,
                                     const matching::Lexicon& lexicon) const {
  std::error_code error;
  std::filesystem::create_directories(directory_, error);
  const std::string bytes = matching::ToBytes(lexicon);
  const std::uint64_t checksum = ChecksumOf(bytes);
  std::string file = FirstLine();
  file.append(reinterpret_cast<const char*>(&checksum), sizeof(checksum));
  return WriteFile(directory_ / (key.value + kLexiconSuffix), file + bytes);
}

std::vector<std::pair<Number, text::LanguageKey>> IndexFiles::List() const {
  std::vector<std::pair<Number, text::LanguageKey>> found;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(directory_, error)) {
    const std::string name = entry.path().filename().string();
    const std::size_t dash = name.find('-');
    const Number number = std::strtoull(name.c_str(), nullptr, 10);
    if (dash != std::string::npos && number != 0) {
      found.push_back({number, text::LanguageKey{name.substr(dash + 1)}});
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

void IndexFiles::Remove(Number number) const {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(directory_, error)) {
    std::error_code ignored;
    if (entry.path().filename().string().starts_with(fmt::format("{}-", number))) {
      std::filesystem::remove_all(entry.path(), ignored);
    }
  }
}

void IndexFiles::RemoveAll() const {
  std::error_code ignored;
  std::filesystem::remove_all(directory_, ignored);
}

}  // namespace sild::storage

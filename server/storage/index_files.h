#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <absl/status/status.h>

#include "server/matching/text_index.h"
#include "server/model/revision.h"
#include "server/storage/keys.h"
#include "server/text/languages.h"

namespace sild::storage {

// The indexes on disk (FORMAT.md), each in a folder of its own. They are derived: what is damaged,
// half written or of other rules is taken for not there. For one thread at a time.
class IndexFiles {
 public:
  // Nothing is written before the first `Save`.
  explicit IndexFiles(std::filesystem::path directory) : directory_(std::move(directory)) {}

  // The tiers of one index that are in files, by what the manifest says of them.
  struct File {
    std::string name;
    std::uint64_t size = 0;
    std::uint64_t checksum = 0;
  };
  using Files = std::map<matching::TextIndex::TierPointer, File>;

  struct Saved {
    Files tiers;
    Revision covered;  // They have all texts up to here.
  };

  // Reads an index; nothing if there is none. Its tokens are added to the vocabulary.
  std::optional<Saved> Load(Number number, const text::LanguageKey& key,
                            matching::Vocabulary& vocabulary) const;

  // Writes the tiers that are not in `files`, and then the manifest. Sets `files` to what is there
  // now. A crash leaves the old index, the new one or none. `Unavailable` if the disk refuses.
  absl::Status Save(Number number, const text::LanguageKey& key,
                    const std::vector<matching::TextIndex::TierPointer>& tiers, Revision covered,
                    const matching::Vocabulary& vocabulary, Files& files) const;

  // Reads what was found out about the words of a language into a lexicon that has none yet, if
  // there is a file of it; and writes that, `Unavailable` if the disk refuses.
  void LoadLexicon(const text::LanguageKey& key, matching::Lexicon& lexicon) const;
  absl::Status SaveLexicon(const text::LanguageKey& key, const matching::Lexicon& lexicon) const;

  // Returns the indexes that there are, of use or not.
  std::vector<std::pair<Number, text::LanguageKey>> List() const;

  // Deletes the indexes of a memory, or all.
  void Remove(Number number) const;
  void RemoveAll() const;

 private:
  std::filesystem::path FolderOf(Number number, const text::LanguageKey& key) const;

  const std::filesystem::path directory_;
};

}  // namespace sild::storage

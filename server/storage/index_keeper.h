#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <absl/status/status.h>
#include <rocksdb/db.h>

#include "server/matching/text_index.h"
#include "server/model/revision.h"
#include "server/model/unit.h"
#include "server/storage/index_files.h"
#include "server/storage/keys.h"
#include "server/storage/lexicons.h"
#include "server/storage/overlay.h"
#include "server/storage/rows.h"
#include "server/storage/store.h"
#include "server/text/languages.h"

namespace sild::storage {

// Keeps the indexes of the memories that are in use: makes one when it is first asked for, in the
// background, and from then on adds each text before a view that has it is published. An index has
// at least the texts of all views since it was begun; texts that are gone stay in it and are found
// in vain, until there are so many that it is made anew. It is derived: tiers are kept in files,
// which are read again at the next start, and what is not there, damaged or of other rules is made
// again from the rows. While there is nothing else to do, look-alikes are found in advance.
class IndexKeeper {
 public:
  // `db` must outlive the object. The files are in `index` in the store's directory.
  IndexKeeper(rocksdb::DB& db, const StoreOptions& options);

  // Interrupts the work, and saves what is not in files yet.
  ~IndexKeeper();

  IndexKeeper(const IndexKeeper&) = delete;
  IndexKeeper& operator=(const IndexKeeper&) = delete;

  // Returns an index that has all texts of a memory in languages of that key, as they are at
  // `revision`; its owners are this and who asks. Null if there is none: then it is being made, or
  // would take more memory than all indexes may. Any thread.
  std::shared_ptr<const matching::TextIndex> Find(Number number, const text::LanguageKey& key,
                                                  Revision revision);

  // Tells how many texts the index of a memory should have: if far more, it is made anew, while the
  // old one serves.
  void NoteTextCount(Number number, const text::LanguageKey& key, std::size_t count);

  // Takes in the rows of a group that was committed and ends with revision `head`: before a view of
  // them is published, and one group after another. `before` are the rows as they were.
  void Apply(const Overlay::Changes& rows, const Rows& before, Revision head);

  // Drops the indexes of a memory, or of all: it was changed by other means than groups. Between a
  // commit and the publication of its view, as `Apply`.
  void Forget(Number number);
  void ForgetAll();

  // Waits until all that was begun is done.
  void WaitUntilIdle();

 private:
  // The index of a memory in the languages of one key, or the way to it. Owned by `entries_` and by
  // the work on it.
  struct Entry {
    Number number = 0;
    text::LanguageKey key;
    std::shared_ptr<matching::Lexicon> lexicon;  // Owned by all entries of that key.

    // Guarded by `mutex_`:
    std::shared_ptr<const matching::TextIndex> index;  // Null until it is made.
    Revision valid_from;                               // Views before may have more texts.
    Revision covered;                                  // Its tiers have all texts up to here.
    bool is_in_making = true;                          // For the first time, or anew.
    matching::DocumentList pending;                    // Committed while it is in making.
    std::uint64_t last_use = 0;
    bool is_forgotten = false;  // Not in `entries_` any more.
    bool is_refused = false;    // It would be too large, or cannot be read; it is not tried again.

    // Of the thread:
    IndexFiles::Files files;
  };
  using EntryPointer = std::shared_ptr<Entry>;
  using EntryKey = std::pair<Number, text::LanguageKey>;

  struct NewText {
    EntryPointer entry;
    matching::TextHandle handle;
    std::vector<matching::FormId> forms;
  };

  void Begin(Number number, const text::LanguageKey& key);
  void Run();
  void FillSomeLookAlikes(std::unique_lock<std::mutex>& lock);
  void Work(const EntryPointer& entry);
  void Make(const EntryPointer& entry);
  bool TakePending(Entry& entry, matching::DocumentList& pending,
                   std::shared_ptr<const matching::TextIndex>& index, Revision revision);
  void Save(Entry& entry);
  void SaveLexicon(const Lexicons::Entry& entry);
  void Join(const EntryPointer& entry);
  void KeepToBudget(const EntryPointer& newest);
  std::size_t Bytes() const;
  std::vector<EntryPointer> EntriesOf(Number number) const;
  void CollectTexts(Number number, const TranslationUnit& unit, const Rows& before,
                    std::vector<NewText>& texts) const;
  void Add(const NewText& text);
  void Drop(std::map<EntryKey, EntryPointer>::iterator entry);
  bool IsWanted(const Entry& entry) const;

  // Constant after construction.
  rocksdb::DB& db_;
  const IndexFiles files_;
  const std::size_t budget_bytes_;
  std::atomic<bool> is_stopping_ = false;

  // Held while files are written or deleted.
  std::mutex files_mutex_;

  // Held for moments only: never while an index is made, read or searched.
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  // Guarded by `mutex_`:
  std::map<EntryKey, EntryPointer> entries_;
  Lexicons lexicons_;
  std::deque<EntryPointer> work_;
  bool is_working_ = false;
  std::uint64_t uses_ = 0;
  Revision applied_;  // Of the last group.

  std::thread thread_;  // Last, so that it starts when all else is there.
};

}  // namespace sild::storage

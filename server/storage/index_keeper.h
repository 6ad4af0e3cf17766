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
#include "server/storage/keys.h"
#include "server/storage/overlay.h"
#include "server/storage/rows.h"
#include "server/storage/store.h"
#include "server/text/languages.h"

namespace sild::storage {

// Keeps the indexes of the memories that are in use: makes one when it is first asked for, in the
// background, and from then on adds each text before a view that has it is published. An index has
// at least the texts of all views since it was begun; texts that are gone stay in it and are found
// in vain. It is derived: what is lost is made again from the rows.
class IndexKeeper {
 public:
  // `db` must outlive the object.
  IndexKeeper(rocksdb::DB& db, const StoreOptions& options);

  // Interrupts the work.
  ~IndexKeeper();

  IndexKeeper(const IndexKeeper&) = delete;
  IndexKeeper& operator=(const IndexKeeper&) = delete;

  // Returns an index that has all texts of a memory in languages of that key, as they are at
  // `revision`; its owners are this and who asks. Null if there is none: then it is being made, or
  // would take more memory than all indexes may. Any thread.
  std::shared_ptr<const matching::TextIndex> Find(Number number, const text::LanguageKey& key,
                                                  Revision revision);

  // Takes in the rows of a group that was committed: before a view of them is published, and one
  // group after another. `before` are the rows as they were.
  void Apply(const Overlay::Changes& rows, const Rows& before);

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
    std::shared_ptr<const matching::TextIndex> index;  // Null while it is made.
    Revision valid_from;                               // Views before may have more texts.
    matching::DocumentList pending;                    // Committed while it is made.
    std::uint64_t last_use = 0;
    bool is_forgotten = false;  // Not in `entries_` any more.
    bool is_too_large = false;  // And so is not made again.
  };
  using EntryPointer = std::shared_ptr<Entry>;
  using EntryKey = std::pair<Number, text::LanguageKey>;

  struct NewText {
    EntryPointer entry;
    matching::TextHandle handle;
    std::vector<matching::FormId> forms;
  };

  void Run();
  void Make(const EntryPointer& entry);
  bool TakePending(Entry& entry, matching::DocumentList& pending,
                   std::shared_ptr<const matching::TextIndex>& index, Revision revision);
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
  const std::size_t budget_bytes_;
  const std::size_t look_alike_bytes_;
  std::atomic<bool> is_stopping_ = false;

  // Held for moments only: never while an index is made, read or searched.
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  // Guarded by `mutex_`:
  std::map<EntryKey, EntryPointer> entries_;
  std::map<text::LanguageKey, std::weak_ptr<matching::Lexicon>> lexicons_;
  std::deque<EntryPointer> work_;
  bool is_working_ = false;
  std::uint64_t uses_ = 0;

  std::thread thread_;  // Last, so that it starts when all else is there.
};

}  // namespace sild::storage

#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <absl/functional/function_ref.h>
#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "server/model/change.h"
#include "server/model/limits.h"
#include "server/storage/reader.h"
#include "server/storage/view.h"

namespace sild::storage {

// The limits of one write.
inline constexpr std::uint32_t kMaxEventChanges = 1000;
inline constexpr std::size_t kMaxEventBytes = 8U << 20;  // Of the changes as stored.

// What a write may do, besides read: its own changes are seen by its own reads at once. Each change
// is the whole resulting resource; `revision` in it is ignored. All changes of one write become one
// event: durable and visible together or not at all. Beyond the limits of an event is
// `ResourceExhausted`, beyond that of a resource `InvalidArgument`. A call that fails changes
// nothing, and the plan may go on.
class Transaction : public Reader {
 public:
  // The time of the event, for `create_time` and `update_time`; and who writes.
  virtual Timestamp now() const = 0;
  virtual const std::string& actor() const = 0;

  // Stores a resource, new or in place of the old one. What it belongs to must exist (`NotFound`).
  // The usage of a unit counts only if the unit is new.
  virtual absl::Status Put(Memory memory) = 0;
  virtual absl::Status Put(TranslationUnit unit) = 0;
  virtual absl::Status Put(Glossary glossary) = 0;
  virtual absl::Status Put(Concept concept_) = 0;
  virtual absl::Status Put(Exception exception) = 0;

  // Counts a use of a unit, now (`NotFound` if there is no such unit), but only once in a row for
  // the same request, so that a retry counts nothing unless another request counted a use in
  // between: the id is not kept, and the same id may stand for another write. It is durable with
  // the write, but no part of an event: it has no revision or history, and a write of nothing else
  // has no event.
  virtual absl::Status CountUse(const UnitName& name, std::string_view request_id) = 0;

  // Deletes a resource (`NotFound` if there is none); a memory or glossary with all it holds.
  virtual absl::Status Delete(const MemoryName& name) = 0;
  virtual absl::Status Delete(const UnitName& name) = 0;
  virtual absl::Status Delete(const GlossaryName& name) = 0;
  virtual absl::Status Delete(const ConceptName& name) = 0;
  virtual absl::Status Delete(const ExceptionName& name) = 0;

  // Erases a resource and every earlier state of it, in view, history and log (`NotFound` if there
  // never was one). Only name, time and revision of the states remain.
  virtual absl::Status Purge(const UnitName& name) = 0;
  virtual absl::Status Purge(const ConceptName& name) = 0;
};

// Who writes, and how to know the same write again.
struct WriteOptions {
  std::string actor;
  std::string request_id;  // Empty: a retry would write again.
  std::uint64_t fingerprint =
      0;  // Of the request; the same id with another one is `InvalidArgument`.
};

struct WriteResult {
  Revision revision;  // Of the event; of the view that was read if nothing changed.
  std::vector<Change>
      changes;            // What the event did, in the order of the calls. Not of a bulk load.
  bool replayed = false;  // The request id was known: this is what the first call did.
};

struct StoreOptions {
  std::filesystem::path directory;
  bool create_if_missing = true;
  std::size_t block_cache_bytes = 128U << 20;
  std::size_t write_buffer_bytes = 64U << 20;      // Small in tests, so that they reach flush.
  std::chrono::hours idempotency_window{24 * 7};   // How long request ids are kept.
  std::size_t max_group_writes = 256;              // Writes that share one fsync.
  std::size_t index_bytes = std::size_t{1} << 30;  // Memory that retrieval indexes may take.
  std::size_t look_alike_bytes = 32U << 20;        // Of it, for look-alike words of a language.
  std::function<Timestamp()> clock;                // Empty: the system's. Tests inject one.
};

struct StoreStats {
  std::int64_t memory_count = 0;
  std::int64_t unit_count = 0;
  std::int64_t glossary_count = 0;
  std::int64_t concept_count = 0;
  std::int64_t disk_bytes = 0;
};

// From how many units on a bulk load is quicker than ordinary writes.
inline constexpr std::int64_t kBulkLoadUnits = 100'000;

// Units that come all at once, at least `kBulkLoadUnits`, into one memory. They are sorted into
// files beside the database and become durable and visible together with one event in `Finish`.
class BulkLoad;

// The database of one server: the change log and the state it leads to, in RocksDB. All methods may
// be called from any thread.
//
// Every change goes through `Write`. One thread takes all waiting writes, runs them one after
// another, numbers their events, commits them with one fsync, publishes the next view, tells the
// listeners and then lets the writers go: an acknowledged write is durable and visible.
class Store {
 public:
  // Opens or creates a store. Fails with `FailedPrecondition` if another process holds the
  // directory or a newer version wrote it, and with `DataLoss` if what is there is damaged; the
  // message says what to do. Checks the continuity of the log (storage/README.md).
  static absl::StatusOr<std::unique_ptr<Store>> Open(const StoreOptions& options);

  virtual ~Store() = default;

  // The newest state. Never waits for writes.
  virtual std::shared_ptr<const View> CurrentView() const = 0;

  // Runs `plan` on the committer thread with the newest state, and commits what it did. If `plan`
  // fails nothing is changed and its error is returned; without changes no event is written. `plan`
  // may read only from its argument, must be quick, and may be called again in a later attempt.
  // `Unavailable` if the disk refuses: then the write may or may not be there, and all later ones
  // fail until the server is restarted. A write that changed nothing does not keep its request id.
  virtual absl::StatusOr<WriteResult> Write(const WriteOptions& options,
                                            std::function<absl::Status(Transaction&)> plan) = 0;

  // Begins a bulk load. It needs the memory to exist.
  virtual absl::StatusOr<std::unique_ptr<BulkLoad>> BeginBulkLoad(const WriteOptions& options,
                                                                  const MemoryName& memory) = 0;

  // Calls `listener` after each new view, on the committer thread, so it must be quick. Returns a
  // number for `RemoveListener`, after which the listener is not called any more. A listener must
  // not write, and must not add or remove listeners.
  virtual std::uint64_t AddListener(std::function<void()> listener) = 0;
  virtual void RemoveListener(std::uint64_t number) = 0;

  virtual absl::StatusOr<StoreStats> Stats() const = 0;

  // Waits until the rows of dropped memories and glossaries are deleted and the bytes of purged
  // resources are off the disk, as far as the disk let itself be told. A view from before a purge
  // holds it up. Needed by nobody: what is not done when the store closes is done when it opens.
  virtual void WaitForHousekeeping() = 0;

  // Waits until the retrieval indexes that were asked for are ready. Needed by nobody but tests:
  // without an index a look-up looks at all units.
  virtual void WaitForIndexes() = 0;
};

// For one thread. Takes about 32 bytes of memory a unit, and a buffer of `write_buffer_bytes`; must
// not outlive the store. The units' own revision is that of the beginning; `ReadChanges` gives them
// with the event of `Finish`. The request id counts when the load is finished: a load that begins
// with a finished one's id takes units, ignores them, and its `Finish` tells what the first did.
class BulkLoad {
 public:
  virtual ~BulkLoad() = default;  // Without `Finish` nothing was stored.

  // Adds a unit of the memory, in any order; of two with one name the first stays. A name that the
  // memory holds already is `AlreadyExists`, and the caller decides.
  virtual absl::Status Add(TranslationUnit unit) = 0;

  // Makes all units durable and visible, in one event. `Aborted` if a unit of the memory was
  // written since the beginning, or the memory dropped: then nothing is stored, and the caller adds
  // the units with `Write`. To be called once, after which the load is over.
  virtual absl::StatusOr<WriteResult> Finish() = 0;
};

}  // namespace sild::storage

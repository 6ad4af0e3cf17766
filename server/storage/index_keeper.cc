#include "server/storage/index_keeper.h"

#include <algorithm>

#include <spdlog/spdlog.h>

#include "server/model/try.h"
#include "server/storage/index_maker.h"
#include "server/storage/record.h"
#include "server/storage/state.h"
#include "server/storage/stored_texts.h"
#include "server/storage/stored_view.h"

namespace sild::storage {

using matching::DocumentList;
using matching::TextIndex;

namespace {

// An index is made anew if it has twice as many texts as there are, and this many more.
constexpr std::size_t kFewGoneTexts = 10'000;

// How many words' look-alikes are found before the thread looks for something better to do.
constexpr std::size_t kFilledAtOnce = 32;

}  // namespace

IndexKeeper::IndexKeeper(rocksdb::DB& db, const StoreOptions& options)
    : db_(db),
      files_(options.directory / "index"),
      budget_bytes_(options.index_bytes),
      lexicons_(options.look_alike_bytes),
      thread_([this] { Run(); }) {
  const std::lock_guard lock(mutex_);
  for (const auto& [number, key] : files_.List()) {
    Begin(number, key);
  }
}

IndexKeeper::~IndexKeeper() {
  {
    const std::lock_guard lock(mutex_);
    is_stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
  for (const auto& [key, entry] : entries_) {
    if (entry->index != nullptr) {
      if (entry->index->fresh().size() > 0) {
        entry->index = entry->index->WithFreshAs(entry->index->FreshAsTier());
      }
      entry->covered = std::max(entry->covered, applied_);
      Save(*entry);
    }
  }
  for (const Lexicons::Entry& entry : lexicons_.InUse()) {
    SaveLexicon(entry);
  }
}

std::shared_ptr<const TextIndex> IndexKeeper::Find(Number number, const text::LanguageKey& key,
                                                   Revision revision) {
  const std::lock_guard lock(mutex_);
  if (!entries_.contains({number, key})) {
    Begin(number, key);
  }
  Entry& entry = *entries_[{number, key}];
  entry.last_use = ++uses_;
  return entry.valid_from <= revision ? entry.index : nullptr;
}

// Sees that an index is made. To be called under `mutex_`.
void IndexKeeper::Begin(Number number, const text::LanguageKey& key) {
  const auto entry = std::make_shared<Entry>();
  entry->number = number;
  entry->key = key;
  entry->lexicon = lexicons_.Get(key);
  entries_[{number, key}] = entry;
  work_.push_back(entry);
  changed_.notify_all();
}

void IndexKeeper::NoteTextCount(Number number, const text::LanguageKey& key, std::size_t count) {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find({number, key});
  if (found == entries_.end() || found->second->index == nullptr || found->second->is_in_making ||
      found->second->index->size() <= 2 * count + kFewGoneTexts) {
    return;
  }
  found->second->is_in_making = true;
  work_.push_back(found->second);
  changed_.notify_all();
}

void IndexKeeper::Apply(const Overlay::Changes& rows, const Rows& before, Revision head) {
  const std::string erased = TablePrefix(Table::kErasure);
  if (const auto row = rows.lower_bound(erased);
      row != rows.end() && row->first.starts_with(erased) && row->second.has_value()) {
    // Purged texts are to leave memory and disk.
    ForgetAll();
    const std::lock_guard lock(files_mutex_);
    files_.RemoveAll();
  }
  const std::string dropped = TablePrefix(Table::kDropped);
  for (auto row = rows.lower_bound(dropped); row != rows.end() && row->first.starts_with(dropped);
       ++row) {
    const Number number = DecodeNumber(std::string_view(row->first).substr(1)).value_or(0);
    Forget(number);
    const std::lock_guard lock(files_mutex_);
    files_.Remove(number);
  }
  const std::string units = TablePrefix(Table::kUnit);
  const std::size_t id_begin = UnitPrefix(0).size();
  std::vector<NewText> texts;
  for (auto row = rows.lower_bound(units); row != rows.end() && row->first.starts_with(units);
       ++row) {
    const std::string_view key = row->first;
    const Number number = DecodeNumber(key.substr(1, id_begin - 1)).value_or(0);
    if (!row->second.has_value() || EntriesOf(number).empty()) {
      continue;
    }
    const auto unit = ParseUnit({"", std::string(key.substr(id_begin))}, *row->second);
    if (unit.ok()) {
      CollectTexts(number, *unit, before, texts);
    } else {
      Forget(number);  // Never: it was serialized a moment ago.
    }
  }
  for (const NewText& text : texts) {
    Add(text);
  }
  const std::lock_guard lock(mutex_);
  applied_ = head;
}

std::vector<IndexKeeper::EntryPointer> IndexKeeper::EntriesOf(Number number) const {
  std::vector<EntryPointer> found;
  const std::lock_guard lock(mutex_);
  for (auto entry = entries_.lower_bound({number, {}});
       entry != entries_.end() && entry->first.first == number; ++entry) {
    if (!entry->second->is_refused) {
      found.push_back(entry->second);
    }
  }
  return found;
}

// Appends the texts of a unit that no unit had before, for the indexes that there are.
void IndexKeeper::CollectTexts(Number number, const TranslationUnit& unit, const Rows& before,
                               std::vector<NewText>& texts) const {
  const std::vector<EntryPointer> entries = EntriesOf(number);
  for (const Variant& variant : unit.variants) {
    if (variant.segment.text.empty()) {
      continue;
    }
    const text::LanguageKey key = text::LanguageKeyOf(variant.language);
    const auto entry = std::find_if(entries.begin(), entries.end(),
                                    [&key](const EntryPointer& one) { return one->key == key; });
    if (entry == entries.end()) {
      continue;
    }
    const std::uint64_t hash = TextHash(variant.segment.text);
    if (WalkPrefix(before, TextPrefix(number, variant.language, hash))->Valid()) {
      continue;
    }
    texts.push_back({*entry, TextHandleOf(hash), {}});
    matching::InternForms(text::Tokenize(variant.segment.text), (*entry)->lexicon->vocabulary,
                          texts.back().forms);
  }
}

void IndexKeeper::Add(const NewText& text) {
  Entry& entry = *text.entry;
  std::shared_ptr<const TextIndex> full;
  {
    const std::lock_guard lock(mutex_);
    if (entry.is_in_making) {
      entry.pending.Add(text.handle, text.forms);
    }
    if (entry.index == nullptr || entry.index->Add(text.handle, text.forms)) {
      return;
    }
    full = entry.index;
  }
  const TextIndex::TierPointer tier = full->FreshAsTier();
  const std::lock_guard lock(mutex_);
  if (entry.index == nullptr) {
    return;  // It did not fit, or could not be made anew.
  }
  if (&entry.index->fresh() == &full->fresh()) {  // Else it was made anew meanwhile.
    entry.index = entry.index->WithFreshAs(tier);
    entry.covered = std::max(entry.covered, applied_);
  }
  entry.index->Add(text.handle, text.forms);
  if (!entry.index->TiersToJoin().empty()) {
    work_.push_back(text.entry);
    changed_.notify_all();
  }
}

void IndexKeeper::Forget(Number number) {
  const std::lock_guard lock(mutex_);
  for (auto entry = entries_.lower_bound({number, {}});
       entry != entries_.end() && entry->first.first == number;) {
    Drop(entry++);
  }
}

void IndexKeeper::ForgetAll() {
  const std::lock_guard lock(mutex_);
  while (!entries_.empty()) {
    Drop(entries_.begin());
  }
  lexicons_.Clear();
}

// To be called under `mutex_`.
void IndexKeeper::Drop(std::map<EntryKey, EntryPointer>::iterator entry) {
  entry->second->is_forgotten = true;
  entries_.erase(entry);
}

void IndexKeeper::WaitUntilIdle() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return is_stopping_ || (work_.empty() && !is_working_); });
}

void IndexKeeper::Run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock,
                  [this] { return is_stopping_ || !work_.empty() || lexicons_.has_queued(); });
    if (is_stopping_) {
      return;
    }
    if (work_.empty()) {
      FillSomeLookAlikes(lock);
      continue;
    }
    const EntryPointer entry = std::move(work_.front());
    work_.pop_front();
    is_working_ = true;
    lock.unlock();
    Work(entry);
    lock.lock();
    KeepToBudget(entry);
    is_working_ = false;
    changed_.notify_all();
  }
}

// Finds look-alikes of some words of a language, which then stands last in the queue.
void IndexKeeper::FillSomeLookAlikes(std::unique_lock<std::mutex>& lock) {
  const auto entry = lexicons_.TakeQueued();
  lock.unlock();
  const bool has_more = entry->lexicon->look_alikes.Fill(kFilledAtOnce);
  if (!has_more) {
    SaveLexicon(*entry);
  }
  lock.lock();
  if (has_more) {
    lexicons_.Queue(*entry);
  }
}

void IndexKeeper::Work(const EntryPointer& entry) {
  bool is_in_making = false;
  {
    const std::lock_guard lock(mutex_);
    is_in_making = entry->is_in_making;
  }
  if (is_in_making) {
    Make(entry);
  } else {
    Join(entry);
  }
}

bool IndexKeeper::IsWanted(const Entry& entry) const {
  const std::lock_guard lock(mutex_);
  return !is_stopping_ && !entry.is_forgotten;
}

// Makes an index. What is committed from the moment on when the entry was in making is either in
// the snapshot, which is taken later, or in `pending`.
void IndexKeeper::Make(const EntryPointer& entry) {
  bool is_anew = false;
  {
    const std::lock_guard lock(mutex_);
    is_anew = entry->index != nullptr;
  }
  if (entry->lexicon->vocabulary.word_count() == 0) {
    files_.LoadLexicon(entry->key, *entry->lexicon);
  }
  const auto view = StoredView::Take(db_, nullptr);
  absl::StatusOr<MadeIndex> made =
      view.ok()
          ? MakeIndex((*view)->rows(), (*view)->revision(), entry->number, entry->key,
                      entry->lexicon, is_anew ? nullptr : &files_, [&] { return IsWanted(*entry); })
          : absl::StatusOr<MadeIndex>(view.status());
  if (!made.ok()) {
    if (!absl::IsCancelled(made.status())) {
      spdlog::error("storage: making an index: {}", std::string(made.status().message()));
    }
    // What is not told of new texts must not be found any more.
    const std::lock_guard lock(mutex_);
    entry->index = nullptr;
    entry->pending = {};
    entry->is_refused = true;
    return;
  }
  entry->files = std::move(made->files);
  std::shared_ptr<const TextIndex> index = std::move(made->index);
  for (DocumentList pending; !TakePending(*entry, pending, index, (*view)->revision());) {
    index = index->With(std::make_shared<matching::Tier>(
        matching::Tier::Build(pending, entry->lexicon->vocabulary)));
  }
  Join(entry);
  entry->lexicon->look_alikes.BeginFilling();
  const std::lock_guard lock(mutex_);
  lexicons_.Queue({entry->key, entry->lexicon});
}

// Writes what is not in files yet. Not what is forgotten: it may be forgotten for good.
void IndexKeeper::Save(Entry& entry) {
  const std::lock_guard files_lock(files_mutex_);
  std::shared_ptr<const TextIndex> index;
  Revision covered;
  {
    const std::lock_guard lock(mutex_);
    if (entry.is_forgotten || entry.index == nullptr) {
      return;
    }
    index = entry.index;
    covered = entry.covered;
  }
  const auto is_saved = [&entry](const TextIndex::TierPointer& tier) {
    return entry.files.contains(tier);
  };
  if (std::all_of(index->tiers().begin(), index->tiers().end(), is_saved)) {
    return;
  }
  const absl::Status status = files_.Save(entry.number, entry.key, index->tiers(), covered,
                                          entry.lexicon->vocabulary, entry.files);
  if (!status.ok()) {
    spdlog::error("storage: saving an index: {}", std::string(status.message()));
  }
}

// Writes what was found out about words, unless the lexicon was forgotten, perhaps for good.
void IndexKeeper::SaveLexicon(const Lexicons::Entry& entry) {
  const std::lock_guard files_lock(files_mutex_);
  {
    const std::lock_guard lock(mutex_);
    if (!lexicons_.IsInUse(entry)) {
      return;
    }
  }
  const absl::Status status = files_.SaveLexicon(entry.key, *entry.lexicon);
  if (!status.ok()) {
    spdlog::error("storage: saving an index: {}", std::string(status.message()));
  }
}

// Adds what was committed meanwhile to `index` and lets it be found; or, if that is too much to be
// added in a moment, takes it out to `pending` and returns false.
bool IndexKeeper::TakePending(Entry& entry, DocumentList& pending,
                              std::shared_ptr<const TextIndex>& index, Revision revision) {
  const std::lock_guard lock(mutex_);
  pending = std::move(entry.pending);
  entry.pending = {};
  if (pending.size() >= matching::FreshTier::kCapacity) {
    return false;
  }
  for (std::size_t i = 0; i < pending.size(); ++i) {
    index->Add(pending.handles[i], pending.FormsOf(i));
  }
  entry.index = index;
  entry.valid_from = revision;
  entry.covered = revision;
  entry.is_in_making = false;
  return true;
}

void IndexKeeper::Join(const EntryPointer& entry) {
  std::shared_ptr<const TextIndex> index;
  {
    const std::lock_guard lock(mutex_);
    index = entry->index;
  }
  if (index == nullptr) {
    return;  // It was refused.
  }
  for (auto tiers = index->TiersToJoin(); !tiers.empty() && IsWanted(*entry);
       tiers = index->TiersToJoin()) {
    const TextIndex::TierPointer joined = matching::Join(tiers, entry->lexicon->vocabulary);
    const std::lock_guard lock(mutex_);
    entry->index = entry->index->WithJoined(tiers, joined);
    index = entry->index;
  }
  Save(*entry);
}

// Drops what was not used for longest until all fits. To be called under `mutex_`.
void IndexKeeper::KeepToBudget(const EntryPointer& newest) {
  while (Bytes() > budget_bytes_) {
    auto oldest = entries_.end();
    for (auto entry = entries_.begin(); entry != entries_.end(); ++entry) {
      if (entry->second->index != nullptr && entry->second != newest &&
          (oldest == entries_.end() || entry->second->last_use < oldest->second->last_use)) {
        oldest = entry;
      }
    }
    if (oldest != entries_.end()) {
      Drop(oldest);
      continue;
    }
    if (newest->index != nullptr) {
      spdlog::warn(
          "storage: an index of {} MB does not fit, so look-ups there will be slow: start with a "
          "larger --index-memory",
          newest->index->bytes() >> 20);
    }
    newest->index = nullptr;
    newest->files.clear();
    newest->is_refused = true;
    return;
  }
}

// The memory of all indexes and of what they share. To be called under `mutex_`.
std::size_t IndexKeeper::Bytes() const {
  std::size_t bytes = lexicons_.bytes();
  for (const auto& [key, entry] : entries_) {
    bytes += entry->index == nullptr ? 0 : entry->index->bytes();
  }
  return bytes;
}

}  // namespace sild::storage

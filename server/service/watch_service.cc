#include "server/service/watch_service.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "server/model/try.h"
#include "server/service/convert_common.h"
#include "server/service/convert_exception.h"
#include "server/service/convert_glossary.h"
#include "server/service/convert_unit.h"
#include "server/service/field_error.h"
#include "server/service/store_access.h"
#include "sild/v1/watch_service.pb.h"

namespace sild::service {
namespace {

// What one message of the feed may hold, so that it passes every client's limit of 4 MiB.
constexpr std::size_t kMaxMessageBytes = 2U << 20;

// How long the feed is silent before a message shows that it is alive. The API promises 30 seconds;
// the transport asks every 10.
constexpr std::chrono::seconds kHeartbeat{20};

std::string NameOf(const ResourceName& name) {
  return std::visit([](const auto& parsed) { return parsed.str(); }, name);
}

// The memory or glossary that a change belongs to.
std::string ParentOf(const ResourceName& name) {
  if (const auto* unit = std::get_if<UnitName>(&name)) {
    return unit->parent().str();
  }
  if (const auto* entry = std::get_if<ConceptName>(&name)) {
    return entry->parent().str();
  }
  if (const auto* exception = std::get_if<ExceptionName>(&name)) {
    return exception->parent().str();
  }
  return NameOf(name);
}

// `NotFound` unless there is a memory or glossary of that name.
absl::Status Exists(const storage::View& view, const std::string& parent) {
  if (const auto memory = MemoryName::Parse(parent); memory.ok()) {
    return view.GetMemory(*memory).status();
  }
  SILD_TRY(const GlossaryName glossary, GlossaryName::Parse(parent));
  return view.GetGlossary(glossary).status();
}

void ChangeToProto(const Change& change, bool include_resource, v1::Change* out) {
  out->set_revision(change.revision.value);
  out->set_type(static_cast<v1::Change::Type>(change.type));
  out->set_name(NameOf(change.name));
  out->set_actor(change.actor);
  *out->mutable_change_time() = ToProto(change.time);
  if (!include_resource) {
    return;
  }
  if (const auto* memory = std::get_if<Memory>(&change.resource)) {
    ToProto(*memory, out->mutable_memory());
  } else if (const auto* unit = std::get_if<TranslationUnit>(&change.resource)) {
    ToProto(*unit, out->mutable_unit());
  } else if (const auto* glossary = std::get_if<Glossary>(&change.resource)) {
    ToProto(*glossary, out->mutable_glossary());
  } else if (const auto* entry = std::get_if<Concept>(&change.resource)) {
    ToProto(*entry, out->mutable_concept_entry());
  } else if (const auto* exception = std::get_if<Exception>(&change.resource)) {
    ToProto(*exception, out->mutable_exception());
  }
}

// One call of `WatchChanges`: reads the log from where it stands whenever the store has a new view.
class Watch : public Stream {
 public:
  explicit Watch(storage::Store& store) : store_(store) {}

  ~Watch() override {
    if (listener_) {
      store_.RemoveListener(*listener_);
    }
  }

  absl::Status OnRequest(CallContext& call, const google::protobuf::Message& message) override {
    if (listener_) {
      return absl::InvalidArgumentError("a watch takes one request; open another for the next one");
    }
    request_ = static_cast<const v1::WatchChangesRequest&>(message);
    for (int i = 0; i < request_.parents_size(); ++i) {
      const std::string& parent = request_.parents(i);
      if (!MemoryName::Parse(parent).ok() && !GlossaryName::Parse(parent).ok()) {
        return Within("parents", i,
                      FieldError("name", "must be memories/{memory} or glossaries/{glossary}"));
      }
      parents_.insert(parent);
    }
    if (request_.start_revision() < 0) {
      return FieldError("start_revision", "is negative; send 0 for what comes after now");
    }
    SILD_TRY(const auto view, ReadView(store_, call));
    // One that goes on from a revision may yet have to hear that its memory was deleted.
    for (int i = 0; request_.start_revision() == 0 && i < request_.parents_size(); ++i) {
      SILD_CHECK_OK(Named(fmt::format("parents[{}]", i), Exists(*view, request_.parents(i))));
    }
    from_ = request_.start_revision() == 0 ? Revision{view->revision().value + 1}
                                           : Revision{request_.start_revision()};
    listener_ = store_.AddListener([&call] { call.wake(); });
    return absl::OkStatus();
  }

  bool is_endless() const override { return true; }

  absl::Status OnRequestsDone(CallContext& /*call*/) override {
    return listener_ ? absl::OkStatus() : absl::InvalidArgumentError("a request is required");
  }

  absl::StatusOr<State> Next(CallContext& call, google::protobuf::Message* message) override {
    if (!listener_) {
      return State::kWaiting;
    }
    auto& response = static_cast<v1::WatchChangesResponse&>(*message);
    SILD_TRY(const auto view, ReadView(store_, call));
    while (from_ <= view->revision() && response.changes().empty() && !call.cancelled) {
      SILD_TRY(const storage::View::Changes read,
               view->ReadChanges(from_, ordinal_, kMaxMessageBytes));
      for (const Change& change : read.changes) {
        if (parents_.empty() || parents_.contains(ParentOf(change.name))) {
          ChangeToProto(change, request_.include_resource(), response.add_changes());
        }
      }
      ordinal_ = read.next_ordinal;
      from_ = ordinal_ == 0 ? Revision{read.through.value + 1} : read.through;
    }
    const auto now = std::chrono::steady_clock::now();
    if (response.changes().empty() && now - last_sent_ < kHeartbeat) {
      return State::kWaiting;
    }
    last_sent_ = now;
    response.set_revision(from_.value - 1);
    return State::kMessage;
  }

 private:
  storage::Store& store_;
  v1::WatchChangesRequest request_;
  std::set<std::string> parents_;
  Revision from_;              // The next revision to send...
  std::uint32_t ordinal_ = 0;  // ...from this change of it on.
  // When the last message went. Long ago at first, so that the client is told at once where it
  // stands.
  std::chrono::steady_clock::time_point last_sent_ = std::chrono::steady_clock::now() - kHeartbeat;
  std::optional<std::uint64_t> listener_;
};

}  // namespace

void WatchService::AddTo(Api& api) {
  api.AddStream<v1::WatchChangesRequest, v1::WatchChangesResponse>(
      "sild.v1.WatchService/WatchChanges", this, &WatchService::WatchChanges);
}

std::unique_ptr<Stream> WatchService::WatchChanges() { return std::make_unique<Watch>(store_); }

}  // namespace sild::service

// `sildd`: reads its flags, opens the store, serves the API, and ends on SIGTERM or SIGINT.

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "server/flags.h"
#include "server/log.h"
#include "server/rpc/server.h"
#include "server/service/services.h"
#include "server/storage/store.h"
#include "server/terms/form_expanders.h"

namespace sild {
namespace {

// Signals that end the server are taken by `main` alone: blocked here, before there is any other
// thread.
sigset_t BlockEndSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  return signals;
}

// Writes the addresses to `path` in one step, so that whoever waits for the file sees it whole.
bool WritePortFile(const std::filesystem::path& path, const std::vector<std::string>& addresses) {
  const std::filesystem::path draft = path.string() + ".tmp";
  {
    std::ofstream file(draft);
    for (const std::string& address : addresses) {
      file << address << '\n';
    }
    if (!file.flush()) {
      return false;
    }
  }
  std::error_code error;
  std::filesystem::rename(draft, path, error);
  return !error;
}

bool IsLoopback(const std::string& address) {
  return address.starts_with("unix:") || address.starts_with("127.") ||
         address.starts_with("localhost:") || address.starts_with("[::1]:");
}

int Fail(const absl::Status& status) {
  spdlog::error("event=start_failed code={} message=\"{}\"",
                absl::StatusCodeToString(status.code()), std::string(status.message()));
  fmt::print(stderr, "sildd: {}\n", std::string(status.message()));
  return EXIT_FAILURE;
}

int Run(const Flags& flags) {
  const sigset_t end_signals = BlockEndSignals();
  storage::StoreOptions store_options;
  store_options.directory = flags.data;
  store_options.block_cache_bytes = flags.block_cache_mib << 20;
  store_options.index_bytes = flags.index_memory_mib << 20;
  store_options.look_alike_bytes = flags.look_alike_memory_mib << 20;
  absl::StatusOr<std::unique_ptr<storage::Store>> store = storage::Store::Open(store_options);
  if (!store.ok()) {
    return Fail(store.status());
  }
  spdlog::info("event=store_opened revision={}", (*store)->CurrentView()->revision().value);
  const auto expanders =
      terms::FormExpanders::Load(flags.dictionaries, terms::MissingDictionary::kUseRules);
  if (!expanders.ok()) {
    return Fail(expanders.status());
  }
  for (const std::string& note : (*expanders)->notes()) {
    spdlog::warn("event=no_dictionary message=\"{}; see --dictionaries\"", note);
  }
  service::Services services(**store, **expanders, SILD_VERSION);

  rpc::ServerOptions rpc_options;
  rpc_options.addresses = flags.listen;
  rpc_options.threads =
      flags.threads > 0 ? flags.threads
                        : 2 * std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  rpc_options.max_waiting = flags.max_waiting;
  const std::filesystem::path port_file =
      flags.port_file.empty() ? flags.data / "port" : flags.port_file;
  std::error_code ignored;
  std::filesystem::remove(port_file, ignored);  // Of a server that was killed.
  absl::StatusOr<std::unique_ptr<rpc::Server>> server =
      rpc::Server::Start(rpc_options, services.api());
  if (!server.ok()) {
    return Fail(server.status());
  }
  if (!WritePortFile(port_file, (*server)->addresses())) {
    return Fail(
        absl::UnavailableError("cannot write the port file; choose another one with --port-file"));
  }
  for (const std::string& address : (*server)->addresses()) {
    spdlog::info("event=listening address={}", address);
    if (!IsLoopback(address)) {
      spdlog::warn(
          "event=open_to_network address={} message=\"anybody who reaches this address can read "
          "and write\"",
          address);
    }
    fmt::print("sildd listens on {}\n", address);
  }
  std::fflush(stdout);

  int signal = 0;
  sigwait(&end_signals, &signal);
  spdlog::info("event=shutdown_begun signal={}", signal == SIGTERM ? "SIGTERM" : "SIGINT");
  std::filesystem::remove(port_file, ignored);
  (*server)->Shutdown(std::chrono::seconds(flags.grace_seconds));
  server->reset();
  store->reset();  // Flushes what is only in memory and closes the files.
  spdlog::info("event=shutdown_done");
  return EXIT_SUCCESS;
}

}  // namespace
}  // namespace sild

int main(int argc, char** argv) {
  const sild::Flags flags = sild::ParseFlags(argc, argv);
  sild::SetUpLog(flags.log_level, flags.log_format);
  return sild::Run(flags);
}

#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <grpcpp/channel.h>
#include <sys/types.h>

#include "tests/support/temp_dir.h"

namespace sild::test {

// The real `sildd`, in a directory of its own, on a port of its own.
class ServerProcess {
 public:
  // Starts the server and waits until it says that it serves. `data`, if not empty, is where its
  // data are and stay.
  explicit ServerProcess(std::vector<std::string> more_arguments = {},
                         std::filesystem::path data = {});
  ~ServerProcess();
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  const std::string& address() const { return address_; }
  const std::filesystem::path& data() const { return data_; }
  pid_t pid() const { return pid_; }

  // A new channel to the server as it runs now.
  std::shared_ptr<grpc::Channel> Connect() const;

  // Ends the server with SIGKILL, as a crash would.
  void Kill();

  // Asks the server to end with SIGTERM and returns its exit code; nothing if it takes over 30 s.
  std::optional<int> Terminate();

  // Starts it again on the same data. Fails the test if it does not come up.
  void Start();

 private:
  TempDir directory_;
  const std::filesystem::path data_;
  const std::vector<std::string> more_arguments_;
  std::string address_;
  pid_t pid_ = -1;
};

// What a program did.
struct Finished {
  int exit_code = -1;
  std::string out;
  std::string err;
};

// Runs a program to its end, with `input` on standard input and `environment` (`KEY=value`) added.
Finished RunProgram(const std::vector<std::string>& command, const std::string& input = "",
                    const std::vector<std::string>& environment = {});

}  // namespace sild::test

#include "tests/end_to_end/server_process.h"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <thread>

#include <fcntl.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace sild::test {
namespace {

constexpr std::chrono::milliseconds kPoll{10};
constexpr std::chrono::seconds kStartLimit{60};
constexpr std::chrono::seconds kEndLimit{30};
constexpr int kMaxMessageBytes = 64 << 20;

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<char*> Pointers(const std::vector<std::string>& strings) {
  std::vector<char*> result;
  for (const std::string& string : strings) {
    result.push_back(const_cast<char*>(string.c_str()));
  }
  result.push_back(nullptr);
  return result;
}

// Starts `command` with its streams at these files; a null path keeps the stream.
pid_t Spawn(const std::vector<std::string>& command, const char* in, const char* out,
            const char* err, const std::vector<std::string>& environment) {
  const std::vector<char*> arguments = Pointers(command);
  const pid_t child = fork();
  if (child != 0) {
    return child;
  }
  const auto redirect = [](const char* path, int flags, int stream) {
    if (path != nullptr) {
      dup2(open(path, flags, 0600), stream);
    }
  };
  redirect(in, O_RDONLY, STDIN_FILENO);
  redirect(out, O_WRONLY | O_CREAT | O_TRUNC, STDOUT_FILENO);
  redirect(err, O_WRONLY | O_CREAT | O_APPEND, STDERR_FILENO);
  for (const std::string& variable : environment) {
    putenv(const_cast<char*>(variable.c_str()));
  }
  // Reading dictionaries takes a second, so tests that need them say so; there are none in `/`.
  setenv("SILD_DICTIONARIES", "/", 0);
  execv(arguments[0], arguments.data());
  _exit(127);
}

int ExitCode(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

ServerProcess::ServerProcess(std::vector<std::string> more_arguments, std::filesystem::path data)
    : data_(data.empty() ? directory_.path() / "data" : std::move(data)),
      more_arguments_(std::move(more_arguments)) {
  Start();
}

ServerProcess::~ServerProcess() {
  if (pid_ > 0) {
    Kill();
  }
  if (::testing::Test::HasFailure()) {
    std::fprintf(stderr, "--- log of sildd:\n%s---\n", ReadFile(directory_.path() / "log").c_str());
  }
}

void ServerProcess::Start() {
  const std::filesystem::path port_file = data_ / "port";
  std::error_code ignored;
  std::filesystem::remove(port_file, ignored);  // Left by a server that was killed.
  std::vector<std::string> command = {SILD_SERVER_BINARY, "--data", data_.string(), "--listen",
                                      "127.0.0.1:0"};
  command.insert(command.end(), more_arguments_.begin(), more_arguments_.end());
  const std::string log = (directory_.path() / "log").string();
  pid_ = Spawn(command, "/dev/null", "/dev/null", log.c_str(), {"SILD_LOG_LEVEL=debug"});
  const auto limit = std::chrono::steady_clock::now() + kStartLimit;
  while (!std::filesystem::exists(port_file)) {
    int status = 0;
    if (waitpid(pid_, &status, WNOHANG) == pid_) {
      pid_ = -1;
      FAIL() << "sildd ended with " << ExitCode(status) << " at once:\n" << ReadFile(log);
    }
    ASSERT_LT(std::chrono::steady_clock::now(), limit) << "sildd does not come up:\n"
                                                       << ReadFile(log);
    std::this_thread::sleep_for(kPoll);
  }
  std::getline(std::ifstream(port_file), address_);
}

std::shared_ptr<grpc::Channel> ServerProcess::Connect() const {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMaxMessageBytes);
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);  // A connection of its own.
  return grpc::CreateCustomChannel(address_, grpc::InsecureChannelCredentials(), arguments);
}

void ServerProcess::Kill() {
  kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
  pid_ = -1;
}

std::optional<int> ServerProcess::Terminate() {
  kill(pid_, SIGTERM);
  const auto limit = std::chrono::steady_clock::now() + kEndLimit;
  while (std::chrono::steady_clock::now() < limit) {
    int status = 0;
    if (waitpid(pid_, &status, WNOHANG) == pid_) {
      pid_ = -1;
      return ExitCode(status);
    }
    std::this_thread::sleep_for(kPoll);
  }
  return std::nullopt;
}

Finished RunProgram(const std::vector<std::string>& command, const std::string& input,
                    const std::vector<std::string>& environment) {
  const TempDir directory;
  const std::string in = (directory.path() / "in").string();
  const std::string out = (directory.path() / "out").string();
  const std::string err = (directory.path() / "err").string();
  std::ofstream(in) << input;
  const pid_t child = Spawn(command, in.c_str(), out.c_str(), err.c_str(), environment);
  int status = 0;
  waitpid(child, &status, 0);
  return {ExitCode(status), ReadFile(out), ReadFile(err)};
}

}  // namespace sild::test

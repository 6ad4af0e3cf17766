#include "server/flags.h"

#include <cstdlib>
#include <string>

#include <CLI/CLI.hpp>

namespace sild {
namespace {

constexpr int kMaxThreads = 1'024;

void AddOptions(CLI::App& app, Flags& flags) {
  app.add_option("--data", flags.data, "Directory of the database; made if it is not there")
      ->envname("SILD_DATA")
      ->capture_default_str();
  app.add_option(
         "--listen", flags.listen,
         "Address to serve gRPC on: HOST:PORT, with port 0 for any free one, or unix:PATH. May be "
         "given more than once. There are no passwords yet: keep to 127.0.0.1, or put something "
         "in front that checks who comes in")
      ->envname("SILD_LISTEN")
      ->delimiter(',')
      ->capture_default_str();
  app.add_option(
         "--port-file", flags.port_file,
         "File to write the addresses to, one a line, once the server is ready; removed when it "
         "ends. Default: the file \"port\" in the data directory")
      ->envname("SILD_PORT_FILE");
  app.add_option("--threads", flags.threads,
                 "Threads that do the work of calls. 0: two for each processor")
      ->envname("SILD_THREADS")
      ->check(CLI::Range(0, kMaxThreads))
      ->capture_default_str();
  app.add_option("--max-waiting", flags.max_waiting,
                 "Calls that may wait for a thread; more are answered RESOURCE_EXHAUSTED")
      ->envname("SILD_MAX_WAITING")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option("--block-cache", flags.block_cache_mib,
                 "Memory for what was read last of the database, in MiB")
      ->envname("SILD_BLOCK_CACHE")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option(
         "--index-memory", flags.index_memory_mib,
         "Memory for the retrieval indexes of the memories in use, in MiB: about 70 bytes a "
         "segment and language. What was not used for longest makes room; a memory whose "
         "index does not fit is looked up slowly")
      ->envname("SILD_INDEX_MEMORY")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option("--look-alike-memory", flags.look_alike_memory_mib,
                 "Of it, at most so much for lists of look-alike words, in MiB for each language")
      ->envname("SILD_LOOK_ALIKE_MEMORY")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option(
         "--dictionaries", flags.dictionaries,
         "Directories of Hunspell dictionaries, with which terms are inflected: et_EE, lt_LT and "
         "ru_RU, each from the first directory that has it. May be given more than once")
      ->envname("SILD_DICTIONARIES")
      ->check(CLI::ExistingDirectory)
      ->delimiter(',')
      ->capture_default_str();
  app.add_option("--grace", flags.grace_seconds,
                 "Seconds that calls under way get to finish when the server is told to end")
      ->envname("SILD_GRACE")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  app.add_option("--log-level", flags.log_level, "Least level of what is logged to standard error")
      ->envname("SILD_LOG_LEVEL")
      ->check(CLI::IsMember({"trace", "debug", "info", "warn", "error", "off"}))
      ->capture_default_str();
  app.add_option("--log-format", flags.log_format, "text: for people; json: one object a line")
      ->envname("SILD_LOG_FORMAT")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
}

}  // namespace

Flags ParseFlags(int argc, char** argv) {
  Flags flags;
  CLI::App app(
      "sildd keeps translation memories and glossaries and serves them over gRPC.\n"
      "Each option has a twin in the environment; the command line wins.",
      "sildd");
  app.set_version_flag("--version", SILD_VERSION);
  app.footer(
      "It ends on SIGTERM or SIGINT: calls under way are finished, then the database is closed.\n"
      "Exit codes: 0 ended when told to, 1 could not start, 2 wrong usage.");
  AddOptions(app, flags);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    constexpr int kWrongUsage = 2;
    std::exit(app.exit(error) == 0 ? 0 : kWrongUsage);
  }
  return flags;
}

}  // namespace sild

#include "client/cli/command_line.h"

#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "client/cli/completion.h"
#include "tests/support/temp_dir.h"

namespace sild::cli {
namespace {

// All commands, without the hidden ones.
void Collect(const CLI::App& app, std::vector<const CLI::App*>& commands) {
  commands.push_back(&app);
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (!command->get_group().empty()) {
      Collect(*command, commands);
    }
  }
}

class CommandLineTest : public ::testing::Test {
 protected:
  CommandLineTest() : command_line_(MakeCommandLine()) { Collect(command_line_->app, commands_); }

  std::unique_ptr<CommandLine> command_line_;
  std::vector<const CLI::App*> commands_;
};

std::string Manual() {
  std::ostringstream text;
  text << std::ifstream(std::string(SILD_SOURCE_DIR) + "/client/cli/sild.1").rdbuf();
  return text.str();
}

bool HoldsOthers(const CLI::App& command) {
  return !command.get_subcommands([](const CLI::App*) { return true; }).empty();
}

// As it is typed: `sild memory import`.
std::string FullName(const CLI::App& command) {
  return command.get_parent() == nullptr
             ? command.get_name()
             : FullName(*command.get_parent()) + " " + command.get_name();
}

TEST_F(CommandLineTest, ManualNamesEveryCommand) {
  const std::string manual = Manual();
  for (const CLI::App* command : commands_) {
    if (!HoldsOthers(*command)) {
      EXPECT_THAT(manual, ::testing::HasSubstr(".Ss " + FullName(*command)));
    }
  }
}

TEST_F(CommandLineTest, ManualNamesEveryOption) {
  const std::string manual = Manual();
  for (const CLI::App* command : commands_) {
    for (const CLI::Option* option : command->get_options()) {
      for (const std::string& name : option->get_lnames()) {
        // In mdoc `Fl -json` shows `--json`.
        EXPECT_TRUE(std::regex_search(manual, std::regex("Fl -" + name + "\\b(?!-)")))
            << command->get_name() << " --" << name;
      }
    }
  }
}

TEST_F(CommandLineTest, HelpExplainsEachOptionWithAnExample) {
  for (const CLI::App* command : commands_) {
    for (const CLI::Option* option : command->get_options()) {
      EXPECT_THAT(option->get_description(), ::testing::HasSubstr("such as"))
          << command->get_name() << " " << option->get_name();
    }
  }
}

TEST_F(CommandLineTest, HelpOfEachCommandHasAnExampleOfIt) {
  for (const CLI::App* command : commands_) {
    if (!HoldsOthers(*command)) {
      EXPECT_THAT(command->get_footer(), ::testing::HasSubstr(FullName(*command)));
    }
  }
}

TEST_F(CommandLineTest, CompletionKnowsEveryCommandAndOption) {
  std::set<std::string> trails;
  for (const Place& place : PlacesOf(command_line_->app)) {
    trails.insert(place.trail);
  }
  EXPECT_EQ(trails.size(), commands_.size());
  EXPECT_TRUE(trails.contains(" memory import"));
  EXPECT_FALSE(trails.contains(" completion"));
}

// What bash offers after `words`, the last of which is being typed.
std::string OfferedByBash(const CommandLine& command_line, const std::string& words, int last) {
  const test::TempDir directory;
  const std::string path = directory.path() / "sild.bash";
  std::ofstream(path) << CompletionScript(command_line.app, "bash") << "COMP_WORDS=(" << words
                      << ")\nCOMP_CWORD=" << last << "\n_sild\necho \"${COMPREPLY[*]}\"\n";
  FILE* const shell = popen(("bash " + path + " 2>&1").c_str(), "r");
  std::string offered;
  for (int c = fgetc(shell); c != EOF; c = fgetc(shell)) {
    offered += static_cast<char>(c);
  }
  pclose(shell);
  return offered;
}

TEST_F(CommandLineTest, BashCompletesCommands) {
  EXPECT_EQ(OfferedByBash(*command_line_, "sild --json memory im", 3), "import\n");
}

TEST_F(CommandLineTest, BashCompletesOptionsOfTheCommandAndGlobalOnes) {
  EXPECT_EQ(OfferedByBash(*command_line_, "sild lookup --e", 2),
            "--explain --exclude-reversed --exclude-pivot --exclude-fragments\n");
  EXPECT_EQ(OfferedByBash(*command_line_, "sild memory import news --js", 4), "--json\n");
}

}  // namespace
}  // namespace sild::cli

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>

namespace sild::cli {

// A word that may be typed at some place of the command line.
struct Candidate {
  std::string word;  // A command, or an option with its dashes.
  std::string description;
};

// What may follow some commands.
struct Place {
  std::string trail;  // The commands before it, each after a space: ` memory import`. May be empty.
  std::vector<Candidate> candidates = {};
  bool takes_files = false;
};

// All places of the command line that `app` parses, without hidden commands, the outermost first.
std::vector<Place> PlacesOf(const CLI::App& app);

// The shells that `CompletionScript` knows: `bash`, `zsh` and `fish`.
std::vector<std::string> KnownShells();

// Returns the script that completes the commands and options of `app` in a shell.
std::string CompletionScript(const CLI::App& app, std::string_view shell);

}  // namespace sild::cli

#include "client/cli/completion.h"

#include <memory>

#include <fmt/format.h>

#include "client/cli/commands.h"
#include "client/cli/options.h"

namespace sild::cli {
namespace {

void AddOptions(const CLI::App& app, Place& place) {
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) {
      place.candidates.push_back({"--" + name, option->get_description()});
    }
    for (const std::string& name : option->get_snames()) {
      place.candidates.push_back({"-" + name, option->get_description()});
    }
    place.takes_files =
        place.takes_files || option->get_name(true) == "FILE" || option->get_type_name() == "FILE";
  }
}

void Collect(const CLI::App& root, const CLI::App& app, const std::string& trail,
             std::vector<Place>& places) {
  Place place{.trail = trail};
  const auto commands = app.get_subcommands([](const CLI::App* command) {
    return !command->get_group().empty();  // Without a group it is hidden.
  });
  for (const CLI::App* command : commands) {
    place.candidates.push_back({command->get_name(), command->get_description()});
  }
  AddOptions(app, place);
  if (&app != &root) {
    AddOptions(root, place);  // They may stand after any command.
  }
  places.push_back(std::move(place));
  for (const CLI::App* command : commands) {
    Collect(root, *command, trail + " " + command->get_name(), places);
  }
}

// Returns `text` with `escape` before each of `special`.
std::string Escaped(std::string_view text, std::string_view special, std::string_view escape) {
  std::string result;
  for (const char c : text) {
    if (special.find(c) != std::string_view::npos) {
      result += escape;
    }
    result += c;
  }
  return result;
}

// In single quotes as sh, bash and zsh read them.
std::string ShellQuoted(std::string_view text) {
  std::string result = "'";
  for (const char c : text) {
    result += c == '\'' ? "'\\''" : std::string(1, c);
  }
  return result + "'";
}

// All trails but the empty one, as patterns of a `case`.
std::string TrailPatterns(const std::vector<Place>& places, std::string_view separator) {
  std::string patterns;
  for (const Place& place : places) {
    if (!place.trail.empty()) {
      patterns += (patterns.empty() ? "" : std::string(separator)) + ShellQuoted(place.trail);
    }
  }
  return patterns;
}

std::string BashScript(const std::vector<Place>& places) {
  std::string cases;
  for (const Place& place : places) {
    std::string words;
    for (const Candidate& candidate : place.candidates) {
      words += (words.empty() ? "" : " ") + candidate.word;
    }
    cases += fmt::format("    {}) words={} ;;\n", ShellQuoted(place.trail), ShellQuoted(words));
  }
  return fmt::format(R"(# Completes the arguments of sild in bash. Made by: sild completion bash
_sild() {{
  local trail= words= i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$trail ${{COMP_WORDS[i]}}" in
      {}) trail="$trail ${{COMP_WORDS[i]}}" ;;
    esac
  done
  case "$trail" in
{}  esac
  COMPREPLY=($(compgen -W "$words" -- "${{COMP_WORDS[COMP_CWORD]}}"))
}}
complete -o bashdefault -o default -F _sild sild
)",
                     TrailPatterns(places, "|"), cases);
}

std::string ZshScript(const std::vector<Place>& places) {
  std::string cases;
  for (const Place& place : places) {
    cases += fmt::format("    {}) choices=(\n", ShellQuoted(place.trail));
    for (const Candidate& candidate : place.candidates) {
      cases += fmt::format("      {}\n", ShellQuoted(Escaped(candidate.word, ":", "\\") + ":" +
                                                     Escaped(candidate.description, ":", "\\")));
    }
    cases += "    ) ;;\n";
  }
  return fmt::format(R"(#compdef sild
# Completes the arguments of sild in zsh. Made by: sild completion zsh
_sild() {{
  local trail= word
  local -a choices
  for word in ${{words[2,CURRENT-1]}}; do
    case "$trail $word" in
      {}) trail="$trail $word" ;;
    esac
  done
  case "$trail" in
{}  esac
  _describe sild choices || _files
}}
_sild "$@"
)",
                     TrailPatterns(places, "|"), cases);
}

std::string FishQuoted(std::string_view text) { return "'" + Escaped(text, "'\\", "\\") + "'"; }

std::string FishScript(const std::vector<Place>& places) {
  std::string lines;
  for (const Place& place : places) {
    const std::string condition = FishQuoted("__sild_at " + FishQuoted(place.trail));
    for (const Candidate& candidate : place.candidates) {
      const std::string what = candidate.word.starts_with("--")  ? "-l " + candidate.word.substr(2)
                               : candidate.word.starts_with('-') ? "-s " + candidate.word.substr(1)
                                                                 : "-a " + candidate.word;
      lines += fmt::format("complete -c sild{} -n {} {} -d {}\n", place.takes_files ? "" : " -f",
                           condition, what, FishQuoted(candidate.description));
    }
  }
  return fmt::format(R"(# Completes the arguments of sild in fish. Made by: sild completion fish
function __sild_at
  set -l trail ''
  for word in (commandline -opc)[2..-1]
    if contains -- "$trail $word" {}
      set trail "$trail $word"
    end
  end
  test "$trail" = "$argv[1]"
end
{})",
                     TrailPatterns(places, " "), lines);
}

}  // namespace

std::vector<Place> PlacesOf(const CLI::App& app) {
  std::vector<Place> places;
  Collect(app, app, "", places);
  return places;
}

std::vector<std::string> KnownShells() { return {"bash", "zsh", "fish"}; }

std::string CompletionScript(const CLI::App& app, std::string_view shell) {
  const std::vector<Place> places = PlacesOf(app);
  if (shell == "bash") {
    return BashScript(places);
  }
  return shell == "zsh" ? ZshScript(places) : FishScript(places);
}

void AddCompletionCommand(CLI::App& app, Action& chosen) {
  const auto shell = std::make_shared<std::string>();
  CLI::App* const command =
      AddCommand(app, chosen, "completion", "Prints the completion script of a shell",
                 "  sild completion bash > ~/.local/share/bash-completion/completions/sild",
                 [shell, &app](Session& session) {
                   session.console().out << CompletionScript(app, *shell);
                   return absl::OkStatus();
                 });
  command->group("");  // Hidden: of use once, when it is installed.
  AddArgument(*command, "SHELL", *shell, "The shell, such as bash")
      ->check(CLI::IsMember(KnownShells()));
}

}  // namespace sild::cli

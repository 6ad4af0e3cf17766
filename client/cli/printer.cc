#include "client/cli/printer.h"

#include <cstdlib>

namespace sild::cli {
namespace {

// The parameters of the escape sequence (ECMA-48, "select graphic rendition").
std::string_view ParametersOf(Style style) {
  switch (style) {
    case Style::kPlain:
      return "";
    case Style::kHeading:
      return "1";
    case Style::kQuiet:
      return "2";
    case Style::kLanguage:
      return "36";
    case Style::kGood:
      return "32";
    case Style::kDoubtful:
      return "33";
    case Style::kBad:
      return "31";
    case Style::kInserted:
      return "32;4";
    case Style::kDeleted:
      return "31;9";
    case Style::kFound:
      return "33;1";
  }
  return "";
}

}  // namespace

bool WantsColor(ColorMode mode, bool is_terminal) {
  if (mode != ColorMode::kAuto) {
    return mode == ColorMode::kAlways;
  }
  const char* no_color = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  const bool is_wanted = no_color == nullptr || *no_color == '\0';
  return is_terminal && is_wanted && (terminal == nullptr || std::string_view(terminal) != "dumb");
}

std::string Printer::Styled(Style style, std::string_view text) const {
  const std::string_view parameters = ParametersOf(style);
  if (!is_colored_ || parameters.empty() || text.empty()) {
    return std::string(text);
  }
  std::string result = "\x1b[";
  result.append(parameters).append("m").append(text).append("\x1b[0m");
  return result;
}

void Printer::Line(std::string_view text) { out_ << text << '\n'; }

bool Printer::Flush() {
  out_.flush();
  return out_.good();
}

}  // namespace sild::cli

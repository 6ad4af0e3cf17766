#pragma once

#include <ostream>
#include <string>
#include <string_view>

namespace sild::cli {

// What a piece of output is, so that it can be coloured.
enum class Style {
  kPlain,
  kHeading,
  kQuiet,     // Names and dates beside what matters.
  kLanguage,  // A language code.
  kGood,
  kDoubtful,
  kBad,
  kInserted,  // Only in the query.
  kDeleted,   // Only in what is stored.
  kFound,     // What was looked for.
};

// When to colour.
enum class ColorMode { kAuto, kAlways, kNever };

// Whether to colour what goes to a stream: in `kAuto` on a terminal that can, unless `NO_COLOR` is
// set and not empty (no-color.org).
bool WantsColor(ColorMode mode, bool is_terminal);

// Writes lines, coloured or plain.
class Printer {
 public:
  // `out` must outlive the printer.
  Printer(std::ostream& out, bool is_colored) : out_(out), is_colored_(is_colored) {}

  bool is_colored() const { return is_colored_; }

  // Returns `text`, which must be `Visible`, in the colours of `style`.
  std::string Styled(Style style, std::string_view text) const;

  // Writes a line; it may be read only after `Flush`.
  void Line(std::string_view text);

  // Hands all lines on. Returns false if some could not be written.
  bool Flush();

 private:
  std::ostream& out_;
  const bool is_colored_;
};

}  // namespace sild::cli

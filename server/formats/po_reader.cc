#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include <absl/strings/ascii.h>
#include <fmt/format.h>

#include "server/formats/entry_problems.h"
#include "server/formats/line_reader.h"
#include "server/formats/pair_problems.h"
#include "server/formats/pairs.h"
#include "server/model/try.h"

namespace sild::formats {
namespace {

// The most plural forms that any language has are six.
constexpr std::size_t kMaxPlurals = 100;

// What an entry takes up beside its texts.
constexpr std::size_t kStringBytes = 16;

std::string_view WithoutSpace(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\f\v");
  return begin == std::string_view::npos
             ? std::string_view()
             : text.substr(begin, text.find_last_not_of(" \t\r\f\v") + 1 - begin);
}

bool IsOctal(char c) { return c >= '0' && c <= '7'; }

int HexValue(char c) {
  const char lower = absl::ascii_tolower(static_cast<unsigned char>(c));
  return absl::ascii_isdigit(static_cast<unsigned char>(c)) ? c - '0'
         : lower >= 'a' && lower <= 'f'                     ? lower - 'a' + 10
                                                            : -1;
}

// Appends what the escape at `at`, just behind its backslash, stands for, and moves behind it.
void AppendEscape(std::string_view in, std::size_t& at, std::string& out) {
  static constexpr std::string_view kNames = "ntrabfv";
  static constexpr std::string_view kValues = "\n\t\r\a\b\f\v";
  const char name = in[at++];
  if (const std::size_t index = kNames.find(name); index != std::string_view::npos) {
    out += kValues[index];
  } else if (IsOctal(name)) {
    int value = name - '0';
    for (int i = 0; i < 2 && at < in.size() && IsOctal(in[at]); ++i) {
      value = value * 8 + (in[at++] - '0');
    }
    out += static_cast<char>(value);
  } else if (name == 'x' && at < in.size() && HexValue(in[at]) >= 0) {
    int value = 0;
    for (int i = 0; i < 2 && at < in.size() && HexValue(in[at]) >= 0; ++i) {
      value = value * 16 + HexValue(in[at++]);
    }
    out += static_cast<char>(value);
  } else {
    out += name;  // A quote or a backslash; of an unknown one the letter.
  }
}

// Appends the content of `quoted`, a string in quotes with nothing behind it, to `out`. Returns
// whether it is one.
bool AppendString(std::string_view quoted, std::string& out) {
  if (quoted.empty() || quoted.front() != '"') {
    return false;
  }
  for (std::size_t at = 1; at < quoted.size();) {
    const char c = quoted[at++];
    if (c == '"') {
      return at == quoted.size();
    }
    if (c != '\\') {
      out += c;
    } else if (at < quoted.size()) {
      AppendEscape(quoted, at, out);
    }
  }
  return false;
}

class PoHandler : public LineHandler {
 public:
  PoHandler(const ReadOptions& options, PairSink& sink)
      : limits_(options.limits), sink_(sink), problems_(limits_, "entry", sink) {}

  absl::Status OnLine(std::string_view line, const Place& place, bool is_whole) override;
  absl::Status OnEnd(std::int64_t bytes) override;
  void OnNotice(std::string message) override { problems_.Add(std::move(message)); }
  std::int64_t last_unit_end_bytes() const override { return last_unit_end_bytes_; }

 private:
  struct Entry {
    Place place;
    std::string reference;
    bool is_fuzzy = false;
    bool is_obsolete = false;
    std::optional<std::string> context;
    std::optional<std::string> id;
    std::optional<std::string> plural;
    std::vector<std::string> translations;  // By number of the plural form.
  };

  void TakeComment(std::string_view comment);
  absl::Status TakeKeyword(std::string_view line, const Place& place);
  std::string* StringFor(std::string_view keyword);
  void Append(std::string_view quoted);
  void Begin(const Place& place);
  absl::Status EndEntry(std::int64_t end_bytes);
  absl::Status Deliver(const Entry& entry);
  void Check(std::string_view text, std::string_view name);

  const UnitLimits limits_;
  PairSink& sink_;
  EntryProblems problems_;
  Entry entry_;
  bool is_open_ = false;           // `problems_` has begun.
  std::string* string_ = nullptr;  // That quoted lines go on with. Null: none, or it is skipped.
  std::int64_t last_unit_end_bytes_ = 0;
};

absl::Status PoHandler::OnLine(std::string_view line, const Place& place, bool is_whole) {
  line = WithoutSpace(line);
  if (line.starts_with("#~")) {
    // Obsolete entries have no use, whatever they hold.
    if (is_open_) {
      SILD_CHECK_OK(EndEntry(place.offset_bytes));
    }
    entry_ = {};  // The flags and references before it are its own.
    return absl::OkStatus();
  }
  if (line.empty() || line.starts_with('#')) {
    if (is_open_) {
      SILD_CHECK_OK(EndEntry(place.offset_bytes));
    }
    TakeComment(line);
    return absl::OkStatus();
  }
  if (!is_whole) {
    Begin(place);
    problems_.Drop(
        fmt::format("line {} is longer than {} bytes; split it", place.line, limits_.unit_bytes));
    return absl::OkStatus();
  }
  if (line.starts_with('"')) {
    Begin(place);
    if (string_ == nullptr) {
      problems_.Drop(fmt::format("line {}: a string stands where none belongs", place.line));
    } else {
      Append(line);
    }
    return absl::OkStatus();
  }
  return TakeKeyword(line, place);
}

// A comment belongs to the entry behind it.
void PoHandler::TakeComment(std::string_view comment) {
  if (comment.starts_with("#,")) {
    entry_.is_fuzzy = entry_.is_fuzzy || comment.find("fuzzy") != std::string_view::npos;
  } else if (comment.starts_with("#:") && entry_.reference.empty()) {
    const std::string_view references = WithoutSpace(comment.substr(2));
    entry_.reference = Clip(references.substr(0, references.find(' ')), limits_.field_chars);
  }
}

absl::Status PoHandler::TakeKeyword(std::string_view line, const Place& place) {
  const std::size_t quote = std::min(line.find('"'), line.size());
  const std::string_view keyword = WithoutSpace(line.substr(0, quote));
  const bool begins = (keyword == "msgctxt" && is_open_) ||
                      (keyword == "msgid" && (entry_.id || !entry_.translations.empty()));
  if (begins) {
    SILD_CHECK_OK(EndEntry(place.offset_bytes));
  }
  if (keyword == "domain") {
    return absl::OkStatus();
  }
  Begin(place);
  string_ = StringFor(keyword);
  if (string_ == nullptr) {
    problems_.Drop(
        fmt::format("line {} is no part of a catalogue: \"{}\"", place.line, Clip(keyword)));
    return absl::OkStatus();
  }
  Append(line.substr(quote));
  return absl::OkStatus();
}

// The string that a keyword begins. Null: it is none, or stands where it does not belong.
std::string* PoHandler::StringFor(std::string_view keyword) {
  if (keyword == "msgctxt") {
    return &entry_.context.emplace();
  }
  if (keyword == "msgid") {
    return &entry_.id.emplace();
  }
  if (keyword == "msgid_plural") {
    return &entry_.plural.emplace();
  }
  const std::string numbered = fmt::format("msgstr[{}]", entry_.translations.size());
  const bool is_next = keyword == numbered && entry_.translations.size() < kMaxPlurals;
  if (!is_next && (keyword != "msgstr" || !entry_.translations.empty())) {
    return nullptr;
  }
  return &entry_.translations.emplace_back();
}

void PoHandler::Append(std::string_view quoted) {
  problems_.Grow(kStringBytes + quoted.size());
  if (problems_.is_dropped()) {
    return;
  }
  if (!AppendString(quoted, *string_)) {
    problems_.Drop("a string of the entry does not end with a quote at the end of its line");
  }
}

void PoHandler::Begin(const Place& place) {
  if (!std::exchange(is_open_, true)) {
    entry_.place = place;
    problems_.Begin(place, entry_.reference);
  }
}

absl::Status PoHandler::OnEnd(std::int64_t bytes) {
  return is_open_ ? EndEntry(bytes) : absl::OkStatus();
}

absl::Status PoHandler::EndEntry(std::int64_t end_bytes) {
  last_unit_end_bytes_ = end_bytes;
  const Entry entry = std::exchange(entry_, {});
  string_ = nullptr;
  is_open_ = false;
  if (!entry.id && !problems_.is_dropped()) {
    problems_.Drop("the entry has no msgid");
  }
  for (const auto& [text, name] :
       {std::pair(&entry.id, "the msgid"), std::pair(&entry.context, "the msgctxt"),
        std::pair(&entry.plural, "the msgid_plural")}) {
    Check(text->value_or(""), name);
  }
  for (const std::string& translation : entry.translations) {
    Check(translation, "a msgstr");
  }
  return problems_.End() ? Deliver(entry) : absl::OkStatus();
}

void PoHandler::Check(std::string_view text, std::string_view name) {
  problems_.Drop(TextProblemOf(text, name, limits_));
}

absl::Status PoHandler::Deliver(const Entry& entry) {
  if (entry.id->empty() && !entry.context) {
    return absl::OkStatus();  // The header.
  }
  ParsedPair pair;
  pair.unit_id = Clip(entry.context.value_or(entry.reference), limits_.field_chars);
  pair.offset_bytes = entry.place.offset_bytes;
  pair.line = entry.place.line;
  const std::size_t count = std::max<std::size_t>(entry.translations.size(), 1);
  for (std::size_t i = 0; i < count; ++i) {
    ParsedPair one = pair;
    one.source.text = i == 0 ? *entry.id : entry.plural.value_or(*entry.id);
    if (i < entry.translations.size() && !entry.translations[i].empty() && !entry.is_fuzzy) {
      one.target.emplace().text = entry.translations[i];
    }
    SILD_CHECK_OK(sink_.OnPair(std::move(one)));
  }
  return absl::OkStatus();
}

}  // namespace

std::unique_ptr<FileReader> NewPoReader(const ReadOptions& options, PairSink& sink) {
  return NewLineReader(options, Declaration::kGettext, std::make_unique<PoHandler>(options, sink));
}

}  // namespace sild::formats

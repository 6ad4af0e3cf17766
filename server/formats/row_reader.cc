#include "server/formats/row_reader.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "server/formats/text_file_reader.h"
#include "server/model/try.h"
#include "server/text/utf8.h"

namespace sild::formats {
namespace {

constexpr std::size_t kMaxFirstLineBytes = std::size_t{64} << 10;
constexpr std::size_t kMaxCells = 10'000;

// The bytes of the character at the beginning of `text` if no text may hold it, else 0.
std::size_t LengthOfForbidden(std::string_view text) {
  if (text.starts_with("\xEF\xBF\xBE") || text.starts_with("\xEF\xBF\xBF")) {
    return 3;
  }
  constexpr std::string_view kAllowed = "\t\n\r";
  return !text.empty() && static_cast<unsigned char>(text[0]) < 0x20 &&
                 kAllowed.find(text[0]) == std::string_view::npos
             ? 1
             : 0;
}

// Removes from `cell` the characters that no text may hold, and counts them. False: it is not
// UTF-8, and is as it was. O(n), also of a cell that has no other characters.
bool Clean(std::string& cell, std::size_t& removed) {
  std::string clean;
  std::size_t forbidden = 0;
  std::string_view rest = cell;
  while (const auto problem = text::FindTextProblem(rest)) {
    clean.append(rest.substr(0, problem->byte_offset));
    rest.remove_prefix(problem->byte_offset);
    std::size_t length = LengthOfForbidden(rest);
    if (length == 0) {
      return false;
    }
    for (; length > 0; length = LengthOfForbidden(rest)) {
      rest.remove_prefix(length);
      ++forbidden;
    }
  }
  if (forbidden > 0) {
    clean.append(rest);
    cell = std::move(clean);
    removed += forbidden;
  }
  return true;
}

// Cuts UTF-8 into rows as it comes.
class RowSplitter {
 public:
  RowSplitter(RowHandler& handler, std::size_t max_row_bytes)
      : handler_(handler), max_row_bytes_(max_row_bytes) {}

  void Begin(RowDialect dialect) { dialect_ = dialect; }

  absl::Status Feed(std::string_view text) {
    for (const char c : text) {
      SILD_CHECK_OK(Take(c));
    }
    return absl::OkStatus();
  }

  absl::Status Finish() {
    if (state_ == State::kQuoted) {
      return absl::InvalidArgumentError(fmt::format(
          "line {}: a cell that begins with \" there, or in a line below, never ends; close it, "
          "and double each \" inside a cell",
          row_.place.line));
    }
    return has_row_ ? EndRow() : absl::OkStatus();
  }

 private:
  enum class State : std::uint8_t { kCellStart, kPlain, kQuoted, kQuote };

  absl::Status Take(char c) {
    if (std::exchange(after_return_, c == '\r') && c == '\n') {
      ++offset_;  // `\r\n` is one line end.
      return absl::OkStatus();
    }
    if (!std::exchange(has_row_, true)) {
      row_.place = {offset_, line_};
    }
    ++offset_;
    const bool is_line_end = c == '\n' || c == '\r';
    line_ += is_line_end ? 1 : 0;
    if (state_ == State::kQuoted) {
      TakeQuoted(is_line_end ? '\n' : c);
      return absl::OkStatus();
    }
    if (is_line_end) {
      return EndRow();
    }
    TakePlain(c);
    return absl::OkStatus();
  }

  // Takes a character between quotes.
  void TakeQuoted(char c) {
    if (c == '"') {
      state_ = State::kQuote;
    } else {
      Put(c);
    }
  }

  // Takes one that is not between quotes, or stands right behind one.
  void TakePlain(char c) {
    if (state_ == State::kQuote && c == '"') {
      Put('"');
      state_ = State::kQuoted;
    } else if (c == dialect_.separator) {
      EndCell();
    } else if (state_ == State::kCellStart && c == '"' && dialect_.has_quotes) {
      state_ = State::kQuoted;
    } else {
      if (state_ == State::kQuote) {  // The cell goes on, so the quotes were a part of it.
        if (cell_.find('\n') != std::string::npos && row_.problem.empty()) {
          row_.problem =
              "a cell begins with \" and goes on behind the next \", which is on another line; "
              "double each \" inside a cell, and put the cell between \"";
        }
        cell_ = '"' + cell_ + '"';
      }
      Put(c);
      state_ = State::kPlain;
    }
  }

  void Put(char c) {
    if (++row_bytes_ <= max_row_bytes_) {
      cell_ += c;
    } else if (row_.problem.empty()) {
      row_.problem = fmt::format("the row is larger than {} bytes; split it", max_row_bytes_);
    }
  }

  void EndCell() {
    state_ = State::kCellStart;
    if (row_.cells.size() >= kMaxCells) {
      row_.problem = fmt::format("the row has more than {} cells; remove some", kMaxCells);
      cell_.clear();
      return;
    }
    if (!Clean(cell_, row_.removed_controls)) {
      if (row_.problem.empty()) {
        row_.problem =
            fmt::format("cell {} has bytes that are no characters of UTF-8; save the file as UTF-8",
                        row_.cells.size() + 1);
      }
      cell_.clear();
    }
    row_.cells.push_back(std::exchange(cell_, {}));
  }

  absl::Status EndRow() {
    EndCell();
    row_.end_bytes = offset_;
    row_bytes_ = 0;
    has_row_ = false;
    return handler_.OnRow(std::exchange(row_, {}));
  }

  RowHandler& handler_;
  const std::size_t max_row_bytes_;
  RowDialect dialect_;
  State state_ = State::kCellStart;
  bool has_row_ = false;
  bool after_return_ = false;
  Row row_;
  std::string cell_;
  std::size_t row_bytes_ = 0;
  std::int64_t offset_ = 0;
  std::int32_t line_ = 1;
};

// Where the first line of `text` that is not empty ends, by line ends outside of `"`. Nothing if it
// does not end yet.
std::optional<std::size_t> FirstLineEnd(std::string_view text) {
  bool is_quoted = false;
  for (std::size_t i = text.find_first_not_of("\r\n"); i < text.size(); ++i) {
    is_quoted = is_quoted != (text[i] == '"');
    if (!is_quoted && (text[i] == '\n' || text[i] == '\r')) {
      return i;
    }
  }
  return std::nullopt;
}

class RowReader : public TextFileReader {
 public:
  RowReader(const ReadOptions& options, std::unique_ptr<RowHandler> handler)
      : TextFileReader(options,
                       [this](std::string message) { handler_->OnNotice(std::move(message)); }),
        handler_(std::move(handler)),
        splitter_(*handler_, options.limits.unit_bytes) {}

  std::int64_t last_unit_end_bytes() const override { return handler_->last_unit_end_bytes(); }

 private:
  absl::Status OnText(std::string_view text) override { return Split(text, false); }

  absl::Status OnLastText(std::string_view text) override {
    SILD_CHECK_OK(Split(text, true));
    SILD_CHECK_OK(splitter_.Finish());
    return handler_->OnEnd();
  }

  // Keeps the beginning of the file until the handler can choose by it.
  absl::Status Split(std::string_view text, bool is_end) {
    if (is_chosen_) {
      return splitter_.Feed(text);
    }
    start_.append(text);
    const bool may_end = text.find_first_of("\r\n") != std::string_view::npos || is_end;
    auto end = may_end ? FirstLineEnd(start_) : std::nullopt;
    if (!end && !is_end && start_.size() < kMaxFirstLineBytes) {
      return absl::OkStatus();
    }
    // So that the choice does not depend on the pieces in which the file came.
    end = std::min(end.value_or(start_.size()), kMaxFirstLineBytes);
    SILD_TRY(const RowDialect dialect, handler_->Choose(std::string_view(start_).substr(0, *end)));
    splitter_.Begin(dialect);
    is_chosen_ = true;
    return splitter_.Feed(std::exchange(start_, {}));
  }

  std::unique_ptr<RowHandler> handler_;
  RowSplitter splitter_;
  bool is_chosen_ = false;
  std::string start_;
};

}  // namespace

bool Row::IsBlank() const {
  return std::all_of(cells.begin(), cells.end(), [](const std::string& cell) {
    return cell.find_first_not_of(" \t\n") == std::string::npos;
  });
}

std::unique_ptr<FileReader> NewRowReader(const ReadOptions& options,
                                         std::unique_ptr<RowHandler> handler) {
  return std::make_unique<RowReader>(options, std::move(handler));
}

}  // namespace sild::formats

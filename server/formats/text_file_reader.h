#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "server/formats/decoder.h"
#include "server/formats/inflate.h"
#include "server/formats/reader.h"
#include "server/model/try.h"

namespace sild::formats {

// A reader of a file of text: unfolds and decodes it, and gives the text on in pieces.
class TextFileReader : public FileReader {
 public:
  absl::Status Feed(std::string_view bytes) final {
    if (status_.ok() && !bytes.empty()) {
      status_ = inflater_.Feed(bytes, [this](std::string_view piece) { return Take(piece); });
    }
    return status_;
  }

  absl::Status Finish() final {
    if (status_.ok()) {
      status_ = End();
    }
    return status_;
  }

 protected:
  // `notice` takes what is worth telling about the file as a whole.
  TextFileReader(const ReadOptions& options, Decoder::Notice notice,
                 Declaration declaration = Declaration::kXml)
      : is_cancelled_(options.is_cancelled),
        inflater_(options.max_decompressed_bytes),
        decoder_(std::move(notice), declaration) {}

 private:
  // Takes the next piece of the text, which may end anywhere.
  virtual absl::Status OnText(std::string_view text) = 0;

  // Takes the last piece, which may be empty.
  virtual absl::Status OnLastText(std::string_view text) = 0;

  absl::Status Take(std::string_view piece) {
    if (is_cancelled_ && is_cancelled_()) {
      return absl::CancelledError("the reading of the file was cancelled");
    }
    text_.clear();
    SILD_CHECK_OK(decoder_.Feed(piece, text_));
    return OnText(text_);
  }

  absl::Status End() {
    SILD_CHECK_OK(inflater_.Finish([this](std::string_view piece) { return Take(piece); }));
    text_.clear();
    SILD_CHECK_OK(decoder_.Finish(text_));
    return OnLastText(text_);
  }

  const std::function<bool()> is_cancelled_;
  Inflater inflater_;
  Decoder decoder_;
  std::string text_;
  absl::Status status_;
};

}  // namespace sild::formats

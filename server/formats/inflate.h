#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include <absl/status/status.h>

namespace sild::formats {

// Undoes gzip, told by its first bytes; any other file passes as it is. Refuses what unfolds to
// more than `max_bytes`, or to more than 200 times its size once past 64 MiB (zip bombs).
class Inflater {
 public:
  using Output = std::function<absl::Status(std::string_view)>;

  explicit Inflater(std::int64_t max_bytes);
  ~Inflater();
  Inflater(const Inflater&) = delete;
  Inflater(Inflater&&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  Inflater& operator=(Inflater&&) = delete;

  // Gives the next plain bytes to `output` in pieces of at most 64 KiB. Errors of `output` are
  // returned; `InvalidArgument` for a broken or a zip archive, `ResourceExhausted` for a limit.
  absl::Status Feed(std::string_view bytes, const Output& output);

  // `InvalidArgument` if the compressed file is cut off.
  absl::Status Finish(const Output& output);

 private:
  struct Stream;
  enum class Mode { kUnknown, kPlain, kGzip };

  absl::Status Pass(std::string_view bytes, const Output& output) const;
  absl::Status Inflate(std::string_view bytes, const Output& output);
  absl::Status CheckSize() const;

  const std::int64_t max_bytes_;
  Mode mode_ = Mode::kUnknown;
  std::string start_;  // The first bytes, until there are enough to tell.
  std::unique_ptr<Stream> stream_;
  std::int64_t in_bytes_ = 0;
  std::int64_t out_bytes_ = 0;
  bool at_member_end_ = false;
};

}  // namespace sild::formats

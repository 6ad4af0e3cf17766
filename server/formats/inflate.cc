#include "server/formats/inflate.h"

#include <algorithm>
#include <array>
#include <string>

#include <fmt/format.h>
#include <zlib.h>

#include "server/model/try.h"

namespace sild::formats {
namespace {

constexpr std::size_t kPieceBytes = std::size_t{64} << 10;
constexpr std::int64_t kFreeBytes = 64 << 20;  // Below this no ratio is a danger.
constexpr std::int64_t kMaxRatio = 200;        // Repetitive XML reaches 100.
constexpr int kGzipWindow = 16 + MAX_WBITS;    // zlib.h: 16 more reads gzip.
constexpr std::string_view kGzipMagic = "\x1f\x8b";
constexpr std::string_view kZipMagic = "PK\x03\x04";

}  // namespace

struct Inflater::Stream {
  Stream() { ok = inflateInit2(&z, kGzipWindow) == Z_OK; }
  ~Stream() {
    if (ok) {
      inflateEnd(&z);
    }
  }
  Stream(const Stream&) = delete;
  Stream(Stream&&) = delete;
  Stream& operator=(const Stream&) = delete;
  Stream& operator=(Stream&&) = delete;

  z_stream z = {};
  bool ok = false;
  std::array<char, kPieceBytes> buffer = {};
};

Inflater::Inflater(std::int64_t max_bytes) : max_bytes_(max_bytes) {}
Inflater::~Inflater() = default;

absl::Status Inflater::Feed(std::string_view bytes, const Output& output) {
  if (mode_ != Mode::kUnknown) {
    return mode_ == Mode::kPlain ? Pass(bytes, output) : Inflate(bytes, output);
  }
  start_.append(bytes);
  if (start_.size() < kZipMagic.size()) {
    return absl::OkStatus();
  }
  if (start_.starts_with(kZipMagic)) {
    return absl::InvalidArgumentError(
        "the file is a zip archive; unpack it and import the files in it one by one");
  }
  const std::string start = std::move(start_);
  start_.clear();
  if (!start.starts_with(kGzipMagic)) {
    mode_ = Mode::kPlain;
    return Pass(start, output);
  }
  mode_ = Mode::kGzip;
  stream_ = std::make_unique<Stream>();
  return stream_->ok ? Inflate(start, output)
                     : absl::ResourceExhaustedError("no memory to decompress the file");
}

absl::Status Inflater::Finish(const Output& output) {
  if (mode_ == Mode::kUnknown) {
    mode_ = Mode::kPlain;
    return Pass(start_, output);
  }
  if (mode_ == Mode::kGzip && !at_member_end_) {
    return absl::InvalidArgumentError(
        "the gzip file is cut off; all before was read: get the whole file and import it again");
  }
  return absl::OkStatus();
}

absl::Status Inflater::Pass(std::string_view bytes, const Output& output) const {
  while (!bytes.empty()) {
    SILD_CHECK_OK(output(bytes.substr(0, kPieceBytes)));
    bytes.remove_prefix(std::min(bytes.size(), kPieceBytes));
  }
  return absl::OkStatus();
}

absl::Status Inflater::Inflate(std::string_view bytes, const Output& output) {
  z_stream& z = stream_->z;
  in_bytes_ += static_cast<std::int64_t>(bytes.size());
  std::string input(bytes);  // zlib takes a pointer to bytes that are not const.
  z.next_in = reinterpret_cast<Bytef*>(input.data());
  z.avail_in = static_cast<uInt>(input.size());
  bool more = true;
  while (more) {
    if (at_member_end_) {  // A gzip file may have several members, one after another.
      if (z.avail_in == 0) {
        return absl::OkStatus();
      }
      inflateReset(&z);
      at_member_end_ = false;
    }
    z.next_out = reinterpret_cast<Bytef*>(stream_->buffer.data());
    z.avail_out = static_cast<uInt>(stream_->buffer.size());
    const int result = inflate(&z, Z_NO_FLUSH);
    const std::size_t made = stream_->buffer.size() - z.avail_out;
    out_bytes_ += static_cast<std::int64_t>(made);
    SILD_CHECK_OK(CheckSize());
    SILD_CHECK_OK(output({stream_->buffer.data(), made}));
    if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) {
      return absl::InvalidArgumentError(fmt::format(
          "the gzip file is broken after {} bytes of its content; get it again", out_bytes_));
    }
    at_member_end_ = result == Z_STREAM_END;
    more = z.avail_in > 0 || z.avail_out == 0;
  }
  return absl::OkStatus();
}

absl::Status Inflater::CheckSize() const {
  if (out_bytes_ > max_bytes_) {
    return absl::ResourceExhaustedError(fmt::format(
        "the gzip file unfolds to more than {} bytes; split it, or import it uncompressed",
        max_bytes_));
  }
  if (out_bytes_ > kFreeBytes && out_bytes_ / kMaxRatio > in_bytes_) {
    return absl::ResourceExhaustedError(fmt::format(
        "the gzip file unfolds to more than {} times its size; import it uncompressed", kMaxRatio));
  }
  return absl::OkStatus();
}

}  // namespace sild::formats

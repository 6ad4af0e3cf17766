// Runs a fuzz target on files instead of a fuzzer's inventions: on all files of the folders named.

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int main(int argc, char** argv) {
  int count = 0;
  for (int i = 1; i < argc; ++i) {
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(argv[i], error)) {
      std::printf("%s\n", entry.path().c_str());
      std::fflush(stdout);  // So that the file that ends the process is named.
      std::ifstream file(entry.path(), std::ios::binary);
      const std::string bytes{std::istreambuf_iterator<char>(file),
                              std::istreambuf_iterator<char>()};
      LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
      ++count;
    }
    if (error) {
      std::printf("%s: %s\n", argv[i], error.message().c_str());
      return 1;
    }
  }
  std::printf("%d files\n", count);
  return count == 0 ? 1 : 0;
}

// Runs a fuzz target over the files of folders, once each, without libFuzzer.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <vector>

#include "source/file_reader.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int main(int count, char** arguments) {
  std::size_t files = 0;
  for (int i = 1; i < count; ++i) {
    for (const auto& entry : std::filesystem::directory_iterator(arguments[i])) {
      const auto bytes = connect_lint::read_file(entry.path(), 1u << 20);
      if (!bytes.ok()) {
        std::printf("%s\n", bytes.error().c_str());
        return 1;
      }
      // Named before it runs, so that the last line tells which one broke.
      std::printf("%s\n", entry.path().filename().c_str());
      std::fflush(stdout);
      // Nothing behind the last byte, so that a sanitizer sees a step too far.
      const std::vector<std::uint8_t> data(bytes.value().begin(), bytes.value().end());
      LLVMFuzzerTestOneInput(data.data(), data.size());
      ++files;
    }
  }
  std::printf("%zu files\n", files);
  return files > 0 ? 0 : 1;
}

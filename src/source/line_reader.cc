#include "source/line_reader.h"

#include <algorithm>
#include <string_view>

#include "base/limits.h"
#include "source/file_reader.h"

namespace connect_lint {
namespace {

// Memory for a longer line is given back after it.
constexpr std::size_t kBytesKept = 8 * kStreamBlockBytes;

}  // namespace

// Adds what can be read at once. False at the end, or when nothing can be read.
bool LineReader::read_more(std::string& text) {
  if (at_end_) return false;
  const std::size_t before = text.size();
  text.resize(before + kStreamBlockBytes);
  std::size_t count = 0;
  error_ = read_some(descriptor_, text.data() + before, kStreamBlockBytes, count);
  text.resize(before + count);
  at_end_ = count == 0;
  return !at_end_;
}

// The rest of a line that is not kept; what follows it stays in `text`.
void LineReader::skip_line(std::string& text) {
  do {
    text.clear();
    text.shrink_to_fit();
    if (!read_more(text)) return;
  } while (text.find('\n') == text.npos);
  text.erase(0, text.find('\n') + 1);
}

bool LineReader::next(LineBlock& block) {
  std::string& text = block.text;
  if (text.capacity() > kBytesKept) std::string().swap(text);
  text.assign(rest_);
  if (rest_.capacity() > kBytesKept) std::string().swap(rest_);
  rest_.clear();
  block.first_line = next_line_;
  block.too_long = false;

  // A line that was skipped may have left whole ones behind.
  std::size_t last = text.rfind('\n');
  while (last == text.npos) {
    const std::size_t before = text.size();
    if (!read_more(text)) break;
    // What was there before has none.
    last = std::string_view(text).substr(before).rfind('\n');
    if (last != text.npos) {
      last += before;
    } else if (text.size() > line_bytes_max_ + 1) {
      skip_line(text);
      rest_.swap(text);
      text.clear();
      block.too_long = true;
      ++next_line_;
      return true;
    }
  }
  if (last == text.npos) {
    // The end, perhaps behind a line without one.
    if (!text.empty()) ++next_line_;
    return !text.empty();
  }
  rest_.assign(text, last + 1);
  text.resize(last + 1);
  next_line_ += static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
  return true;
}

}  // namespace connect_lint

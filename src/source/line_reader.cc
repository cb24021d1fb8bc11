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
bool LineReader::read_more(SourceText& text) {
  if (at_end_) return false;
  const std::size_t before = text.view().size();
  char* bytes = text.resize(before + kStreamBlockBytes);
  std::size_t count = 0;
  error_ = read_some(descriptor_, bytes + before, kStreamBlockBytes, count);
  text.resize(before + count);
  at_end_ = count == 0;
  return !at_end_;
}

// The rest of a line that is not kept; what was read behind it stays in rest_.
void LineReader::skip_line(SourceText& text) {
  text.release();
  while (true) {
    text.resize(0);
    if (!read_more(text)) break;
    const std::size_t end = text.view().find('\n');
    if (end == std::string_view::npos) continue;
    rest_.assign(text.view().substr(end + 1));
    break;
  }
  text.resize(0);
}

bool LineReader::next(LineBlock& block) {
  SourceText& text = block.text;
  if (text.capacity() > kBytesKept) text.release();
  text.assign(rest_);
  rest_.clear();
  block.first_line = next_line_;
  block.too_long = false;

  // A line that was skipped may have left whole ones behind.
  std::size_t last = text.view().rfind('\n');
  while (last == std::string_view::npos) {
    const std::size_t before = text.view().size();
    if (!read_more(text)) break;
    // What was there before has none.
    last = text.view().substr(before).rfind('\n');
    if (last != std::string_view::npos) {
      last += before;
    } else if (text.view().size() > line_bytes_max_ + 1) {
      skip_line(text);
      block.too_long = true;
      ++next_line_;
      return true;
    }
  }
  if (last == std::string_view::npos) {
    // The end, perhaps behind a line without one.
    if (!text.view().empty()) ++next_line_;
    return !text.view().empty();
  }
  rest_.assign(text.view().substr(last + 1));
  text.resize(last + 1);
  next_line_ += static_cast<std::uint64_t>(std::count(text.view().begin(), text.view().end(), '\n'));
  return true;
}

}  // namespace connect_lint

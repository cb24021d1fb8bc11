#include "source/source_text.h"

#include <algorithm>
#include <cstring>

namespace connect_lint {
namespace {

constexpr std::uint32_t kBlockBytes = 256;

}  // namespace

char* SourceText::resize(std::size_t size) {
  const std::size_t wanted = size + kPaddingBytes;
  // Small files follow each other; a little more saves growing again.
  if (wanted > block_.capacity()) block_.reserve(wanted < (1u << 20) ? wanted + wanted / 2 + 4096 : wanted);
  size_ = size;
  char* bytes = static_cast<char*>(block_.data());
  std::memset(bytes + size, 0, kPaddingBytes);
  return bytes;
}

void SourceText::assign(std::string_view text) {
  char* bytes = resize(text.size());
  if (!text.empty()) std::memcpy(bytes, text.data(), text.size());
}

void LineIndex::read_to(std::uint32_t offset) {
  const auto size = static_cast<std::uint32_t>(text_.size());
  while (read_ < size && read_ <= offset) {
    const std::uint32_t end = std::min(read_ + kBlockBytes, size);
    std::uint32_t code_points = checkpoints_.back();
    for (std::uint32_t i = read_; i < end; ++i) {
      if ((text_[i] & 0xC0) != 0x80) ++code_points;
      if (text_[i] == '\n') line_starts_.push_back(i + 1);
    }
    checkpoints_.push_back(code_points);
    read_ = end;
  }
}

std::uint32_t LineIndex::code_points_before(std::uint32_t offset) {
  const std::uint32_t block = offset / kBlockBytes;
  std::uint32_t count = checkpoints_[block];
  for (std::uint32_t i = block * kBlockBytes; i < offset; ++i)
    if ((text_[i] & 0xC0) != 0x80) ++count;
  return count;
}

LineIndex::Position LineIndex::position(std::uint32_t offset) {
  read_to(offset);
  const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  const std::uint32_t start = *(after - 1);
  std::uint32_t column = code_points_before(offset) - code_points_before(start) + 1;
  if (start == 0 && offset >= 3 && text_.starts_with("\xEF\xBB\xBF")) --column;
  return {static_cast<std::uint32_t>(after - line_starts_.begin()), column};
}

Place LineIndex::place(Span span) {
  const Position begin = position(span.begin);
  const Position end = position(span.end);
  return {.begin = span.begin,
          .end = span.end,
          .line = begin.line,
          .column = begin.column,
          .end_line = end.line,
          .end_column = end.column};
}

Span LineIndex::line(std::uint32_t number) {
  // Many findings may stand on one line of megabytes.
  if (number == last_number_) return last_line_;
  last_number_ = number;
  last_line_ = find_line(number);
  return last_line_;
}

Span LineIndex::find_line(std::uint32_t number) const {
  std::uint32_t begin = line_starts_[number - 1];
  const std::size_t newline = text_.find('\n', begin);
  auto end = static_cast<std::uint32_t>(newline == text_.npos ? text_.size() : newline);
  if (end > begin && text_[end - 1] == '\r') --end;
  if (begin == 0 && text_.starts_with("\xEF\xBB\xBF")) begin = 3;
  return {begin, std::max(begin, end)};
}

}  // namespace connect_lint

// Strings that are not plain: escapes, control characters, bytes that are no UTF-8.
#include "base/utf8.h"
#include "document/json_bytes.h"
#include "document/json_run.h"

namespace connect_lint {

std::uint32_t JsonReader::Run::keep_decoded(std::string_view text) {
  std::vector<char>& decoded = document_.decoded;
  const auto offset = static_cast<std::uint32_t>(decoded.size());
  decoded.insert(decoded.end(), text.begin(), text.end());
  return offset;
}

JsonReader::Run::Decoded JsonReader::Run::read_string_slowly(const char* begin) {
  std::vector<char>& decoded = document_.decoded;
  Decoded result;
  result.offset = static_cast<std::uint32_t>(decoded.size());
  const char* at = begin;
  while (true) {
    const char* plain = skip_plain(at);
    keep_decoded({at, static_cast<std::size_t>(plain - at)});
    at = plain;
    const auto byte = static_cast<unsigned char>(*at);
    if (byte == '"') break;
    if (byte == '\\') {
      at = read_escape(at, result.flags);
      continue;
    }
    if (byte < 0x20) {
      if (at == end_ || byte == '\n' || byte == '\r') return {};
      report(FindingId::DocumentControlCharacter, span(at, at + 1));
      result.flags |= Node::kBroken;
      decoded.push_back(*at++);
      continue;
    }
    const char* piece = at;
    const std::size_t bytes = utf8_sequence_bytes({at, static_cast<std::size_t>(end_ - at)});
    result.flags |= Node::kNonAscii;
    at += bytes;
    if (bytes == 0) {
      // One finding for a run of bad bytes.
      while (static_cast<unsigned char>(*at) >= 0x80 &&
             utf8_sequence_bytes({at, static_cast<std::size_t>(end_ - at)}) == 0)
        ++at;
      report(FindingId::DocumentEncoding, span(piece, at));
      result.flags |= Node::kBroken;
    }
    keep_decoded({piece, static_cast<std::size_t>(at - piece)});
  }
  result.length = static_cast<std::uint32_t>(decoded.size()) - result.offset;
  result.end = at + 1;
  return result;
}

std::optional<unsigned> JsonReader::Run::hex4(const char* at) const {
  unsigned value = 0;
  for (int i = 0; i < 4; ++i, ++at) {
    value *= 16;
    if (is_digit(*at)) {
      value += static_cast<unsigned>(*at - '0');
    } else if (*at >= 'a' && *at <= 'f') {
      value += static_cast<unsigned>(*at - 'a' + 10);
    } else if (*at >= 'A' && *at <= 'F') {
      value += static_cast<unsigned>(*at - 'A' + 10);
    } else {
      return std::nullopt;
    }
  }
  return value;
}

const char* JsonReader::Run::read_escape(const char* at, std::uint8_t& flags) {
  std::vector<char>& decoded = document_.decoded;
  static constexpr std::string_view kNames = "\"\\/bfnrt";
  static constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
  if (const std::size_t found = kNames.find(at[1]); found != kNames.npos) {
    decoded.push_back(kMeanings[found]);
    return at + 2;
  }
  const auto high = at[1] == 'u' ? hex4(at + 2) : std::nullopt;
  if (!high) {
    const char* end = at + 1;
    if (end < end_ && static_cast<unsigned char>(*end) >= 0x20) {
      ++end;
      while (end < end_ && (*end & 0xC0) == 0x80) ++end;
    }
    report(SyntaxProblem::BadEscape, span(at, end));
    flags |= Node::kBroken;
    keep_decoded({at, 1});
    return at + 1;
  }
  char32_t code_point = *high;
  const char* end = at + 6;
  if (code_point >= 0xD800 && code_point < 0xE000) {
    const auto low = code_point < 0xDC00 && end[0] == '\\' && end[1] == 'u' ? hex4(end + 2) : std::nullopt;
    if (low && *low >= 0xDC00 && *low < 0xE000) {
      code_point = 0x10000 + ((code_point - 0xD800) << 10) + (*low - 0xDC00);
      end += 6;
    } else {
      report(FindingId::DocumentLoneSurrogate, span(at, end));
      flags |= Node::kBroken;
    }
  }
  if (code_point >= 0x80) flags |= Node::kNonAscii;
  char bytes[4];
  keep_decoded({bytes, utf8_encode(code_point, bytes)});
  return end;
}

}  // namespace connect_lint

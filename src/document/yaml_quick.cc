// Ordinary YAML: lines, their indentation, and the nodes.
#include "document/yaml_quick.h"

#include <algorithm>
#include <cstring>
#include <functional>

#include "document/yaml_bytes.h"
#include "document/yaml_quick_run.h"
#include "document/yaml_scalar.h"

namespace connect_lint {
namespace {

// libyaml takes no key that ends later than 1,024 characters behind its begin.
constexpr std::ptrdiff_t kKeyBytesMax = 512;

// Line breaks other than `\n` and `\r\n`, and the mark that libyaml takes no
// notice of at the start of a line.
bool has_odd_characters(std::string_view text) {
  text.remove_prefix(find_unusual(text, 0));
  for (const std::string_view odd : {"\xC2\x85", "\xE2\x80\xA8", "\xE2\x80\xA9", "\xEF\xBB\xBF"})
    if (text.find(odd) != text.npos) return true;
  for (std::size_t at = text.find('\r'); at != text.npos; at = text.find('\r', at + 1))
    if (at + 1 == text.size() || text[at + 1] != '\n') return true;
  return false;
}

}  // namespace

bool YamlQuickReader::read(const SourceText& source, std::uint32_t begin, const KeyTable& keys, std::uint32_t depth_max,
                           Document& document) {
  frames_.clear();
  hashes_.clear();
  if (has_odd_characters(source.view().substr(begin)) || !Run(*this, source, begin, keys, depth_max, document).read()) return false;
  document.complete = true;
  return true;
}

bool YamlQuickReader::Run::read() {
  if (!find_content()) return false;
  if (column() == 0 && std::memcmp(at_, "---", 3) == 0) {
    at_ += 3;
    if (!end_line() || !find_content()) return false;
  }
  if (at_ == end_) return false;  // There is nothing.
  while (at_ != end_)
    if (!close_lists_and_mappings() || !read_node() || !find_content()) return false;
  while (!frames_.empty())
    if (!close()) return false;
  return true;
}

// --- Lines ------------------------------------------------------------------

// From the start of a line to what is neither blank nor comment.
bool YamlQuickReader::Run::find_content() {
  while (true) {
    line_ = at_;
    skip_spaces();
    if (*at_ == '#' || ends_line(*at_)) {
      if (!end_line()) return false;
      if (at_ == end_) return true;
      continue;
    }
    return *at_ != '\t';
  }
}

// To the start of the next line, or the end of the text. There is nothing more
// in this one than perhaps a comment.
bool YamlQuickReader::Run::end_line() {
  skip_spaces();
  if (*at_ == '#') {
    if (at_ != line_ && at_[-1] != ' ') return false;
    const void* const found = std::memchr(at_, '\n', static_cast<std::size_t>(end_ - at_));
    at_ = found == nullptr ? end_ : static_cast<const char*>(found) + 1;
    return true;
  }
  if (*at_ == '\r') ++at_;
  if (*at_ == '\n') ++at_;
  else if (at_ != end_) return false;
  return true;
}

// Ends what the indentation of the line ends. Then either a value is wanted, or
// the line goes on with the last of what is open.
bool YamlQuickReader::Run::close_lists_and_mappings() {
  const std::uint32_t indent = column();
  while (!frames_.empty() && frames_.back().indent > indent)
    if (!close()) return false;
  if (frames_.empty() || frames_.back().indent < indent) return wanted_;
  const bool dash = at_dash();
  if (!dash && frames_.back().form == Frame::Form::FlushList && !close()) return false;
  if (frames_.back().is_object != dash) {
    if (wanted_) add_nothing();
    return true;
  }
  // A list that is indented no more than the key whose value it is.
  return dash && wanted_ && open(Frame::Form::FlushList, false, at_, indent);
}

// The value that is wanted, the next member of a mapping, or elements of lists.
bool YamlQuickReader::Run::read_node() {
  bool behind_dash = false;
  while (at_dash()) {
    const bool goes_on = !wanted_ && !frames_.empty() && !frames_.back().is_object;
    if (!goes_on && !open(Frame::Form::List, false, at_, column())) return false;
    last_end_ = ++at_;
    wanted_ = true;
    skip_spaces();
    if (*at_ == '#' || ends_line(*at_)) return end_line();
    behind_dash = true;
  }
  if (*at_ == '[' || *at_ == '{' || (behind_dash && (*at_ == '|' || *at_ == '>'))) return wanted_ && read_value();
  Scalar scalar;
  if (!scan_scalar(false, scalar)) return false;
  skip_spaces();
  if (*at_ == ':' && ends_word(at_[1])) return read_member(scalar);
  return wanted_ && !frames_.empty() && add_scalar_of_lines(scalar);
}

// The member with this key; `at_` is at the colon. It may be a mapping's first.
bool YamlQuickReader::Run::read_member(const Scalar& key) {
  if (wanted_) {
    const auto indent = static_cast<std::uint32_t>(key.begin - line_);
    if (!open(Frame::Form::Mapping, true, key.begin, indent)) return false;
  }
  if (!take_key(key)) return false;
  last_end_ = ++at_;
  wanted_ = true;
  skip_spaces();
  return *at_ == '#' || ends_line(*at_) ? end_line() : read_value();
}

// A value that stands behind a key or a dash, in its line.
bool YamlQuickReader::Run::read_value() {
  if (*at_ == '|' || *at_ == '>') return add_block_scalar();
  if (*at_ == '[' || *at_ == '{') return read_flow() && end_line();
  Scalar scalar;
  return scan_scalar(false, scalar) && add_scalar_of_lines(scalar);
}

// --- Nodes ------------------------------------------------------------------

// `at_` is at the colon.
bool YamlQuickReader::Run::take_key(const Scalar& scalar) {
  if (scalar.escaped || at_ - scalar.begin > kKeyBytesMax) return false;
  const std::ptrdiff_t quote = scalar.quoted ? 1 : 0;
  const std::string_view text(scalar.begin + quote, static_cast<std::size_t>(scalar.end - scalar.begin - 2 * quote));
  if (!scalar.quoted && !is_text_for_certain(text[0])) {
    // Keys that are no texts; `<<`; and `=`, which is one.
    const YamlScalar resolved = resolve_scalar(text, false);
    if (resolved.kind != Kind::String || resolved.flags != 0 || resolved.odd != YamlScalar::Odd::No) return false;
  }
  key_ = {.begin = offset(scalar.begin),
          .end = offset(scalar.end),
          .flags = scalar.quoted ? std::uint8_t{0} : Node::kKeyDecoded,
          .id = keys_.find_padded(text.data(), text.size())};
  return note_key(text);
}

// False where the mapping has the key, which is a finding.
bool YamlQuickReader::Run::note_key(std::string_view key) {
  if (key_.id == 0) {
    hashes_.push_back(std::hash<std::string_view>{}(key));
    return true;
  }
  std::uint64_t& word = frames_.back().seen[key_.id / 64];
  const std::uint64_t bit = std::uint64_t{1} << (key_.id % 64);
  const bool again = (word & bit) != 0;
  word |= bit;
  return !again;
}

NodeIndex YamlQuickReader::Run::add(Kind kind, const char* begin, const char* end, std::uint8_t flags) {
  const NodeIndex index = document_.nodes.size();
  document_.nodes.append() = {.begin = offset(begin),
                              .end = offset(end),
                              .key_begin = key_.begin,
                              .key_end = key_.end,
                              .next = index + 1,
                              .key_id = key_.id,
                              .kind = kind,
                              .flags = static_cast<std::uint8_t>(flags | key_.flags)};
  key_ = {};
  last_end_ = end;
  wanted_ = false;
  return index;
}

// The value of `key:` or `-` alone is behind its colon or dash.
void YamlQuickReader::Run::add_nothing() { add(Kind::Null, last_end_, last_end_); }

bool YamlQuickReader::Run::open(Frame::Form form, bool is_object, const char* begin, std::uint32_t indent) {
  if (frames_.size() == depth_max_) return false;
  Frame& frame = frames_.emplace_back();
  frame.node = add(is_object ? Kind::Object : Kind::Array, begin, begin);
  frame.indent = indent;
  frame.hashes_begin = static_cast<std::uint32_t>(hashes_.size());
  frame.form = form;
  frame.is_object = is_object;
  return true;
}

bool YamlQuickReader::Run::close() {
  if (wanted_) add_nothing();
  const Frame& frame = frames_.back();
  Node& node = document_.nodes[frame.node];
  node.end = offset(last_end_);
  node.next = document_.nodes.size();
  const auto hashes = hashes_.begin() + static_cast<std::ptrdiff_t>(frame.hashes_begin);
  if (hashes_.end() - hashes > 1) {
    std::sort(hashes, hashes_.end());
    if (std::adjacent_find(hashes, hashes_.end()) != hashes_.end()) return false;
  }
  hashes_.erase(hashes, hashes_.end());
  frames_.pop_back();
  return true;
}

}  // namespace connect_lint

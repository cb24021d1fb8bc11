// Ordinary YAML: arrays and objects in brackets, on one line or over several.
#include "document/yaml_quick_run.h"

namespace connect_lint {

// Blanks, line breaks and comments.
bool YamlQuickReader::Run::skip_in_flow() {
  while (true) {
    skip_spaces();
    if (!ends_line(*at_) && *at_ != '#') return *at_ != '\t';
    if (!end_line() || at_ == end_) return false;
    line_ = at_;
  }
}

// `at_` is at the bracket; then behind the one that closes it.
bool YamlQuickReader::Run::read_flow() {
  const std::size_t around = frames_.size();
  bool value = true;  // Or a comma or closing bracket.
  while (true) {
    if (value) {
      if (*at_ == '[' || *at_ == '{') {
        if (!open(Frame::Form::Flow, *at_ == '{', at_)) return false;
        last_end_ = ++at_;
        if (!skip_in_flow()) return false;
        if (*at_ != (frames_.back().is_object ? '}' : ']')) {
          if (frames_.back().is_object && !read_flow_key()) return false;
          continue;
        }
      } else {
        if (!read_flow_scalar()) return false;
      }
      value = false;
      if (!skip_in_flow()) return false;
    } else if (*at_ == ',') {
      ++at_;
      if (!skip_in_flow() || (frames_.back().is_object && !read_flow_key())) return false;
      value = true;
    } else {
      if (*at_ != (frames_.back().is_object ? '}' : ']')) return false;
      last_end_ = ++at_;
      if (!close()) return false;
      if (frames_.size() == around) return true;
      if (!skip_in_flow()) return false;
    }
  }
}

bool YamlQuickReader::Run::read_flow_scalar() {
  Scalar scalar;
  return scan_scalar(true, scalar) && add_scalar(scalar);
}

// With its colon, and what is between that and the value.
bool YamlQuickReader::Run::read_flow_key() {
  Scalar scalar;
  if (!scan_scalar(true, scalar)) return false;
  skip_spaces();
  if (*at_ != ':' || !(scalar.quoted || ends_word(at_[1])) || !take_key(scalar)) return false;
  ++at_;
  return skip_in_flow();
}

}  // namespace connect_lint

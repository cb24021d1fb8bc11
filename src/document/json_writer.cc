#include "document/json_writer.h"

#include <fmt/format.h>

namespace connect_lint {
namespace {

void write_scalar(const Document& document, NodeIndex index, std::string& to) {
  switch (document[index].kind) {
    case Kind::Null: to += "null"; break;
    case Kind::Boolean: to += document[index].has(Node::kTrue) ? "true" : "false"; break;
    case Kind::Number: to += document.string(index); break;
    case Kind::String: to += quoted_json(document.string(index)); break;
    case Kind::Array:
    case Kind::Object: break;
  }
}

// Recursion is bounded by the depth that the reader allowed.
class Writer {
 public:
  Writer(const Document& document, std::size_t width) : document_(document), width_(width) {}

  void value(NodeIndex index, std::size_t indent, std::size_t column) {
    const Node& node = document_[index];
    if (node.kind != Kind::Array && node.kind != Kind::Object) return write_scalar(document_, index, text);
    std::string line;
    if (node.next == index + 1 || (flat(index, line) && column + line.size() <= width_)) {
      text += node.next == index + 1 ? (node.kind == Kind::Array ? "[]" : "{}") : line;
      return;
    }
    const bool object = node.kind == Kind::Object;
    text += object ? '{' : '[';
    bool first = true;
    for (const NodeIndex child : document_.children(index)) {
      text += first ? "\n" : ",\n";
      first = false;
      const std::size_t before = text.size();
      text.append(indent + 2, ' ');
      if (object) text += quoted_json(document_.key(child)) + ": ";
      value(child, indent + 2, text.size() - before);
    }
    text += '\n';
    text.append(indent, ' ');
    text += object ? '}' : ']';
  }

  std::string text;

 private:
  // On one line; false when that gets too long.
  bool flat(NodeIndex index, std::string& to) const {
    const Node& node = document_[index];
    if (node.kind != Kind::Array && node.kind != Kind::Object) {
      write_scalar(document_, index, to);
      return to.size() <= width_;
    }
    const bool object = node.kind == Kind::Object;
    to += object ? '{' : '[';
    bool first = true;
    for (const NodeIndex child : document_.children(index)) {
      if (!first) to += ", ";
      first = false;
      if (object) to += quoted_json(document_.key(child)) + ": ";
      if (!flat(child, to)) return false;
    }
    to += object ? '}' : ']';
    return to.size() <= width_;
  }

  const Document& document_;
  const std::size_t width_;
};

}  // namespace

std::string write_json(const Document& document, NodeIndex node, std::size_t width) {
  Writer writer(document, width);
  writer.value(node, 0, 0);
  return std::move(writer.text);
}

std::string quoted_json(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    if (static_cast<unsigned char>(c) < 0x20) {
      result += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      result += c;
    }
  }
  return result + '"';
}

}  // namespace connect_lint

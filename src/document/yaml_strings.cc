// Scalars of a YAML text: their places, texts and types.
#include <algorithm>
#include <array>

#include "document/function_tags.h"
#include "document/yaml_composer.h"
#include "document/yaml_scalar.h"

namespace connect_lint {
namespace {

constexpr std::string_view kTagPrefix = "tag:yaml.org,2002:";
constexpr std::array<std::string_view, 7> kTypes = {"bool", "float", "int", "map", "null", "seq", "str"};

// The type of a tag that is understood; empty for others.
std::string_view type_of(std::string_view tag) {
  if (!tag.starts_with(kTagPrefix)) return {};
  tag.remove_prefix(kTagPrefix.size());
  return std::find(kTypes.begin(), kTypes.end(), tag) == kTypes.end() ? std::string_view() : tag;
}

}  // namespace

YamlComposer::Decoded YamlComposer::keep(std::string_view text) {
  std::vector<char>& decoded = document_->decoded;
  const auto offset = static_cast<std::uint32_t>(decoded.size());
  decoded.insert(decoded.end(), text.begin(), text.end());
  return {offset, static_cast<std::uint32_t>(text.size())};
}

void YamlComposer::set_text(NodeIndex index, Mark mark, Decoded text) {
  const std::string_view bytes = document_->bytes(document_->span(index, mark));
  const std::string_view value = kept(text);
  const bool written = mark == Mark::Key ? key_.span.begin != key_.span.end : document_->nodes[index].kind == Kind::String;
  const bool quoted = bytes.starts_with('"') || bytes.starts_with('\'');
  if (written && quoted && bytes.size() > 1 && bytes.substr(1, bytes.size() - 2) == value) return;
  if (written && !quoted && bytes == value) return document_->set_plain(index, mark);
  document_->set_decoded(index, mark, text.offset, text.length);
}

void YamlComposer::keep_anchor(const YamlEvent& event, const Anchor& anchor) {
  anchors_[std::string(event.anchor)] = anchor;  // A later one of the same name hides the earlier one.
}

std::string_view YamlComposer::function_of(const YamlEvent& event) const {
  if (!functions_ || event.tag.empty() || wants_key()) return {};
  return function_of_tag(event.tag);
}

void YamlComposer::check_tag(const YamlEvent& event, std::string_view type, std::uint8_t& flags) {
  if (event.tag.empty()) return;
  const std::string_view found = type_of(event.tag);
  const bool container = found == "map" || found == "seq";
  if (type.empty() ? !found.empty() && !container : found == type) return;
  const SyntaxProblem problem = found.empty() ? SyntaxProblem::YamlTag : SyntaxProblem::YamlTagMismatch;
  report(problem, event.tag_span, here());
  flags |= Node::kBroken;
}

// libyaml puts a scalar that is not written where the next thing begins, or
// behind the `:`, `-` or `?` whose value it is. There it stays; otherwise it
// goes back to what stands before it, which may be lines away.
void YamlComposer::place(const YamlEvent& event, Scalar& scalar) {
  scalar.span = event.span;
  const std::uint32_t at = event.span.begin;
  const bool written = at < event.span.end || event.tag_span.end > 0 || !event.anchor.empty();
  if (!written) {
    const char before = at > last_end_ ? document_->text()[at - 1] : ' ';
    if (before != ':' && before != '-' && before != '?') scalar.span = {last_end_, last_end_};
  }
  last_end_ = std::max(last_end_, scalar.span.end);
}

void YamlComposer::keep_string(const YamlEvent& event, Scalar& scalar) {
  const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
  if (!std::all_of(event.value.begin(), event.value.end(), is_ascii)) scalar.flags |= Node::kNonAscii;
  const Span inside{scalar.span.begin + 1, scalar.span.end - 1};
  if (event.quoted && document_->bytes(inside) == event.value) return;
  scalar.text = keep(event.value);
  scalar.has_text = true;
}

// The value of a scalar; reports what it cannot be.
YamlComposer::Scalar YamlComposer::resolve(const YamlEvent& event) {
  const NodeIndex subject = wants_key() ? here() : document_->nodes.size();
  Scalar scalar;
  place(event, scalar);
  YamlScalar resolved;
  if (const std::string_view function = function_of(event); !function.empty()) {
    scalar.flags |= Node::kUnknown;
    scalar.function = function;
    scalar.tag = event.tag_span;
  } else if (!event.tag.empty()) {
    const std::string_view type = type_of(event.tag);
    const auto constructed = construct_scalar(type, event.value, yaml_1_1_);
    if (constructed) {
      resolved = *constructed;
    } else {
      scalar.flags |= Node::kBroken;
      report(type.empty() ? SyntaxProblem::YamlTag : SyntaxProblem::YamlTagMismatch, event.tag_span, subject);
    }
  } else if (event.typed) {
    resolved = resolve_scalar(event.value, yaml_1_1_);
  }
  scalar.kind = resolved.kind;
  scalar.flags |= resolved.flags;
  if (resolved.odd != YamlScalar::Odd::No) scalar.flags |= Node::kBroken;
  if (resolved.odd == YamlScalar::Odd::NotFinite) report(SyntaxProblem::NotANumber, scalar.span, subject);
  if (resolved.odd == YamlScalar::Odd::TooLarge) report(FindingId::DocumentNumberRange, scalar.span, subject);
  if (resolved.odd == YamlScalar::Odd::Reserved) report(SyntaxProblem::BareWord, scalar.span, subject);
  if (scalar.kind == Kind::String && resolved.digits.empty()) {
    keep_string(event, scalar);
  } else if (scalar.kind == Kind::String || (!resolved.digits.empty() && resolved.digits != document_->bytes(scalar.span))) {
    scalar.text = keep(resolved.digits);
    scalar.has_text = true;
  }
  if (!event.anchor.empty()) {
    scalar.key = keep(event.value);
    keep_anchor(event, {.of = Anchor::Of::Scalar, .container = kNoNode, .scalar = scalar});
  }
  if (wants_key() && event.anchor.empty()) scalar.key = keep(event.value);
  return scalar;
}

}  // namespace connect_lint

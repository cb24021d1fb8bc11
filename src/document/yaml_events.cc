#include "document/yaml_events.h"

#include <yaml.h>

#include <algorithm>
#include <new>

#include "document/yaml_text.h"

namespace connect_lint {
namespace {

std::string_view view(const yaml_char_t* text) {
  return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}

std::string_view view(const char* text) { return text == nullptr ? std::string_view() : std::string_view(text); }

bool is_blank_or_break(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool is_anchor_character(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c == '-';
}

}  // namespace

struct YamlEvents::Parser {
  Parser(std::string_view text, std::uint32_t begin) : offsets(text, begin) {
    if (yaml_parser_initialize(&parser) == 0) throw std::bad_alloc();
    // Told, it neither looks for a mark nor reads UTF-16.
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, reinterpret_cast<const unsigned char*>(text.data() + begin), text.size() - begin);
  }
  ~Parser() {
    yaml_event_delete(&event);
    yaml_parser_delete(&parser);
  }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;

  yaml_parser_t parser;
  yaml_event_t event{};  // Of type YAML_NO_EVENT, which may be deleted.
  CodePointOffsets offsets;
};

YamlEvents::YamlEvents(std::string_view text, std::uint32_t begin)
    : text_(text), parser_(std::make_unique<Parser>(text, begin)) {}

YamlEvents::~YamlEvents() = default;

const YamlEvent& YamlEvents::next() {
  yaml_event_t& event = parser_->event;
  yaml_parser_t& parser = parser_->parser;
  do {
    yaml_event_delete(&event);
    if (yaml_parser_parse(&parser, &event) == 0) {
      if (parser.error == YAML_MEMORY_ERROR) throw std::bad_alloc();
      event_ = {.type = YamlEventType::Problem};
      problem_ = {.problem = view(parser.problem),
                  .context = view(parser.context),
                  .at = parser_->offsets.byte(parser.problem_mark.index),
                  .context_at = parser_->offsets.byte(parser.context_mark.index)};
      return event_;
    }
  } while (event.type == YAML_STREAM_START_EVENT);
  translate();
  return event_;
}

// libyaml lets a node begin at its anchor or tag. Sets what is between them and
// the node itself, and `after` to where that begins, `to` at most.
void YamlEvents::find_properties(std::uint32_t from, std::uint32_t to, std::uint32_t& after) {
  std::uint32_t at = from;
  while (at < to && (text_[at] == '&' || text_[at] == '!')) {
    const std::uint32_t begin = at;
    ++at;
    // An anchor may be followed by an indicator, a tag may not.
    while (at < to && (text_[begin] == '&' ? is_anchor_character(text_[at]) : !is_blank_or_break(text_[at]))) ++at;
    if (text_[begin] == '!') event_.tag_span = {begin, at};
    while (at < to && (is_blank_or_break(text_[at]) || text_[at] == '#')) {
      if (text_[at] == '#')
        while (at < to && text_[at] != '\n' && text_[at] != '\r') ++at;
      else
        ++at;
    }
  }
  after = at;
}

void YamlEvents::translate() {
  const yaml_event_t& event = parser_->event;
  const std::uint32_t begin = parser_->offsets.byte(event.start_mark.index);
  const std::uint32_t end = std::max(begin, parser_->offsets.byte(event.end_mark.index));
  event_ = {.span = {end, end}};
  std::uint32_t node = begin;
  const auto tag_is = [&](const yaml_char_t* tag) {
    if (view(tag) != "!") event_.tag = view(tag);
  };
  switch (event.type) {
    case YAML_DOCUMENT_START_EVENT: {
      const auto* version = event.data.document_start.version_directive;
      event_.type = YamlEventType::DocumentStart;
      event_.yaml_1_1 = version != nullptr && version->minor == 1;
      break;
    }
    case YAML_DOCUMENT_END_EVENT:
      event_.type = YamlEventType::DocumentEnd;
      event_.implicit = event.data.document_end.implicit != 0;
      break;
    case YAML_ALIAS_EVENT:
      event_.type = YamlEventType::Alias;
      event_.span = {begin, end};
      event_.anchor = view(event.data.alias.anchor);
      break;
    case YAML_SCALAR_EVENT: {
      const auto& scalar = event.data.scalar;
      event_.type = YamlEventType::Scalar;
      event_.anchor = view(scalar.anchor);
      event_.value = {reinterpret_cast<const char*>(scalar.value), scalar.length};
      tag_is(scalar.tag);
      event_.plain = scalar.style == YAML_PLAIN_SCALAR_STYLE;
      event_.typed = scalar.plain_implicit != 0;
      event_.quoted = scalar.style == YAML_SINGLE_QUOTED_SCALAR_STYLE || scalar.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE;
      if (scalar.anchor != nullptr || scalar.tag != nullptr) find_properties(begin, end, node);
      if (event_.plain && event_.value.empty()) node = end;
      event_.span = {node, end};
      // A block scalar ends where the next thing begins.
      if (!event_.plain && !event_.quoted)
        event_.span.end = node + std::max<std::uint32_t>(1, solid_end(text_.substr(node, end - node)));
      break;
    }
    case YAML_SEQUENCE_START_EVENT: {
      const auto& sequence = event.data.sequence_start;
      event_.type = YamlEventType::SequenceStart;
      event_.anchor = view(sequence.anchor);
      tag_is(sequence.tag);
      if (sequence.anchor != nullptr || sequence.tag != nullptr) find_properties(begin, end, node);
      event_.bracketed = sequence.style == YAML_FLOW_SEQUENCE_STYLE;
      // The token is a bracket, the `-` of a sequence that is indented no more
      // than its key, or empty before the first `-`.
      if (event_.bracketed || (end > 0 && text_[end - 1] == '-')) event_.span = {end - 1, end};
      if (!event_.bracketed) event_.span.end = event_.span.begin;
      break;
    }
    case YAML_MAPPING_START_EVENT: {
      const auto& mapping = event.data.mapping_start;
      event_.type = YamlEventType::MappingStart;
      event_.anchor = view(mapping.anchor);
      tag_is(mapping.tag);
      if (mapping.anchor != nullptr || mapping.tag != nullptr) find_properties(begin, end, node);
      // A flow mapping without a bracket is the pair in `[a: b]`, which has no properties of its own.
      const bool flow = mapping.style == YAML_FLOW_MAPPING_STYLE;
      event_.bracketed = flow && end > begin && text_[end - 1] == '{';
      if (event_.bracketed) event_.span = {end - 1, end};
      else if (flow) event_.span = {begin, begin};
      break;
    }
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
      event_.type = event.type == YAML_SEQUENCE_END_EVENT ? YamlEventType::SequenceEnd : YamlEventType::MappingEnd;
      event_.span = {begin, end};
      event_.bracketed = end > begin;
      break;
    default:
      event_.type = YamlEventType::StreamEnd;
      break;
  }
}

}  // namespace connect_lint

// libyaml's events of one text, with bytes instead of its places. The only
// thing here that knows libyaml; it recurses nowhere, and what is open is bound
// by the caller, who stops asking.
//
//   YamlEvents events(text, 0);
//   while (events.next().type == YamlEventType::Scalar) ...
#ifndef CONNECT_LINT_DOCUMENT_YAML_EVENTS_H_
#define CONNECT_LINT_DOCUMENT_YAML_EVENTS_H_

#include <cstdint>
#include <memory>
#include <string_view>

#include "source/source_text.h"

namespace connect_lint {

enum class YamlEventType : std::uint8_t {
  DocumentStart,
  DocumentEnd,
  StreamEnd,
  Alias,
  Scalar,
  SequenceStart,
  SequenceEnd,
  MappingStart,
  MappingEnd,
  Problem,  // libyaml cannot go on: problem() tells why.
};

// Texts are valid until the next event.
struct YamlEvent {
  YamlEventType type = YamlEventType::StreamEnd;
  // Of a scalar or an alias: all of it, quotes and `|` included, anchor and tag
  // not. Of a bracket: the bracket. Of the rest: where it begins or ends, empty.
  Span span = {};
  std::string_view anchor = {};  // Without `&` or `*`; empty without one.
  std::string_view tag = {};     // Resolved ("tag:yaml.org,2002:str"); empty without one and for `!`.
  Span tag_span = {};            // As it is written; empty without one.
  std::string_view value = {};   // Of a scalar. May hold NUL.
  bool plain = false;       // A scalar without quotes, `|` or `>`.
  bool typed = false;       // A scalar without tag whose text tells its type.
  bool quoted = false;      // Between quotes.
  bool bracketed = false;   // A sequence or mapping that its own bracket opens or closes.
  bool yaml_1_1 = false;    // DocumentStart: the text says `%YAML 1.1`.
  bool implicit = false;    // DocumentEnd: there is no `...`.
};

// Why libyaml cannot go on, in its English.
struct YamlProblem {
  std::string_view problem = {};
  std::string_view context = {};  // "while parsing a block mapping"; may be empty.
  std::uint32_t at = 0;
  std::uint32_t context_at = 0;  // Where what the context names begins; only with a context.
};

class YamlEvents {
 public:
  // `text` has passed find_unfit_for_yaml() and outlives this; its first
  // `begin` bytes are left out. Throws std::bad_alloc, as next() does.
  YamlEvents(std::string_view text, std::uint32_t begin);
  ~YamlEvents();
  YamlEvents(const YamlEvents&) = delete;
  YamlEvents& operator=(const YamlEvents&) = delete;

  // Not to be called again after StreamEnd or Problem.
  const YamlEvent& next();

  [[nodiscard]] const YamlProblem& problem() const { return problem_; }

 private:
  struct Parser;

  void translate();
  void find_properties(std::uint32_t from, std::uint32_t to, std::uint32_t& after);

  std::string_view text_;
  std::unique_ptr<Parser> parser_;
  YamlEvent event_;
  YamlProblem problem_;
};

}  // namespace connect_lint

#endif  // CONNECT_LINT_DOCUMENT_YAML_EVENTS_H_

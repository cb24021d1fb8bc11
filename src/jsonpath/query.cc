#include "jsonpath/query.h"

#include "jsonpath/parser.h"

namespace connect_lint {
namespace {

std::string_view text_of(const Program& query, Span span) { return query.text.substr(span.begin, span.end - span.begin); }

template <typename T, typename Make>
ParseResult<T> parse_as(std::string_view text, FunctionTable functions, const KeyTable& keys, ParseOptions options, Make make) {
  auto parsed = parse_program(text, functions, keys, options);
  if (auto* error = std::get_if<ParseError>(&parsed)) return std::move(*error);
  return make(std::move(std::get<std::shared_ptr<const ProgramTables>>(parsed)));
}

}  // namespace

ParseResult<Query> Query::parse(std::string_view text, FunctionTable functions, const KeyTable& keys) {
  return parse_as<Query>(text, functions, keys, {.goal = ParseGoal::Query},
                         [](auto program) { return Query(std::move(program)); });
}

std::span<const Segment> segments_of(const Program& query) {
  const Path& path = query.paths[query.root];
  return query.segments.subspan(path.first, path.count);
}

bool Query::singular() const { return program().paths[program().root].singular; }

std::size_t common_segments(const Program& a, const Program& b) {
  std::size_t count = 0;
  const auto same_selector = [&](const Selector& x, const Selector& y) {
    if (x.kind != y.kind) return false;
    if (x.kind == SelectorKind::Filter) return text_of(a, x.span) == text_of(b, y.span);
    return x.name == y.name && x.start == y.start && x.end == y.end && x.step == y.step;
  };
  const auto same = [&](const Segment& x, const Segment& y) {
    if (x.descendant != y.descendant || x.count != y.count) return false;
    for (std::uint32_t i = 0; i < x.count; ++i)
      if (!same_selector(a.selectors[x.first + i], b.selectors[y.first + i])) return false;
    return true;
  };
  const auto mine = segments_of(a);
  const auto others = segments_of(b);
  while (count < mine.size() && count < others.size() && same(mine[count], others[count]))
    ++count;
  return count;
}

ParseResult<Expression> Expression::parse(std::string_view text, FunctionTable functions, const KeyTable& keys,
                                          CurrentNode current) {
  return parse_as<Expression>(text, functions, keys,
                              {.goal = ParseGoal::Expression, .current = current == CurrentNode::Allowed},
                              [](auto program) { return Expression(std::move(program)); });
}

ParseResult<ValueExpression> ValueExpression::parse(std::string_view text, FunctionTable functions, const KeyTable& keys,
                                                    CurrentNode current) {
  return parse_as<ValueExpression>(text, functions, keys,
                                   {.goal = ParseGoal::Value, .current = current == CurrentNode::Allowed},
                                   [](auto program) { return ValueExpression(std::move(program)); });
}

const Path* ValueExpression::path() const {
  const Term& term = program().terms[program().root];
  return term.kind == TermKind::Path ? &program().paths[term.index] : nullptr;
}

}  // namespace connect_lint

#include "jsonpath/type_check.h"

#include <fmt/format.h>

#include "base/quote.h"

namespace connect_lint {
namespace {

const Function& function_of(const ProgramTables& program, const Term& term) {
  return program.function_of(program.calls[term.index]);
}

std::string quoted(const ProgramTables& program, Span span) {
  return ticked(std::string_view(program.text).substr(span.begin, span.end - span.begin));
}

std::string_view described(Type type) {
  switch (type) {
    case Type::Value: return "a value";
    case Type::Logical: return "true or false";
    case Type::Nodes: return "nodes";
  }
  return {};
}

// What the term is instead of what it should be.
std::string described(const ProgramTables& program, const Term& term) {
  switch (term.kind) {
    case TermKind::Literal: return "a literal";
    case TermKind::Path: return "a query";
    case TermKind::Call: {
      const Function& function = function_of(program, term);
      return fmt::format("`{}()`, which gives {}", function.name, described(function.result));
    }
    default: return "a logical expression";
  }
}

bool gives_value(const ProgramTables& program, const Term& term) {
  switch (term.kind) {
    case TermKind::Literal: return true;
    case TermKind::Path: return program.paths[term.index].singular;
    case TermKind::Call: return function_of(program, term).result == Type::Value;
    default: return false;
  }
}

bool gives_truth(const ProgramTables& program, const Term& term) {
  if (term.kind == TermKind::Literal) return false;
  return term.kind != TermKind::Call || function_of(program, term).result != Type::Value;
}

bool gives_nodes(const ProgramTables& program, const Term& term) {
  return term.kind == TermKind::Path ||
         (term.kind == TermKind::Call && function_of(program, term).result == Type::Nodes);
}

bool fits(const ProgramTables& program, const Term& term, Type type) {
  switch (type) {
    case Type::Value: return gives_value(program, term);
    case Type::Logical: return gives_truth(program, term);
    case Type::Nodes: return gives_nodes(program, term);
  }
  return false;
}

// Why the path is no value.
std::string not_singular(const ProgramTables& program, const Term& term) {
  if (program.paths[term.index].spaced)
    return fmt::format("{} has blanks inside its brackets, which the RFC does not allow where a value is taken",
                       quoted(program, term.span));
  return fmt::format("{} may select several nodes; a value comes from a query of names and indices alone, such as `@.a[0]`",
                     quoted(program, term.span));
}

std::string_view plural(std::size_t count) { return count == 1 ? "" : "s"; }

}  // namespace

std::optional<ParseError> check_test(const ProgramTables& program, TermIndex index) {
  const Term& term = program.terms[index];
  if (gives_truth(program, term)) return std::nullopt;
  if (term.kind == TermKind::Literal)
    return ParseError{term.span, fmt::format("the literal {} tests nothing; compare it with something", quoted(program, term.span))};
  return ParseError{term.span, fmt::format("`{}()` gives a value; compare it with something",
                                           function_of(program, term).name)};
}

std::optional<ParseError> check_comparable(const ProgramTables& program, TermIndex index) {
  const Term& term = program.terms[index];
  if (gives_value(program, term)) return std::nullopt;
  if (term.kind == TermKind::Path) return ParseError{term.span, not_singular(program, term)};
  if (term.kind == TermKind::Call)
    return ParseError{term.span, fmt::format("`{}()` gives {}; a comparison takes values", function_of(program, term).name,
                                             described(function_of(program, term).result))};
  return ParseError{term.span, "a comparison takes values, not logical expressions"};
}

std::optional<ParseError> check_arguments(const ProgramTables& program, const Function& function, Span call,
                                          std::span<const TermIndex> arguments) {
  if (const std::size_t wanted = function.parameters.size(); arguments.size() != wanted)
    return ParseError{call, fmt::format("`{}()` takes {} argument{}, not {}", function.name, wanted, plural(wanted),
                                        arguments.size())};
  std::vector<Value> literals(arguments.size());
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const Term& term = program.terms[arguments[i]];
    const Type wanted = function.parameters[i];
    if (term.kind == TermKind::Literal) literals[i] = program.literals[term.index];
    if (fits(program, term, wanted)) continue;
    if (wanted == Type::Value && term.kind == TermKind::Path)
      return ParseError{term.span, fmt::format("`{}()` takes a value here; {}", function.name, not_singular(program, term))};
    const std::string_view takes = wanted == Type::Nodes ? "a query" : wanted == Type::Value ? "a value" : "a logical expression";
    return ParseError{term.span, fmt::format("`{}()` takes {} here, not {}", function.name, takes, described(program, term))};
  }
  if (function.check == nullptr) return std::nullopt;
  if (auto problem = function.check(literals))
    return ParseError{program.terms[arguments[problem->argument]].span, std::move(problem->message)};
  return std::nullopt;
}

}  // namespace connect_lint

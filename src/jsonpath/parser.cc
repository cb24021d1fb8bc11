#include "jsonpath/parser.h"

#include <fmt/format.h>

#include "base/edit_distance.h"
#include "base/limits.h"
#include "base/pattern.h"
#include "base/quote.h"
#include "base/utf8.h"
#include "jsonpath/i_regexp.h"
#include "jsonpath/scanner.h"
#include "jsonpath/type_check.h"

namespace connect_lint {
namespace {

using MaybeTerm = std::optional<TermIndex>;

// Recursive descent, a method for each rule of the grammar that needs one. A
// method that fails has told the scanner why.
class Parser {
 public:
  Parser(std::string_view text, FunctionTable functions, const KeyTable& keys, ParseOptions options)
      : program_(std::make_shared<ProgramTables>()), functions_(functions), keys_(keys), options_(options), scan_(text) {
    program_->text = text;
    program_->functions = functions;
  }

  bool parse();
  [[nodiscard]] const ParseError& error() const { return *scan_.error(); }
  [[nodiscard]] std::shared_ptr<const ProgramTables> program() const { return program_; }

 private:
  bool check_text();
  bool parse_goal();
  bool fail(std::optional<ParseError> error) { return scan_.fail(error->span, std::move(error->message)); }

  // Paths.
  std::optional<PathIndex> path();
  bool segment(Path& path, Segment& to);
  bool shorthand(Segment& to, std::vector<Selector>& selectors, std::string_view dots);
  bool brackets(Path& path, std::vector<Selector>& selectors);
  bool selector(Selector& to);
  bool index_or_slice(Selector& to);
  bool no_selector();
  Selector named(std::string_view name, Span span);
  std::string_view keep(std::string_view text) {
    return *program_->strings.emplace_back(std::make_unique<std::string>(text));
  }

  // Expressions. `first` is an operand that was read already.
  MaybeTerm logical_or(MaybeTerm first = std::nullopt);
  MaybeTerm logical_and(MaybeTerm first);
  MaybeTerm basic(MaybeTerm first);
  MaybeTerm negation();
  MaybeTerm parentheses();
  MaybeTerm compared(TermIndex left, Comparison comparison);
  MaybeTerm operand();
  MaybeTerm literal(std::uint32_t begin, Value value);
  MaybeTerm call(std::string_view name, std::uint32_t begin);
  MaybeTerm argument();
  std::optional<Comparison> comparison();
  bool no_comparison_follows(std::string_view message);
  bool unknown_function(std::string_view name, Span span);
  void compile_pattern(Call& call, TermIndex argument);

  MaybeTerm add(Term term, const std::vector<TermIndex>& operands);
  MaybeTerm combined(TermKind kind, const std::vector<TermIndex>& parts, std::uint32_t begin);
  void remember_constants(TermIndex term);
  bool enter() {
    return ++depth_ <= kQueryNestingMax ||
           scan_.fail_here(fmt::format("more than {} parentheses, filters and calls inside each other", kQueryNestingMax));
  }
  void leave() { --depth_; }

  std::shared_ptr<ProgramTables> program_;
  const FunctionTable functions_;
  const KeyTable& keys_;
  const ParseOptions options_;
  Scanner scan_;
  std::size_t patterns_ = 0;  // That were to be made ready.
  std::size_t depth_ = 0;
  std::size_t segments_ = 0;
  std::size_t filters_ = 0;  // Around the place.
};

bool Parser::parse() {
  if (!check_text() || !parse_goal()) return false;
  if (scan_.at_end()) return true;
  if (scan_.skip_blanks() && scan_.at_end())
    return scan_.fail({scan_.at() - 1, scan_.at()}, "a blank after the end of the query");
  return scan_.fail_here(fmt::format("{} was not expected here", scan_.next_shown()));
}

bool Parser::check_text() {
  const std::string_view text = program_->text;
  if (text.size() > kQueryBytesMax)
    return scan_.fail({0, 0}, fmt::format("a query of {} bytes; at most {} are allowed", text.size(), kQueryBytesMax));
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t bytes = utf8_sequence_bytes(text.substr(at));
    const auto offset = static_cast<std::uint32_t>(at);
    if (bytes == 0) return scan_.fail({offset, offset + 1}, "a byte that is no UTF-8");
    at += bytes;
  }
  return true;
}

bool Parser::parse_goal() {
  if (options_.goal == ParseGoal::Query) {
    if (scan_.peek() != '$')
      return scan_.fail_here(scan_.at_end() ? "an empty query" : fmt::format("a query begins with `$`, not {}", scan_.next_shown()));
    const auto root = path();
    if (root) program_->root = *root;
    return root.has_value();
  }
  scan_.skip_blanks();
  if (scan_.at_end()) return scan_.fail_here("an empty expression");
  const MaybeTerm root = options_.goal == ParseGoal::Value ? operand() : logical_or();
  if (!root) return false;
  program_->root = *root;
  scan_.skip_blanks();
  if (options_.goal == ParseGoal::Value)
    if (auto problem = check_comparable(*program_, *root)) return fail(std::move(problem));
  return true;
}

// --- Paths --------------------------------------------------------------------

std::optional<PathIndex> Parser::path() {
  Path path;
  const std::uint32_t begin = scan_.at();
  path.relative = scan_.peek() == '@';
  scan_.back_to(begin + 1);
  std::vector<Segment> segments;
  std::uint32_t end = scan_.at();
  while (scan_.skip_blanks(), scan_.peek() == '.' || scan_.peek() == '[') {
    if (++segments_ > kQuerySegmentsMax) {
      scan_.fail_here(fmt::format("more than {} segments", kQuerySegmentsMax));
      return std::nullopt;
    }
    if (!segment(path, segments.emplace_back())) return std::nullopt;
    end = scan_.at();
  }
  scan_.back_to(end);
  path.span = {begin, end};
  path.first = static_cast<std::uint32_t>(program_->segments.size());
  path.count = static_cast<std::uint32_t>(segments.size());
  path.spaced = path.spaced && path.singular;
  path.singular = path.singular && !path.spaced;
  program_->segments.insert(program_->segments.end(), segments.begin(), segments.end());
  program_->paths.push_back(path);
  return static_cast<PathIndex>(program_->paths.size() - 1);
}

bool Parser::segment(Path& path, Segment& to) {
  const std::uint32_t begin = scan_.at();
  std::vector<Selector> selectors;
  to.descendant = scan_.take("..");
  const bool dot = !to.descendant && scan_.take(".");
  if (!dot && scan_.peek() == '[') {
    if (!brackets(path, selectors)) return false;
  } else if (!shorthand(to, selectors, dot ? "." : "..")) {
    return false;
  }
  path.singular = path.singular && !to.descendant && selectors.size() == 1;
  to.first = static_cast<std::uint32_t>(program_->selectors.size());
  to.count = static_cast<std::uint32_t>(selectors.size());
  to.span = scan_.since(begin);
  for (Selector& selector : selectors) {
    path.singular = path.singular && (selector.kind == SelectorKind::Name || selector.kind == SelectorKind::Index);
    program_->selectors.push_back(std::move(selector));
  }
  return true;
}

// `*` or a name, after dots.
bool Parser::shorthand(Segment& to, std::vector<Selector>& selectors, std::string_view dots) {
  const std::uint32_t begin = scan_.at();
  if (scan_.take("*")) {
    selectors.emplace_back().span = scan_.since(begin);
    return true;
  }
  if (scan_.name_follows()) {
    const std::string_view name = scan_.name();
    selectors.push_back(named(name, scan_.since(begin)));
    return true;
  }
  const Span before{begin - static_cast<std::uint32_t>(dots.size()), begin};
  if (scan_.at_end()) return scan_.fail(before, fmt::format("nothing follows `{}`", dots));
  if (scan_.skip_blanks()) return scan_.fail(scan_.since(begin), fmt::format("a blank after `{}`", dots));
  if (scan_.peek() == '[') return scan_.fail({begin - 1, begin + 1}, "`.` goes before a name or `*`, not before `[`");
  if (scan_.peek() == '.' && to.descendant) return scan_.fail({begin - 2, begin + 1}, "`...` is no segment");
  if (scan_.digit_follows())
    return scan_.fail_here(
        fmt::format("a name after `{}` does not begin with a digit; put it in brackets and quotes", dots));
  if (scan_.peek() == '\'' || scan_.peek() == '"') return scan_.fail_here("a name in quotes stands in brackets");
  return scan_.fail_here(fmt::format("{} cannot follow `{}`; put names with such characters in brackets and quotes",
                                     scan_.next_shown(), dots));
}

bool Parser::brackets(Path& path, std::vector<Selector>& selectors) {
  const std::uint32_t begin = scan_.at();
  scan_.take("[");
  bool spaced = false;
  do {
    spaced |= scan_.skip_blanks();
    if (!selector(selectors.emplace_back())) return false;
    spaced |= scan_.skip_blanks();
  } while (scan_.take(","));
  path.spaced |= spaced;
  if (scan_.take("]")) return true;
  if (scan_.at_end()) return scan_.fail({begin, begin + 1}, "`[` is not closed");
  if (selectors.back().kind == SelectorKind::Filter) {
    if (scan_.peek() == '=') return scan_.fail_here("`=` compares nothing; write `==`");
    if (scan_.peek() == '&' || scan_.peek() == '|')
      return scan_.fail_here(fmt::format("{0} is no operator; write `{1}{1}`", scan_.next_shown(), scan_.peek()));
    return scan_.fail_here(fmt::format("{} was not expected here; an operator, `,` or `]` would be", scan_.next_shown()));
  }
  return scan_.fail_here(fmt::format("{} was not expected here; `,` or `]` would be", scan_.next_shown()));
}

Selector Parser::named(std::string_view name, Span span) {
  Selector selector;
  selector.kind = SelectorKind::Name;
  selector.name = keep(name);
  selector.key = keys_.find(name);
  selector.span = span;
  return selector;
}

bool Parser::selector(Selector& to) {
  const std::uint32_t begin = scan_.at();
  const char c = scan_.peek();
  if (c == '\'' || c == '"') {
    const auto name = scan_.string();
    if (!name) return false;
    to = named(*name, scan_.since(begin));
    return true;
  }
  if (c == '-' || c == ':' || scan_.digit_follows()) return index_or_slice(to);
  if (scan_.take("*")) {
    to.span = scan_.since(begin);
    return true;
  }
  if (!scan_.take("?")) return no_selector();
  to.kind = SelectorKind::Filter;
  scan_.skip_blanks();
  ++filters_;
  const MaybeTerm filter = logical_or();
  --filters_;
  if (!filter) return false;
  to.filter = *filter;
  to.span = scan_.since(begin);
  remember_constants(*filter);
  return true;
}

bool Parser::no_selector() {
  if (scan_.peek() == ']') return scan_.fail_here("a selector is missing: a name in quotes, an index, a slice, `*` or `?`");
  if (scan_.at_end()) return scan_.fail_here("a selector is missing");
  if (scan_.peek() == '(' || scan_.peek() == '@') return scan_.fail_here("a filter begins with `?`");
  if (scan_.name_follows()) {
    const std::uint32_t begin = scan_.at();
    const std::string_view name = scan_.name();
    return scan_.fail(scan_.since(begin), fmt::format("a name in brackets is written in quotes: `['{}']`", visible(name)));
  }
  return scan_.fail_here(fmt::format("{} begins no selector", scan_.next_shown()));
}

bool Parser::index_or_slice(Selector& to) {
  const std::uint32_t begin = scan_.at();
  const auto bound = [&](std::optional<std::int64_t>& value) {
    if (scan_.peek() != '-' && !scan_.digit_follows()) return true;
    value = scan_.integer();
    return value.has_value();
  };
  if (!bound(to.start)) return false;
  std::uint32_t end = scan_.at();
  scan_.skip_blanks();
  if (scan_.take(":")) {
    to.kind = SelectorKind::Slice;
    end = scan_.at();
    scan_.skip_blanks();
    const std::uint32_t before = scan_.at();
    if (!bound(to.end)) return false;
    if (scan_.at() != before) end = scan_.at();
    scan_.skip_blanks();
    if (scan_.take(":")) {
      end = scan_.at();
      scan_.skip_blanks();
      std::optional<std::int64_t> step;
      if (!bound(step)) return false;
      if (step) end = scan_.at();
      to.step = step.value_or(1);
    }
  } else {
    to.kind = SelectorKind::Index;
  }
  scan_.back_to(end);
  to.span = {begin, end};
  return true;
}

// --- Expressions --------------------------------------------------------------

MaybeTerm Parser::add(Term term, const std::vector<TermIndex>& operands) {
  term.first = static_cast<std::uint32_t>(program_->operands.size());
  term.count = static_cast<std::uint32_t>(operands.size());
  for (const TermIndex operand : operands) {
    program_->operands.push_back(operand);
    term.constant = term.constant && program_->terms[operand].constant;
  }
  program_->terms.push_back(term);
  return static_cast<TermIndex>(program_->terms.size() - 1);
}

MaybeTerm Parser::combined(TermKind kind, const std::vector<TermIndex>& parts, std::uint32_t begin) {
  if (parts.size() == 1) return parts[0];
  return add({.kind = kind, .span = scan_.since(begin)}, parts);
}

// Results that are the same for all candidates of a filter get a place of their own.
void Parser::remember_constants(TermIndex index) {
  Term& term = program_->terms[index];
  if (term.kind == TermKind::Literal) return;
  if (term.constant) {
    term.memo = program_->memos++;
    return;
  }
  for (std::uint32_t i = 0; i < term.count; ++i) remember_constants(program_->operands[term.first + i]);
}

MaybeTerm Parser::logical_or(MaybeTerm first) {
  if (!enter()) return std::nullopt;
  const std::uint32_t begin = first ? program_->terms[*first].span.begin : scan_.at();
  std::vector<TermIndex> parts;
  std::uint32_t end = 0;
  do {
    if (!parts.empty()) scan_.skip_blanks();
    const MaybeTerm part = logical_and(parts.empty() ? first : std::nullopt);
    if (!part) return std::nullopt;
    parts.push_back(*part);
    end = scan_.at();
    scan_.skip_blanks();
  } while (scan_.take("||"));
  scan_.back_to(end);
  leave();
  return combined(TermKind::Or, parts, begin);
}

MaybeTerm Parser::logical_and(MaybeTerm first) {
  const std::uint32_t begin = first ? program_->terms[*first].span.begin : scan_.at();
  std::vector<TermIndex> parts;
  std::uint32_t end = 0;
  do {
    if (!parts.empty()) scan_.skip_blanks();
    const MaybeTerm part = basic(parts.empty() ? first : std::nullopt);
    if (!part) return std::nullopt;
    parts.push_back(*part);
    end = scan_.at();
    scan_.skip_blanks();
  } while (scan_.take("&&"));
  scan_.back_to(end);
  return combined(TermKind::And, parts, begin);
}

MaybeTerm Parser::basic(MaybeTerm first) {
  if (!first) {
    if (scan_.peek() == '!') return negation();
    if (scan_.peek() == '(') return parentheses();
    first = operand();
    if (!first) return std::nullopt;
  }
  const std::uint32_t end = scan_.at();
  scan_.skip_blanks();
  if (const auto found = comparison()) return compared(*first, *found);
  scan_.back_to(end);
  if (auto problem = check_test(*program_, *first)) {
    fail(std::move(problem));
    return std::nullopt;
  }
  return first;
}

bool Parser::no_comparison_follows(std::string_view message) {
  const std::uint32_t end = scan_.at();
  scan_.skip_blanks();
  const std::uint32_t begin = scan_.at();
  if (comparison()) return scan_.fail(scan_.since(begin), std::string(message));
  scan_.back_to(end);
  return true;
}

MaybeTerm Parser::negation() {
  const std::uint32_t begin = scan_.at();
  scan_.take("!");
  scan_.skip_blanks();
  MaybeTerm term;
  if (scan_.peek() == '(') {
    term = parentheses();
  } else if (scan_.peek() == '!') {
    scan_.fail_here("`!` twice; parentheses go around what is negated");
  } else {
    term = operand();
    if (!term || !no_comparison_follows("`!` negates a test; put the comparison in parentheses: `!(@.a == 1)`"))
      return std::nullopt;
    if (auto problem = check_test(*program_, *term)) {
      fail(std::move(problem));
      return std::nullopt;
    }
  }
  if (!term) return std::nullopt;
  return add({.kind = TermKind::Not, .span = scan_.since(begin)}, {*term});
}

MaybeTerm Parser::parentheses() {
  const std::uint32_t begin = scan_.at();
  scan_.take("(");
  scan_.skip_blanks();
  const MaybeTerm inside = logical_or();
  if (!inside) return std::nullopt;
  scan_.skip_blanks();
  if (!scan_.take(")")) {
    if (scan_.at_end()) {
      scan_.fail({begin, begin + 1}, "`(` is not closed");
    } else {
      scan_.fail_here(fmt::format("{} was not expected here; an operator or `)` would be", scan_.next_shown()));
    }
    return std::nullopt;
  }
  const Span span = scan_.since(begin);
  if (!no_comparison_follows("a comparison takes values, not logical expressions in parentheses")) return std::nullopt;
  // Inside parentheses a query or call is a test, never a value or nodelist.
  const TermKind kind = program_->terms[*inside].kind;
  if (kind != TermKind::Path && kind != TermKind::Call) return inside;
  return add({.kind = TermKind::And, .span = span}, {*inside});
}

std::optional<Comparison> Parser::comparison() {
  if (scan_.take("==")) return Comparison::Equal;
  if (scan_.take("!=")) return Comparison::NotEqual;
  if (scan_.take("<=")) return Comparison::LessOrEqual;
  if (scan_.take(">=")) return Comparison::GreaterOrEqual;
  if (scan_.take("<")) return Comparison::Less;
  if (scan_.take(">")) return Comparison::Greater;
  return std::nullopt;
}

MaybeTerm Parser::compared(TermIndex left, Comparison comparison) {
  scan_.skip_blanks();
  const MaybeTerm right = operand();
  if (!right) return std::nullopt;
  for (const TermIndex side : {left, *right}) {
    if (auto problem = check_comparable(*program_, side)) {
      fail(std::move(problem));
      return std::nullopt;
    }
  }
  const std::uint32_t begin = program_->terms[left].span.begin;
  const MaybeTerm term = add({.kind = TermKind::Comparison, .comparison = comparison, .span = scan_.since(begin)}, {left, *right});
  if (!no_comparison_follows("a comparison has two sides; join several with `&&`")) return std::nullopt;
  return term;
}

MaybeTerm Parser::literal(std::uint32_t begin, Value value) {
  program_->literals.push_back(value);
  return add({.kind = TermKind::Literal,
              .index = static_cast<std::uint32_t>(program_->literals.size() - 1),
              .span = scan_.since(begin)},
             {});
}

MaybeTerm Parser::operand() {
  const std::uint32_t begin = scan_.at();
  const char c = scan_.peek();
  if (c == '$' || c == '@') {
    if (c == '@' && filters_ == 0 && !options_.current) {
      scan_.fail_here("`@` has a meaning in filters only");
      return std::nullopt;
    }
    const auto index = path();
    if (!index) return std::nullopt;
    const Path& path = program_->paths[*index];
    return add({.kind = TermKind::Path, .constant = !path.relative, .index = *index, .span = path.span}, {});
  }
  if (c == '\'' || c == '"') {
    const auto text = scan_.string();
    if (!text) return std::nullopt;
    return literal(begin, Value::of(keep(*text)));
  }
  if (c == '-' || scan_.digit_follows()) {
    const auto text = scan_.number();
    if (!text) return std::nullopt;
    return literal(begin, Value::of(read_number(*text).value_or(Number{})));
  }
  if (scan_.word_follows()) {
    const std::string_view word = scan_.word();
    if (scan_.peek() == '(') return call(word, begin);
    if (word == "true") return literal(begin, Value::of(true));
    if (word == "false") return literal(begin, Value::of(false));
    if (word == "null") return literal(begin, Value::null());
    const Span span = scan_.since(begin);
    if (scan_.skip_blanks() && scan_.peek() == '(' && find_function(functions_, word) != nullptr) {
      scan_.fail({span.end, scan_.at()}, fmt::format("a blank between `{}` and its parenthesis", word));
    } else {
      scan_.fail(span, fmt::format("{} is no literal, query or call; texts stand in quotes", ticked(word)));
    }
    return std::nullopt;
  }
  if (scan_.at_end()) {
    scan_.fail_here("the text ends where a value should be");
  } else if (c == '.' || c == '+') {
    scan_.fail_here(fmt::format("a number does not begin with `{}`", c));
  } else if (scan_.name_follows()) {
    const std::string_view name = scan_.name();
    scan_.fail(scan_.since(begin), fmt::format("{} is no literal, query or call; texts stand in quotes", ticked(name)));
  } else {
    scan_.fail_here(fmt::format("{} where a query, a literal or a call should be", scan_.next_shown()));
  }
  return std::nullopt;
}

bool Parser::unknown_function(std::string_view name, Span span) {
  std::string message = fmt::format("there is no function {}", ticked(name));
  std::size_t limit = edit_distance_allowed(name.size());
  const Function* best = nullptr;
  for (const Function& function : functions_) {
    const std::size_t distance = edit_distance(name, function.name, limit);
    if (distance > limit) continue;
    best = &function;
    if (distance == 0) break;
    limit = distance - 1;
  }
  if (best != nullptr) message += fmt::format("; did you mean `{}`?", best->name);
  return scan_.fail(span, std::move(message));
}

// At the parenthesis.
MaybeTerm Parser::call(std::string_view name, std::uint32_t begin) {
  const Function* function = find_function(functions_, name);
  if (function == nullptr) {
    unknown_function(name, scan_.since(begin));
    return std::nullopt;
  }
  if (!enter()) return std::nullopt;
  scan_.take("(");
  scan_.skip_blanks();
  std::vector<TermIndex> arguments;
  if (!scan_.take(")")) {
    do {
      scan_.skip_blanks();
      const MaybeTerm next = argument();
      if (!next) return std::nullopt;
      arguments.push_back(*next);
      scan_.skip_blanks();
    } while (scan_.take(","));
    if (!scan_.take(")")) {
      scan_.fail_here(scan_.at_end() ? fmt::format("the parenthesis of `{}` is not closed", name)
                                     : fmt::format("{} was not expected here; `,` or `)` would be", scan_.next_shown()));
      return std::nullopt;
    }
  }
  leave();
  const Span span = scan_.since(begin);
  if (auto problem = check_arguments(*program_, *function, span, arguments)) {
    fail(std::move(problem));
    return std::nullopt;
  }
  Call& call = program_->calls.emplace_back();
  call.function = static_cast<std::uint16_t>(function - functions_.data());
  if (function->pattern != PatternUse::None) compile_pattern(call, arguments.back());
  return add({.kind = TermKind::Call, .index = static_cast<std::uint32_t>(program_->calls.size() - 1), .span = span}, arguments);
}

MaybeTerm Parser::argument() {
  if (scan_.peek() == '!' || scan_.peek() == '(') return logical_or();
  const MaybeTerm first = operand();
  if (!first) return std::nullopt;
  const std::uint32_t end = scan_.at();
  scan_.skip_blanks();
  const bool bare = scan_.peek() == ',' || scan_.peek() == ')';
  scan_.back_to(end);
  return bare ? first : logical_or(first);
}

// A literal that is no I-Regexp matches nothing (RFC 9535, section 2.4.6): a note, no error.
void Parser::compile_pattern(Call& call, TermIndex argument) {
  const Term& term = program_->terms[argument];
  if (term.kind != TermKind::Literal) return;
  call.pattern_known = true;
  const Function& function = program_->function_of(call);
  const Value& value = program_->literals[term.index];
  if (!value.is(ValueKind::String)) {
    program_->notes.push_back({term.span, fmt::format("`{}()` with a pattern that is no text matches nothing", function.name)});
    return;
  }
  if (++patterns_ > kQueryPatternsMax) {
    if (patterns_ == kQueryPatternsMax + 1) program_->notes.push_back({term.span, fmt::format("more than {} patterns in one query: this one and those behind it match nothing", kQueryPatternsMax)});
    return;
  }
  std::string text;
  const IRegexpProblem problem = translate_i_regexp(value.text, function.pattern == PatternUse::Whole, text);
  if (!problem.message.empty()) {
    program_->notes.push_back({term.span, fmt::format("the pattern matches nothing: {}", problem.message)});
    return;
  }
  PatternProgram pattern;
  if (const auto automaton = make_automaton(text)) {
    add_automaton(*automaton, program_->pattern_bytes, pattern);
  } else if (const auto compiled = Pattern::compile(text); !compiled.ok()) {
    program_->notes.push_back({term.span, fmt::format("the pattern matches nothing: {}", compiled.error())});
    return;
  }
  pattern.text = static_cast<std::uint32_t>(program_->pattern_texts.size());
  pattern.text_length = static_cast<std::uint32_t>(text.size());
  program_->pattern_texts += text;
  program_->patterns.push_back(pattern);
  call.pattern_plus_1 = static_cast<std::uint16_t>(program_->patterns.size());
}

}  // namespace

std::variant<std::shared_ptr<const ProgramTables>, ParseError> parse_program(std::string_view text, FunctionTable functions,
                                                                       const KeyTable& keys, ParseOptions options) {
  Parser parser(text, functions, keys, options);
  if (!parser.parse()) return parser.error();
  return parser.program();
}

}  // namespace connect_lint

// Paths as a sieve follows them (sieve_function.h): step by step, each step once.
#ifndef CONNECT_LINT_RULES_SIEVE_STEPS_H_
#define CONNECT_LINT_RULES_SIEVE_STEPS_H_

#include <map>
#include <string>
#include <string_view>

#include "jsonpath/program.h"

namespace connect_lint {

// The first steps of paths, each looked up once: `$.Tasks[0].TaskType` is three.
struct Step {
  std::string variable;
  mutable bool is_text = false;  // It is compared with texts: `t` + variable,
  mutable bool is_word = false;          // or its word (RuleSet::words) is looked up: `w` + variable.
  std::map<std::string, Step> next;  // By what is looked up: see lookup_of().
};

// The same in every build, as addresses are not.
struct StepOrder {
  bool operator()(const Step* a, const Step* b) const {
    return a->variable.size() != b->variable.size() ? a->variable.size() < b->variable.size() : a->variable < b->variable;
  }
};

// How C++ gets from a node to the next; "" where this is no single step.
[[nodiscard]] std::string lookup_of(const Program& program, const Segment& segment);
// Of what lookup_of() gave: whether it is the number of a key, and the call.
[[nodiscard]] bool is_key(std::string_view lookup);
[[nodiscard]] std::string lookup_call(std::string_view lookup, std::string_view node);

// Whether C++ can be written for all of the path; else the evaluator follows it.
[[nodiscard]] bool is_plain(const Program& program, const Path& path);

}  // namespace connect_lint

#endif  // CONNECT_LINT_RULES_SIEVE_STEPS_H_

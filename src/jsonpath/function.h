// Function extensions (RFC 9535, section 2.4): what a function declares, what
// it is called with, and the five that the RFC defines.
//
// A function is one entry of a table sorted by name:
//
//   Value call_key(CallContext& context, std::span<const Argument> arguments) {
//     if (arguments[0].nodes.size() != 1) return Value::nothing();
//     return Value::of(context.document().key(arguments[0].nodes[0]));
//   }
//   constexpr Type kNodes[] = {Type::Nodes};
//   constexpr Function kKey = {.name = "key", .result = Type::Value, .parameters = kNodes,
//                              .call = call_key, .signature = "key(node)", ...};
//
// Functions are pure: the same arguments on the same document give the same
// result, so a call that does not depend on `@` is made once per evaluation.
#ifndef CONNECT_LINT_JSONPATH_FUNCTION_H_
#define CONNECT_LINT_JSONPATH_FUNCTION_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "document/document.h"
#include "jsonpath/value.h"

namespace connect_lint {

// Of parameters and results (RFC 9535, section 2.4.1).
enum class Type : std::uint8_t { Value, Logical, Nodes };

// "ValueType"
[[nodiscard]] std::string_view name_of(Type type);

struct Argument {
  Type type = Type::Value;          // Of the parameter; says which member below holds it.
  const Value& value = kNoValue;    // Value: Nothing for a query that selects nothing. Lives during the call.
  Truth truth = Truth::False;       // Logical.
  std::span<const NodeIndex> nodes; // Nodes: in nodelist order; valid during the call.
  bool uncertain = false;           // Nodes: an unknown value may hide more of them.
  bool constant = false;            // The same in every call of one evaluation.
};

// What a function keeps between its calls at one place of a query, during one
// evaluation: an index over a constant nodelist, for instance.
struct FunctionMemory {
  virtual ~FunctionMemory() = default;
  // As new, for another evaluation; may keep some room.
  virtual void forget() = 0;
};

class Evaluator;
struct Call;
struct Program;

// What a function may use besides its arguments.
class CallContext {
 public:
  [[nodiscard]] const Document& document() const { return document_; }
  // What `$` is.
  [[nodiscard]] NodeIndex root() const { return root_; }
  // The value of a node, as value_of() gives it; Unknown, too, for what the
  // evaluation is not to rely on.
  [[nodiscard]] Value value(NodeIndex node) const;
  // The key of a member, or the one that a misspelt key means; Unknown for what
  // an earlier check refused. `node` is a member.
  [[nodiscard]] Value key(NodeIndex node) const;
  // The request around `$` (Evaluator::set_surroundings); `$` without one.
  [[nodiscard]] NodeIndex request() const;
  // The present time in seconds since 1970, where the caller told it.
  [[nodiscard]] std::optional<std::int64_t> now() const;

  // Work beyond a glance at each argument: 1 for a node, or for 16 bytes of
  // text. False when the budget is used up: return anything at once.
  [[nodiscard]] bool charge(std::uint64_t nodes);

  // A copy of `text` that lives until the evaluator's next evaluation.
  [[nodiscard]] Value keep(std::string_view text);

  // The children of an array or object that count: members hidden by a later
  // one with the same name do not.
  [[nodiscard]] std::size_t count_children(NodeIndex container);

  // Whether a text matches the pattern that the function declares
  // (Function::pattern), its last argument; False when that is no I-Regexp.
  [[nodiscard]] Truth matches(std::string_view text, const Argument& pattern);

  // For functions of NodesType: adds to the result.
  void add(NodeIndex node);

  // This place's memory; as T's default constructor makes it at its first use in
  // an evaluation.
  template <typename T>
  T& memory() {
    static_assert(std::is_base_of_v<FunctionMemory, T>);
    const MemorySlot slot = memory_slot();
    if (!slot.first_use) return static_cast<T&>(*slot.memory);
    // What stood here before may be of another program.
    if (T* const kept = dynamic_cast<T*>(slot.memory.get())) {
      kept->forget();
      return *kept;
    }
    slot.memory = std::make_unique<T>();
    return static_cast<T&>(*slot.memory);
  }

 private:
  friend class Evaluator;
  CallContext(Evaluator& evaluator, const Document& document, NodeIndex root, const Program& program, const Call& site)
      : evaluator_(evaluator), document_(document), root_(root), program_(program), site_(site) {}
  struct MemorySlot {
    std::unique_ptr<FunctionMemory>& memory;
    bool first_use;  // In this evaluation.
  };
  [[nodiscard]] MemorySlot memory_slot();

  Evaluator& evaluator_;
  const Document& document_;
  const NodeIndex root_;
  const Program& program_;
  const Call& site_;  // Of the program.
};

// Whether a function's last argument is a pattern, and what it has to match.
enum class PatternUse : std::uint8_t { None, Whole, Part };

// A literal argument that the function cannot take.
struct ArgumentProblem {
  std::size_t argument;  // 0-based.
  std::string message;
};

struct Function {
  std::string_view name;  // `[a-z][a-z0-9_]*`
  Type result;
  std::span<const Type> parameters;  // At most kFunctionParametersMax.

  // Logical: returns a Boolean or Unknown. Nodes: what it returns is ignored.
  // Not called with an unknown value or an uncertain nodelist, which give
  // Unknown, unless `takes_unknown`.
  Value (*call)(CallContext& context, std::span<const Argument> arguments);
  bool takes_unknown = false;
  PatternUse pattern = PatternUse::None;

  // Looks at the literals of a call when the query is parsed (Nothing stands
  // for what is no literal); null: takes all.
  std::optional<ArgumentProblem> (*check)(std::span<const Value> literals) = nullptr;

  // For documentation.
  std::string_view signature;    // "length(value)"
  std::string_view summary;      // One line, lower-case start, no full stop.
  std::string_view explanation;  // Paragraphs; each ends in a line break.
  std::string_view example;      // A whole query.
  bool standard = false;         // Defined by RFC 9535.
};

// Sorted by name, no name twice; outlives the queries parsed with it.
using FunctionTable = std::span<const Function>;

// length, count, match, search, value.
[[nodiscard]] FunctionTable standard_functions();

// Both tables in one.
[[nodiscard]] std::vector<Function> merge_functions(FunctionTable a, FunctionTable b);

// Null without one.
[[nodiscard]] const Function* find_function(FunctionTable functions, std::string_view name);

}  // namespace connect_lint

#endif  // CONNECT_LINT_JSONPATH_FUNCTION_H_

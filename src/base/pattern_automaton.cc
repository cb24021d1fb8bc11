#include "base/pattern_automaton.h"

#include <algorithm>
#include <bitset>
#include <charconv>
#include <map>
#include <unordered_set>
#include <utility>

#include "base/limits.h"
#include "base/utf8.h"

namespace connect_lint {
namespace {

using Bytes = std::bitset<256>;

// Thompson's construction. Each state has either empty moves or one move on a
// set of bytes.
class Nfa {
 public:
  struct State {
    std::vector<int> empty;
    Bytes bytes;
    int next = -1;
  };
  struct Piece {
    int begin;
    int end;
  };

  int add() {
    states_.emplace_back();
    return static_cast<int>(states_.size()) - 1;
  }
  void link(int from, int to) { at(from).empty.push_back(to); }
  [[nodiscard]] State& at(int index) { return states_[static_cast<std::size_t>(index)]; }
  [[nodiscard]] const State& at(int index) const { return states_[static_cast<std::size_t>(index)]; }
  [[nodiscard]] std::size_t size() const { return states_.size(); }

  Piece empty() {
    const int state = add();
    return {state, state};
  }
  Piece on(const Bytes& bytes) {
    const int begin = add();
    const int end = add();
    at(begin).bytes = bytes;
    at(begin).next = end;
    return {begin, end};
  }
  Piece then(Piece a, Piece b) {
    link(a.end, b.begin);
    return {a.begin, b.end};
  }
  Piece either(Piece a, Piece b) {
    const int begin = add();
    const int end = add();
    link(begin, a.begin);
    link(begin, b.begin);
    link(a.end, end);
    link(b.end, end);
    return {begin, end};
  }
  Piece optional(Piece a) { return either(a, empty()); }
  Piece repeated(Piece a) {
    const int begin = add();
    const int end = add();
    link(begin, a.begin);
    link(begin, end);
    link(a.end, begin);
    return {begin, end};
  }

 private:
  std::vector<State> states_;
};

Bytes range(unsigned first, unsigned last) {
  Bytes bytes;
  for (unsigned byte = first; byte <= last; ++byte) bytes.set(byte);
  return bytes;
}

// The only member, or the least one; 256 without any.
unsigned least(const Bytes& bytes) {
  unsigned byte = 0;
  while (byte < bytes.size() && !bytes.test(byte)) ++byte;
  return byte;
}

Bytes word_bytes() { return range('0', '9') | range('a', 'z') | range('A', 'Z') | range('_', '_'); }
Bytes space_bytes() {
  return range('\t', '\n') | range('\f', '\r') | range(' ', ' ');  // RE2: no vertical tab
}

// Recursive descent; every function gives nothing where the pattern leaves
// what is taken.
class PatternParser {
 public:
  PatternParser(std::string_view pattern, Nfa& nfa) : rest_(pattern), nfa_(nfa) {}

  // The pattern, searched for anywhere unless anchored.
  std::optional<Nfa::Piece> parse() {
    const bool from_start = take('^');
    const bool to_end = rest_.ends_with('$') && !rest_.ends_with("\\$");
    if (to_end) rest_.remove_suffix(1);
    const std::size_t alternatives_before = top_level_alternatives_;
    auto piece = parse_either(0);
    if (!piece || !rest_.empty()) return std::nullopt;
    // `^a|b$` anchors one side of each alternative only.
    if ((from_start || to_end) && top_level_alternatives_ != alternatives_before) return std::nullopt;
    if (!from_start) piece = nfa_.then(nfa_.repeated(nfa_.on(range(0, 255))), *piece);
    if (!to_end) piece = nfa_.then(*piece, nfa_.repeated(nfa_.on(range(0, 255))));
    return piece;
  }

 private:
  using Maybe = std::optional<Nfa::Piece>;
  struct Atom {
    Bytes ascii;             // Members below 0x80.
    bool beyond = false;     // All code points from 0x80 on.
  };

  [[nodiscard]] char peek() const { return rest_.empty() ? '\0' : rest_[0]; }
  bool take(char c) {
    if (peek() != c || rest_.empty()) return false;
    rest_.remove_prefix(1);
    return true;
  }

  Maybe parse_either(int depth) {
    if (depth > 20) return std::nullopt;
    const Maybe first = parse_sequence(depth);
    if (!first || peek() != '|') return first;
    // One begin and one end for all of them: thousands make no chain.
    const Nfa::Piece all{nfa_.add(), nfa_.add()};
    Maybe piece = first;
    while (piece) {
      nfa_.link(all.begin, piece->begin);
      nfa_.link(piece->end, all.end);
      if (!take('|')) return all;
      if (depth == 0) ++top_level_alternatives_;
      piece = parse_sequence(depth);
    }
    return std::nullopt;
  }

  Maybe parse_sequence(int depth) {
    Nfa::Piece piece = nfa_.empty();
    while (!rest_.empty() && peek() != '|' && peek() != ')') {
      const Maybe next = parse_repeated(depth);
      if (!next) return std::nullopt;
      piece = nfa_.then(piece, *next);
    }
    return piece;
  }

  // An atom with what follows it. A counted repetition parses the atom anew
  // for each copy.
  Maybe parse_repeated(int depth) {
    const std::string_view start = rest_;
    const Maybe first = parse_atom(depth);
    if (!first) return std::nullopt;
    const std::string_view after_atom = rest_;
    const auto again = [&]() -> Maybe {
      const std::string_view kept = rest_;
      rest_ = start;
      const Maybe copy = parse_atom(depth);
      rest_ = kept;
      return copy;
    };
    Maybe piece = first;
    if (take('*')) {
      piece = nfa_.repeated(*first);
    } else if (take('?')) {
      piece = nfa_.optional(*first);
    } else if (take('+')) {
      const Maybe copy = again();
      if (!copy) return std::nullopt;
      piece = nfa_.then(*first, nfa_.repeated(*copy));
    } else if (take('{')) {
      const auto least = number();
      if (!least) return std::nullopt;
      std::optional<unsigned> most = least;
      bool endless = false;
      if (take(',')) {
        endless = peek() == '}';
        most = endless ? least : number();
      }
      if (!take('}') || !most || *most < *least || *most > 1000 || *most == 0) return std::nullopt;
      piece = nfa_.empty();
      for (unsigned i = 0; i < *most + (endless ? 1 : 0); ++i) {
        const Maybe copy = again();
        if (!copy || nfa_.size() > 100'000) return std::nullopt;
        const bool optional = i >= *least;
        piece = nfa_.then(*piece, !optional ? *copy
                                  : endless ? nfa_.repeated(*copy)
                                            : nfa_.optional(*copy));
      }
    }
    // Lazy and possessive forms, and two quantifiers in a row.
    if (rest_.size() != after_atom.size() && (peek() == '?' || peek() == '+' || peek() == '*'))
      return std::nullopt;
    return piece;
  }

  std::optional<unsigned> number() {
    unsigned value = 0;
    std::size_t digits = 0;
    while (peek() >= '0' && peek() <= '9' && digits < 5) {
      value = value * 10 + static_cast<unsigned>(peek() - '0');
      rest_.remove_prefix(1);
      ++digits;
    }
    return digits == 0 || digits == 5 ? std::nullopt : std::optional(value);
  }

  Maybe parse_atom(int depth) {
    const char c = peek();
    if (byte(c) >= 0x80) return beyond_ascii();
    if (c == '(') {
      rest_.remove_prefix(1);
      if (peek() == '?') {
        if (!rest_.starts_with("?:")) return std::nullopt;
        rest_.remove_prefix(2);
      }
      const Maybe piece = parse_either(depth + 1);
      return piece && take(')') ? piece : Maybe();
    }
    if (c == '[') return parse_class();
    rest_.remove_prefix(1);
    switch (c) {
      case '.': return code_points({.ascii = range(0, 0x7F) & ~range('\n', '\n'), .beyond = true});
      case '\\': {
        const auto atom = escape();
        return atom ? code_points(*atom) : Maybe();
      }
      case '^': case '$': case '*': case '+': case '?': case '{': case '}': case ']': case '\0':
        return std::nullopt;
      default: return code_points({.ascii = range(byte(c), byte(c))});
    }
  }

  static unsigned byte(char c) { return static_cast<unsigned char>(c); }

  // One code point that stands for itself.
  Maybe beyond_ascii() {
    const std::size_t bytes = utf8_sequence_bytes(rest_);
    if (bytes == 0) return std::nullopt;
    Nfa::Piece piece = nfa_.empty();
    for (const char c : rest_.substr(0, bytes)) piece = nfa_.then(piece, nfa_.on(range(byte(c), byte(c))));
    rest_.remove_prefix(bytes);
    return piece;
  }

  // What stands behind a backslash, outside and inside of classes.
  std::optional<Atom> escape() {
    const char c = peek();
    if (rest_.empty()) return std::nullopt;
    rest_.remove_prefix(1);
    const Bytes ascii = range(0, 0x7F);
    switch (c) {
      case 'w': return Atom{.ascii = word_bytes()};
      case 'W': return Atom{.ascii = ascii & ~word_bytes(), .beyond = true};
      case 'd': return Atom{.ascii = range('0', '9')};
      case 'D': return Atom{.ascii = ascii & ~range('0', '9'), .beyond = true};
      case 's': return Atom{.ascii = space_bytes()};
      case 'S': return Atom{.ascii = ascii & ~space_bytes(), .beyond = true};
      case 'n': return Atom{.ascii = range('\n', '\n')};
      case 'r': return Atom{.ascii = range('\r', '\r')};
      case 't': return Atom{.ascii = range('\t', '\t')};
      case 'x': return hexadecimal();
      default: break;
    }
    const bool letter_or_digit = word_bytes().test(byte(c));
    if (letter_or_digit || byte(c) >= 0x80) return std::nullopt;
    return Atom{.ascii = range(byte(c), byte(c))};
  }

  // `{9}` and `{7f}` behind `\x`: what is no ASCII is not taken.
  std::optional<Atom> hexadecimal() {
    const std::size_t end = rest_.find('}');
    if (!take('{') || end == rest_.npos || end < 2 || end > 3) return std::nullopt;
    unsigned value = 0;
    const auto result = std::from_chars(rest_.data(), rest_.data() + end - 1, value, 16);
    if (result.ptr != rest_.data() + end - 1 || value >= 0x80) return std::nullopt;
    rest_.remove_prefix(end);
    return Atom{.ascii = range(value, value)};
  }

  // A range's last byte, or nothing.
  std::optional<unsigned> range_end() {
    const char c = peek();
    if (c != '\\' || rest_.size() < 2) {
      rest_.remove_prefix(1);
      return byte(c);
    }
    rest_.remove_prefix(1);
    const auto atom = escape();
    if (!atom || atom->beyond || atom->ascii.count() != 1) return std::nullopt;
    return least(atom->ascii);
  }

  Maybe parse_class() {
    rest_.remove_prefix(1);
    const bool negated = take('^');
    Atom atom;
    bool first = true;
    while (first || peek() != ']') {
      first = false;
      if (rest_.empty() || byte(peek()) >= 0x80 || rest_.starts_with("[:")) return std::nullopt;
      Atom piece{.ascii = range(byte(peek()), byte(peek()))};
      const bool escaped = take('\\');
      if (escaped) {
        const auto found = escape();
        if (!found) return std::nullopt;
        piece = *found;
      } else {
        rest_.remove_prefix(1);
      }
      if (peek() == '-' && rest_.size() > 1 && rest_[1] != ']') {
        rest_.remove_prefix(1);
        const auto to = range_end();
        const unsigned from = least(piece.ascii);
        if (piece.beyond || piece.ascii.count() != 1 || !to || *to >= 0x80 || *to < from) return std::nullopt;
        piece.ascii = range(from, *to);
      }
      atom.ascii |= piece.ascii;
      atom.beyond = atom.beyond || piece.beyond;
    }
    if (!take(']')) return std::nullopt;
    if (negated) {
      atom.ascii = range(0, 0x7F) & ~atom.ascii;
      atom.beyond = !atom.beyond;
    }
    return code_points(atom);
  }

  // One code point of UTF-8 that is known to be well-formed.
  Maybe code_points(const Atom& atom) {
    const Bytes ascii = atom.ascii & range(0, 0x7F);
    Nfa::Piece piece = nfa_.on(ascii);
    if (!atom.beyond) return piece;
    const auto tail = [&] { return nfa_.on(range(0x80, 0xBF)); };
    piece = nfa_.either(piece, nfa_.then(nfa_.on(range(0xC2, 0xDF)), tail()));
    piece = nfa_.either(piece, nfa_.then(nfa_.then(nfa_.on(range(0xE0, 0xEF)), tail()), tail()));
    piece = nfa_.either(
        piece, nfa_.then(nfa_.then(nfa_.then(nfa_.on(range(0xF0, 0xF4)), tail()), tail()), tail()));
    return piece;
  }

  std::string_view rest_;
  Nfa& nfa_;
  std::size_t top_level_alternatives_ = 0;
};

// The bytes of the shortest text that leads from `piece.begin` to `piece.end`.
std::size_t shortest_match(const Nfa& nfa, Nfa::Piece piece) {
  std::vector<bool> seen(nfa.size());
  std::vector<int> here = {piece.begin};
  for (std::size_t bytes = 0; !here.empty(); ++bytes) {
    std::vector<int> next;
    while (!here.empty()) {
      const int state = here.back();
      here.pop_back();
      if (state == piece.end) return bytes;
      if (seen[static_cast<std::size_t>(state)]) continue;
      seen[static_cast<std::size_t>(state)] = true;
      const auto& from = nfa.at(state);
      here.insert(here.end(), from.empty.begin(), from.empty.end());
      if (from.next >= 0 && from.bytes.any()) next.push_back(from.next);
    }
    here = std::move(next);
  }
  return 0;  // Nothing matches.
}

// Deterministic states are sets of NFA states.
class Determiniser {
 public:
  Determiniser(const Nfa& nfa, Nfa::Piece piece) : nfa_(nfa), end_(piece.end), seen_(nfa.size()) {
    find_classes();
    find(closure({piece.begin}));
  }

  // False: too many states.
  bool run() {
    for (std::size_t i = 0; i < sets_.size(); ++i) {
      if (sets_.size() > kPatternStatesMax * 4 || members_ > kPatternSetsMax) return false;
      std::array<int, 256> row{};
      for (unsigned byte = 0; byte < 256; ++byte) {
        if (first_of_class[byte] != byte) {
          row[byte] = row[first_of_class[byte]];
          continue;
        }
        States next;
        for (const int state : *sets_[i]) {
          const auto& from = nfa_.at(state);
          if (from.next >= 0 && from.bytes.test(byte)) next.push_back(from.next);
        }
        row[byte] = next.empty() ? -1 : find(closure(std::move(next)));
      }
      rows.push_back(row);
    }
    return true;
  }

  std::vector<std::array<int, 256>> rows;  // [state][byte]: a state or -1.
  std::vector<bool> accepting;
  std::array<unsigned, 256> first_of_class{};  // The least byte that all states take for the same.

 private:
  using States = std::vector<int>;  // Sorted; states with empty moves only are left out.

  // Most patterns tell a dozen kinds of bytes apart.
  void find_classes() {
    std::unordered_set<std::bitset<256>> seen;
    for (std::size_t state = 0; state < nfa_.size(); ++state) {
      const auto& from = nfa_.at(static_cast<int>(state));
      if (from.next < 0 || !seen.insert(from.bytes).second) continue;
      std::map<std::pair<unsigned, bool>, unsigned> parts;
      for (unsigned byte = 0; byte < 256; ++byte) first_of_class[byte] = parts.try_emplace({first_of_class[byte], from.bytes.test(byte)}, byte).first->second;
    }
  }
  States closure(States open) {
    ++turn_;
    States states;
    while (!open.empty()) {
      const int state = open.back();
      open.pop_back();
      if (std::exchange(seen_[static_cast<std::size_t>(state)], turn_) == turn_) continue;
      const auto& from = nfa_.at(state);
      if (from.next >= 0 || state == end_) states.push_back(state);
      open.insert(open.end(), from.empty.begin(), from.empty.end());
    }
    std::sort(states.begin(), states.end());
    return states;
  }
  int find(States states) {
    const auto [found, is_new] = numbers_.try_emplace(std::move(states), static_cast<int>(sets_.size()));
    if (is_new) {
      members_ += found->first.size();
      accepting.push_back(std::binary_search(found->first.begin(), found->first.end(), end_));
      sets_.push_back(&found->first);
    }
    return found->second;
  }

  const Nfa& nfa_;
  const int end_;
  std::vector<unsigned> seen_;  // [NFA state]: the last turn that met it.
  unsigned turn_ = 0;
  std::map<States, int> numbers_;
  std::vector<const States*> sets_;  // Keys of numbers_.
  std::size_t members_ = 0;          // Of all sets.
};

// Moore's refinement: the block of each state, numbered by first appearance;
// none where there are more than kPatternStatesMax blocks.
std::vector<int> equivalent_blocks(const Determiniser& automaton) {
  const std::size_t count = automaton.rows.size();
  std::vector<unsigned> bytes;
  for (unsigned byte = 0; byte < 256; ++byte)
    if (automaton.first_of_class[byte] == byte) bytes.push_back(byte);
  std::vector<int> block(count);
  for (std::size_t i = 0; i < count; ++i) block[i] = automaton.accepting[i] ? 1 : 0;
  std::size_t blocks_before = 0;
  while (true) {
    std::map<std::vector<int>, int> numbers;
    std::vector<int> refined(count);
    std::vector<int> signature;
    for (std::size_t i = 0; i < count; ++i) {
      signature = {block[i]};
      for (const unsigned byte : bytes) {
        const int next = automaton.rows[i][byte];
        signature.push_back(next < 0 ? -1 : block[static_cast<std::size_t>(next)]);
      }
      refined[i] = numbers.try_emplace(signature, static_cast<int>(numbers.size())).first->second;
      if (numbers.size() > kPatternStatesMax) return {};
    }
    block = std::move(refined);
    if (numbers.size() == blocks_before) return block;
    blocks_before = numbers.size();
  }
}

}  // namespace

std::optional<PatternAutomaton> make_automaton(std::string_view pattern) {
  Nfa nfa;
  const auto piece = PatternParser(pattern, nfa).parse();
  // The states on the way of the shortest match are all different.
  if (!piece || shortest_match(nfa, *piece) >= kPatternStatesMax) return std::nullopt;
  Determiniser determined(nfa, *piece);
  if (!determined.run()) return std::nullopt;
  const std::vector<int> block = equivalent_blocks(determined);
  if (block.empty()) return std::nullopt;
  const auto block_count = static_cast<std::size_t>(*std::max_element(block.begin(), block.end())) + 1;

  // One row for each block; an accepting state that only leads to itself has
  // matched whatever follows.
  std::vector<std::array<int, 256>> rows(block_count);
  std::vector<std::uint8_t> accepting(block_count);
  for (std::size_t i = 0; i < block.size(); ++i) {
    auto& row = rows[static_cast<std::size_t>(block[i])];
    for (unsigned byte = 0; byte < 256; ++byte) {
      const int next = determined.rows[i][byte];
      row[byte] = next < 0 ? kPatternDead : block[static_cast<std::size_t>(next)];
    }
    accepting[static_cast<std::size_t>(block[i])] = determined.accepting[i] ? 1 : 0;
  }
  for (std::size_t state = 0; state < block_count; ++state) {
    const auto number = static_cast<int>(state);
    const auto only_itself = [&](const auto& row) {
      return std::all_of(row.begin(), row.end(), [&](int next) { return next == number; });
    };
    if (accepting[state] == 0 || !only_itself(rows[state])) continue;
    for (auto& row : rows)
      for (int& next : row)
        if (next == number) next = kPatternMatched;
  }

  PatternAutomaton result;
  result.state_count = static_cast<std::uint16_t>(block_count);
  result.accepting = std::move(accepting);
  std::map<std::vector<int>, std::uint8_t> classes;
  for (unsigned byte = 0; byte < 256; ++byte) {
    std::vector<int> column;
    for (const auto& row : rows) column.push_back(row[byte]);
    const auto found = classes.try_emplace(column, static_cast<std::uint8_t>(classes.size())).first;
    result.classes[byte] = found->second;
  }
  result.class_count = static_cast<std::uint16_t>(classes.size());
  result.transitions.resize(block_count * classes.size());
  for (const auto& [column, number] : classes)
    for (std::size_t state = 0; state < block_count; ++state)
      result.transitions[state * classes.size() + number] = static_cast<std::uint8_t>(column[state]);
  return result;
}

PatternAutomaton::Prefix PatternAutomaton::prefix() const {
  Prefix prefix;
  while (accepting[prefix.state] == 0 && prefix.bytes.size() < state_count) {
    std::optional<std::uint8_t> only;
    unsigned ways = 0;
    for (unsigned byte = 0; byte < 256 && ways < 2; ++byte) {
      if (transitions[prefix.state * class_count + classes[byte]] == kPatternDead) continue;
      only = static_cast<std::uint8_t>(byte);
      ++ways;
    }
    if (ways != 1) break;
    const unsigned next = transitions[prefix.state * class_count + classes[*only]];
    if (next == kPatternMatched) break;
    prefix.bytes.push_back(*only);
    prefix.state = next;
  }
  return prefix;
}

bool PatternAutomaton::found_in(std::string_view text) const {
  unsigned state = 0;
  for (const char byte : text) {
    state = transitions[state * class_count + classes[static_cast<unsigned char>(byte)]];
    if (state >= kPatternMatched) return state == kPatternMatched;
  }
  return accepting[state] != 0;
}

}  // namespace connect_lint

// The quick reader beside libyaml's events: what it takes and declines, and
// that it reads everything it takes in the same way.
#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "same_document.h"
#include "support.h"

namespace connect_lint {
namespace {

using testing::difference_of;
using testing::Random;
using namespace std::string_view_literals;

// Both readings of a text.
class Readings {
 public:
  // True where the quick reader takes the text.
  bool read(std::string_view text, std::uint32_t depth_max = 128) {
    source_.assign(text);
    reader_.read_by_events(source_, testing::some_keys(), depth_max, by_events_, YamlTags::KeepFunctions);
    return reader_.read_quickly(source_, testing::some_keys(), depth_max, quick_);
  }
  [[nodiscard]] std::string difference() const { return difference_of(quick_, by_events_); }
  [[nodiscard]] bool clean() const { return by_events_.complete && by_events_.findings.empty(); }

 private:
  SourceText source_;
  YamlReader reader_;
  Document quick_;
  Document by_events_;
};

TEST_CASE("what is ordinary is read quickly") {
  const std::vector<std::string> texts = {
      "a: 1", "a: 1\n", "a: 1\nb: 2\n", "a:\n", "a:", "a: # c\nb: 1\n", "a:\n  b: 1\n  c:\n    d: e\nf: g\n", "  a: 1\n  b: 2\n",
      // Lists.
      "- a\n- b\n", "-\n- a\n-", "- - a\n  - b\n- c\n", "- - - a\n", "a:\n- b\n- c\nd: e\n", "a:\n  - b\n  - c\nd: e\n", "- a: 1\n  b: 2\n- c: 3\n",
      "-   a: 1\n    b: 2\n", "-\n  a: 1\n", "- a:\n  - b\n  c: d\n", "- # c\n  a: 1\n", "a:\n-\n- b\nc:\n", "- - a: 1\n    b: 2\n  - c\n",
      // Texts without quotes.
      "a: b c  d   # e\n", "a: b#c\n", "a: b:c\n", "a: http://x.y/z?q=1&r=[2]\n", "a: arn:aws:iam::1:role/x\n", "a: -x\n", "a: -1\n", "a: x, {y} [z]\n", "a b: c\n",
      "a : b\n", "a: b!\n", "a:   b\n", "a:\n  b\n", "a:\n  b\n  c\n", "a: b\n  c\n\n\n  d  \ne: f\n", "- b\n  c\n- d\n", "a: b\n  - c\n", "- a\n - b\n", "a: b\n  # c\nd: e\n",
      "a: 2001-01-01\n 10:00:00\n", "a: 1\n  2\n", "a: é ü\n  ö\n",
      // What is no text.
      "a: 12\nb: -1.50\nc: 1e3\nd: 0x1F\ne: 1_000\nf: 012\ng: 0o14\n", "a: true\nb: False\nc: null\nd: ~\ne: no\nf: On\n", "a: 2021-10-14\nb: 2021-10-14 1:51:57 -5\nc: 2021-10-14T00:00:00Z\n",
      "a: .5\nb: 5.\nc: +12\nd: 190:20:30\n",
      // Quotes.
      "a: \"b\"\nc: 'd'\n", "\"a\": 1\n'b': 2\n", "a: \"b: # c\"  # d\n", "a: 'it''s'\n", "a: \"x\\\"y\\\\z\\/\\n\\t\\b\\f\\r\"\n", "a: \"\"\nb: ''\n", "a:\n  \"b\"\n", "a: \"\t\"\n",
      "\"a b\" : c\n", "- \"a\": 1\n  b: 2\n", "a: \"é\"\n'ü': \"\\\"é\"\n",
      // Brackets.
      "[]", "{}", "[a, b]\n", "{a: 1, b: 2}\n", "{\"a\":1,\"b\":[2,{}],\"c\":{\"d\":null}}\n", "a: [b, c]  # d\n", "a: {b: c, 'd': e}\n", "- [a]\n- {b: c}\n", "a: [\n  b,  # c\n  d\n]\n",
      "{\n  \"a\": 1,\n  \"b\": [\n    2\n  ]\n}\n", "a: [[], {}, [[b]]]\n", "a: {b:\n c}\n", "a:\n  [b]\n", "[a b , c ]\n", "{a b: c}", "a: [b\n\n\n  # c\n , d]\n", "[-1, -a, .5]\n", "[b#c]\n",
      // Block scalars.
      "a: |\n  b\n  c\n", "a: |-\n  b\n\n", "a: |+\n  b\n\n\nc: d\n", "a: >\n  b\n  c\n\n  d\n    e\n  f\n", "- |\n b\n- >-\n c\n", "a: | # c\n  b\n", "a: |\n\n   b\n    c\n\n", "a: |\nb: 1\n", "a: |",
      "a: |\n  b", "a: |+\n\n\nb: c\n", "a:\n- |\n  b\n- c\n", "- a: |\n    b\n  c: d\n", "a: |\n  é\n", "a: |\n  b\n # c\nd: e\n", "a: >\n\n  b\n   c\n  \td\n  e\n", "a: |\n   b\n   \n     \nc: d\n",
      // Around it.
      "# c\n\na: 1 # d\n  # e\nb: 2\n# f", "---\na: 1\n", "--- # c\n- a\n", "# c\n---\n\n{a: 1}\n", "a: 1\r\nb:\r\n- c # d\r\n- |\r\n  e\r\n  f\r\n", "\xEF\xBB\xBF" "a: 1\n", "a: '*'\nb: '<<'\n"};
  Readings readings;
  for (const std::string& text : texts) {
    INFO(testing::shown(text));
    CHECK(readings.read(text));
    CHECK(readings.difference() == "");
  }
}

TEST_CASE("what is unusual is declined") {
  const std::vector<std::string> texts = {
      // Nothing, or a scalar alone.
      "", "\n", "# c\n", "---\n", "a", "\"a\"", "- a\n...\n", "--- a: 1\n", "---\n---\na: 1", "a: 1\n---\nb: 2\n", "%YAML 1.2\n---\na: 1\n", "... a: 1\n",
      // What names something.
      "a: &b c\n", "a: *b\n", "a: !b c\n", "!b a: 1\n", "<<: {a: 1}\n", "a: <<\n", "a: =\n", "=: a\n", "? a\n: b\n", "&b a: 1\n", "- ? a\n",
      // Keys that are no texts, or are here again.
      "1: a\n", "true: a\n", "~: a\n", "2021-10-14: a\n", "a: 1\na: 2\n", "DomainName: 1\nDomainName: 2\n", "{a: 1, a: 2}", "b:\n  a: 1\n  'a': 2\n", "\"a\\\"\": 1\n", "'a''': 1\n", ": a\n", "[a]: b\n", "{a: 1}: b\n",
      std::string(2000, 'a') + ": 1\n",
      // Numbers that are none.
      "a: .inf\n", "a: .nan\n", "a: 1e400\n",
      // Lines.
      "a: 1\n  b: 2\n", "a: 1\n b\nc: d: e\n", "a:\n   b: 1\n  c: 2\n", "a: 1\n- b\n", "- a\nb: 1\n", "- a\n  b: 1\n", "a: - b\n", "a:\n  - b\n  c: d\n", "a: b: c\n", "a: \"b\" c\n", "a: 'b'#c\n", "  a: 1\nb: 2\n", "a:b\n", "\"a\":b\n",
      // Tabs, breaks of other kinds.
      "\ta: 1\n", "a:\tb\n", "a: b\t\n", "a: b\tc\n", "a:\n\t- b\n", "-\ta\n", "a: b\n\t\nc: d\n", "a: 1\rb: 2\n", "a: b\xC2\x85", "# \xE2\x80\xA8" "a: 1\n", "a: '\xE2\x80\xA9'\n", "\xEF\xBB\xBF\xEF\xBB\xBF" "a: 1\n",
      // Quotes over lines, escapes.
      "a: \"b\n  c\"\n", "a: 'b\n  c'\n", "a: \"b", "a: 'b", "a: \"\\x41\"\n", "a: \"\\u0041\"\n", "a: \"\\", "a: \"b\\\n  c\"\n",
      // Brackets.
      "[", "{", "[a", "{a", "{a:", "{a: b", "[a]]", "{a: b}}", "[a,]", "{a: 1,}", "[,a]", "{a}", "{a: }", "{a:}", "{:a}", "[a: b]", "[\"a\": b]", "{a: b: c}", "[a b\n c]", "[a?]", "[? a]", "[a, - b]", "[a}", "{a: b]", "[a] b", "a: [b]c\n", "[&a b]", "[*a]", "[!a b]", "[|]", "{\"a\"b: c}", "[a]#c", "[a\t]", "[-]", "[a,#c\nb]",
      "[\n--- ]", "[\n... ]", "{\"a\n\": 1}", "{a\n: 1}",
      // Block scalars.
      "a: |2\n  b\n", "a: |+1\n b\n", "a: |b\n", "a: |#c\n  b\n", "a: |\n\tb\n", "a:\n  |\n  b\n", "|\n  b\n", "a: |\n    b\n  c\n", "a: |\n \tb\n"};
  Readings readings;
  for (const std::string& text : texts) {
    INFO(testing::shown(text));
    CHECK_FALSE(readings.read(text));
  }
}

TEST_CASE("depth is bound where it is for libyaml's events") {
  Readings readings;
  for (const char* text : {"a:\n  - b: [c]\n", "[[[[a]]]]", "- - - - a\n", "a:\n- b:\n  - c\n"}) {
    CHECK(readings.read(text, 4));
    CHECK(readings.clean());
    CHECK_FALSE(readings.read(text, 3));
    CHECK_FALSE(readings.clean());
  }
  CHECK_FALSE(readings.read("a: 1", 0));
}

// --- The files of the checkout ------------------------------------------------

std::vector<std::string> files_below(const std::string& folder, const std::vector<std::string>& endings) {
  std::vector<std::string> files;
  const std::string root = CONNECT_LINT_SOURCE_DIR "/";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root + folder))
    for (const std::string& ending : endings)
      if (entry.path().extension() == ending) files.push_back(entry.path().string().substr(root.size()));
  std::sort(files.begin(), files.end());
  return files;
}

// Files that are not ordinary, all of them by intention.
const std::vector<std::string> kOtherFiles = {
    // Tags, anchors, aliases, merges, a directive.
    "tests/cloudformation/fails-flow.yaml", "tests/cloudformation/fails-request-with-tags.yaml", "tests/cloudformation/passes-anchors.yaml",
    "tests/cloudformation/passes-conditions.yaml", "tests/cloudformation/passes-event-integration.yaml",
    "tests/cloudformation/passes-loops-and-macros.yaml", "tests/cloudformation/passes-parameters.yaml",
    "tests/cloudformation/passes-salesforce-scheduled.yaml", "tests/cloudformation/passes-sam.yaml",
    "tests/cloudformation/fails-anchors.yaml", "tests/cloudformation/fails-scalars.yaml", "tests/cloudformation/passes-servicenow-spelling.yaml", "tests/cloudformation/skipped-foreign.yaml",
    "tests/cloudformation/skipped-unknown-tags.yaml", "tests/golden/fails-put-integration-alias-bomb.yaml",
    "tests/golden/fails-merge-key-twice.yaml", "tests/golden/fails-put-integration-aliases.yaml", "tests/golden/fails-put-integration-merge.yaml",
    "tests/golden/fails-put-integration-tags.yaml", "tests/golden/passes-put-integration.yaml",
    // Mistakes of YAML.
    "tests/golden/fails-put-integration-duplicate.yaml", "tests/golden/fails-put-integration-empty.yaml",
    "tests/golden/fails-put-integration-scalars.yaml", "tests/golden/fails-put-integration-tab.yaml",
    "tests/golden/fails-put-integration-template.yaml",
    // A tab in front of a comment; a question mark in brackets.
    "tests/golden/fails-put-integration-crlf-wide.yaml", "rules/workflow/id-unsafe.yaml"};

TEST_CASE("the files of the checkout are read quickly") {
  Readings readings;
  std::size_t taken = 0;
  for (const std::string folder : {"tests/cloudformation", "tests/golden", "tests/samples", "tests/valid", "rules"}) {
    for (const std::string& file : files_below(folder, {".yaml", ".yml"})) {
      INFO(file);
      const bool other = std::find(kOtherFiles.begin(), kOtherFiles.end(), file) != kOtherFiles.end();
      CHECK(readings.read(testing::read_checkout_file(file)) == !other);
      if (!other) CHECK(readings.difference() == "");
      if (!other) ++taken;
    }
  }
  CHECK(taken > 50);
  // JSON is YAML, too.
  for (const std::string& file : files_below("tests/samples", {".json"})) {
    INFO(file);
    CHECK(readings.read(testing::read_checkout_file(file)));
    CHECK(readings.difference() == "");
  }
}

// --- Texts that nobody chose -------------------------------------------------

// Texts of lines that are nearly right.
class Writer {
 public:
  explicit Writer(Random& random) : random_(random) {}

  std::string text() {
    text_.clear();
    break_ = random_.one_in(6) ? "\r\n" : "\n";
    if (random_.one_in(8)) text_ += "---";
    if (!text_.empty() || random_.one_in(8)) end_line();
    const std::size_t indent = random_.one_in(10) ? 2 : 0;
    if (random_.one_in(8)) text_ += flow(3), end_line();
    else block(indent, 4);
    return text_;
  }

 private:
  void end_line() {
    if (random_.one_in(16)) text_ += random_.one_in(4) ? "\t" : "  ";
    if (random_.one_in(16)) text_ += random_.one_in(8) ? "# c" : " # c: d";
    text_ += break_;
    while (random_.one_in(12)) text_ += std::string(random_.below(4), ' ') + (random_.one_in(2) ? "# c" : "") + std::string(break_);
  }

  // Members or elements at a column; the first may stand behind what is there.
  void block(std::size_t indent, std::size_t depth) {
    const bool list = random_.one_in(3);
    const std::size_t count = 1 + random_.below(3);
    for (std::size_t i = 0; i < count; ++i) {
      const bool behind = i == 0 && !text_.empty() && text_.back() != '\n';
      if (!behind) text_ += std::string(random_.one_in(60) ? indent + 1 : indent, ' ');
      if (list) text_ += random_.one_in(30) ? "-  " : "- ";
      else text_ += key() + (random_.one_in(30) ? " : " : ": ");
      value(indent, depth, list);
    }
  }

  void value(std::size_t indent, std::size_t depth, bool list) {
    const std::size_t inner = indent + 1 + random_.below(3);
    if (depth == 0 || random_.one_in(2)) {
      text_ += random_.one_in(6) ? flow(2) : scalar(false);
      end_line();
      if (random_.one_in(10)) text_ += std::string(inner, ' ') + scalar(false), end_line();
    } else if (random_.one_in(6)) {
      block_scalar(inner);
    } else if (list && random_.one_in(2)) {
      block(indent + 2, depth - 1);
    } else if (random_.one_in(12)) {
      end_line();
    } else {
      while (!text_.empty() && text_.back() == ' ') text_.pop_back();
      end_line();
      block(!list && random_.one_in(4) ? indent : inner, depth - 1);
    }
  }

  void block_scalar(std::size_t indent) {
    static constexpr std::string_view kHeaders[] = {"|", ">", "|-", ">-", "|+", ">+", "|2", "| # c"};
    text_ += random_.pick(kHeaders);
    text_ += break_;
    for (std::size_t i = random_.below(5); i > 0; --i) {
      static constexpr std::string_view kLines[] = {"a", "b c", " d", "# e", "- f", "g: h", "", "  ", "é", "i  ", "\tj"};
      const std::string_view line = random_.pick(kLines);
      text_ += std::string(line.empty() ? random_.below(indent + 2) : indent, ' ') + std::string(line);
      if (i > 1 || !random_.one_in(8)) text_ += break_;
    }
  }

  std::string key() {
    static constexpr std::string_view kKeys[] = {"a", "b", "c", "d", "e", "f", "DomainName", "Uri", "Tags", "'g'", "\"h\"", "i j", "k:l", "é", "12", "no", "null", "n", "<<", "x#y", "'m''n'"};
    return std::string(kKeys[random_.below(random_.one_in(4) ? std::size(kKeys) : 13)]);
  }

  std::string scalar(bool flow) {
    static constexpr std::string_view kScalars[] = {
        "a", "b c", "rate(1days)", "arn:aws:iam::1:role/x", "12", "-3", "0x1F", "1e3", "1_0", "2021-10-14", "2021-10-14T01:02:03Z", "true", "No", "~", "null", "\"q\"", "'r'", "\"\"", "''", "'it''s'",
        "\"x\\n\\\"y\\\\\"", "é ü", "\"ö\"", "'# s'", "t#u", "-v", "a, b", "",
        // Less ordinary.
        "x #c", "y: z", "\"\\x41\"", "\"\\u00e9\"", ".inf", "1e999", "=", "<<", "*w", "&w x", "!y z", "- a", "? b", "|", ">", "@c", "%d", "[e", "f}", "\"g", "'h", "---", "...", ":i", "?j", "a\tb", ".5", "+.", "-.5", "'a' b", "k:", "{}", "[]", "\xE2\x80\xA8", "a\xC2\x85" "b", "\xEF\xBB\xBF"};
    constexpr std::size_t kOrdinary = 28;
    static constexpr std::string_view kInFlow[] = {"a", "1", "\"b\"", "'c'", "d e"};
    static_assert(std::size(kScalars) > kOrdinary);
    if (flow && random_.one_in(2)) return std::string(random_.pick(kInFlow));
    return std::string(kScalars[random_.below(random_.one_in(12) ? std::size(kScalars) : kOrdinary)]);
  }

  std::string space() {
    if (random_.one_in(20)) return random_.one_in(2) ? std::string(break_) + std::string(random_.below(4), ' ') : " # c" + std::string(break_);
    return random_.one_in(3) ? "" : " ";
  }

  std::string flow(std::size_t depth) {
    const bool list = random_.one_in(2);
    std::string text = (list ? "[" : "{") + space();
    const std::size_t count = random_.below(4);
    for (std::size_t i = 0; i < count; ++i) {
      if (i > 0) text += "," + space();
      if (!list) text += key() + (random_.one_in(8) ? ":" : ": ");
      text += (depth > 0 && random_.one_in(4) ? flow(depth - 1) : scalar(true)) + space();
    }
    return text + (list == !random_.one_in(60) ? "]" : "}");
  }

  Random& random_;
  std::string text_;
  std::string_view break_;
};

// Some lines of a text.
std::string piece_of(const std::string& text, Random& random) {
  std::size_t begin = random.one_in(3) ? 0 : random.below(text.size());
  while (begin > 0 && text[begin - 1] != '\n') --begin;
  return text.substr(begin, 20 + random.below(400));
}

void damage(std::string& text, Random& random) {
  static constexpr std::string_view kBytes = " \n\r\t:-#'\"[]{},?|>&*!%@`\\a0.~<=é\0"sv;
  static constexpr std::string_view kPieces[] = {"\n", ": ", "- ", " #", "\n  ", "\n- ", "'", "\"", "---\n", "...\n", "\r\n", "|\n", "a: ", "\xC2\x85", "\xEF\xBB\xBF"};
  const std::size_t at = random.below(text.size() + 1);
  switch (random.below(5)) {
    case 0:
      if (at < text.size()) text[at] = kBytes[random.below(kBytes.size())];
      break;
    case 1: text.insert(at, random.pick(kPieces)); break;
    case 2: text.erase(at, 1 + random.below(3)); break;
    case 3: text.insert(at, text.substr(random.below(text.size() + 1), random.below(30))); break;
    default: text.resize(at); break;
  }
}

TEST_CASE("both readers read the same") {
  std::vector<std::string> samples;
  for (const std::string folder : {"tests/golden", "tests/cloudformation", "tests/samples", "tests/fuzz/corpus/yaml", "rules/batch"})
    for (const std::string& file : files_below(folder, {".yaml", ".yml", ".json"})) samples.push_back(testing::read_checkout_file(file));
  std::erase(samples, "");
  Random random(4);
  Writer writer(random);
  Readings readings;
  std::size_t taken = 0;
  std::size_t clean = 0;
  for (std::size_t i = 0; i < CONNECT_LINT_YAML_TEXTS; ++i) {
    std::string text = random.one_in(3) ? piece_of(random.pick(samples), random) : writer.text();
    for (std::size_t damages = random.one_in(2) ? random.below(3) : 0; damages > 0; --damages) damage(text, random);
    const bool quick = readings.read(text);
    clean += readings.clean() ? 1u : 0u;
    if (!quick) continue;
    ++taken;
    INFO(testing::shown(text));
    REQUIRE(readings.clean());
    REQUIRE(readings.difference() == "");
  }
  INFO(taken << " of " << clean << " texts without a finding");
  CHECK(clean > CONNECT_LINT_YAML_TEXTS / 4);
  CHECK(taken * 4 > clean * 3);
}

}  // namespace
}  // namespace connect_lint

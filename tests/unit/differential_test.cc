// The reader against two other readers, on texts that nobody thought of.
#include <catch2/catch.hpp>

#include <array>
#include <charconv>
#include <cmath>
#include <functional>
#include <simdjson.h>

#include "support.h"

namespace connect_lint {
namespace {

using testing::Json;
using testing::Random;
using testing::Reading;
using testing::shown;
using testing::to_json;

// --- Texts ------------------------------------------------------------------

class Generator {
 public:
  explicit Generator(std::uint64_t seed) : random_(seed) {}

  std::string document(int depth) {
    std::string text;
    space(text);
    value(text, depth);
    space(text);
    return text;
  }
  Random& random() { return random_; }

 private:
  void value(std::string& text, int depth) {
    switch (random_.below(depth > 0 ? 8 : 5)) {
      case 0: text += random_.pick(std::array{"null", "true", "false"}); break;
      case 1: case 2: number(text); break;
      case 3: case 4: string(text); break;
      case 5: array(text, depth); break;
      default: object(text, depth);
    }
  }
  void array(std::string& text, int depth) {
    text += '[';
    space(text);
    for (std::size_t i = 0, count = random_.below(4); i < count; ++i) {
      if (i > 0) text += ',';
      space(text);
      value(text, depth - 1);
      space(text);
    }
    text += ']';
  }
  void object(std::string& text, int depth) {
    text += '{';
    space(text);
    for (std::size_t i = 0, count = random_.below(4); i < count; ++i) {
      if (i > 0) text += ',';
      space(text);
      if (random_.one_in(3)) {
        text += random_.pick(std::array{"\"Uri\"", "\"DomainName\"", "\"a\"", "\"\\u0061\"", "\"\""});
      } else {
        string(text);
      }
      space(text);
      text += ':';
      space(text);
      value(text, depth - 1);
      space(text);
    }
    text += '}';
  }
  void string(std::string& text) {
    static constexpr std::array kPieces = {
        "a",      "Id",     " ",      "\\n",    "\\\\",   "\\\"",          "/",            "\\/",         "\\b\\f\\r\\t",
        "\\u0041", "\\u00e9", "\\u20AC", "\\u0000", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9D\x84\x9E", "\\ud83d\\ude00", "\x7F", "x{[]}:,",
        "0123456789abcdef", "\xED\x9F\xBF", "\xF4\x8F\xBF\xBF"};
    text += '"';
    for (std::size_t i = 0, count = random_.below(5); i < count; ++i) text += random_.pick(kPieces);
    if (random_.one_in(40)) text += random_.pick(std::array{"\\ud800", "\\udc00", "\\ud83d\\u0041"});
    text += '"';
  }
  void number(std::string& text) {
    if (random_.one_in(3)) text += '-';
    if (random_.one_in(4)) {
      text += '0';
    } else {
      text += static_cast<char>('1' + random_.below(9));
      digits(text, random_.one_in(12) ? 24 : 4, 0);
    }
    if (random_.one_in(3)) {
      text += '.';
      digits(text, 6, 1);
    }
    if (random_.one_in(4)) {
      text += random_.pick(std::array{"e", "E", "e+", "E+", "e-", "E-"});
      digits(text, random_.one_in(6) ? 3 : 1, 1);
    }
  }
  void digits(std::string& text, std::size_t most, std::size_t least) {
    for (std::size_t i = 0, count = least + random_.below(most + 1); i < count; ++i)
      text += static_cast<char>('0' + random_.below(10));
  }
  void space(std::string& text) {
    while (random_.one_in(4)) text += random_.pick(std::array{' ', '\n', '\t', '\r'});
  }

  Random random_;
};

// --- Known differences ------------------------------------------------------

struct Verdicts {
  const std::string& text;
  const Reading& reading;
  bool ours;
  bool nlohmann;
  bool simdjson;
};

bool has_finding(const Reading& reading, FindingId id) {
  for (const DocumentFinding& finding : reading.document().findings)
    if (finding.id == id) return true;
  return false;
}

// A number without fraction and exponent that neither 64-bit type holds.
bool has_big_integer(const Reading& reading) {
  const Document& document = reading.document();
  for (NodeIndex i = 0; i < document.nodes.size(); ++i) {
    if (document[i].kind != Kind::Number || document[i].has(Node::kFraction)) continue;
    const std::string_view digits = document.string(i);
    std::int64_t number = 0;
    std::uint64_t positive = 0;
    const bool fits = std::from_chars(digits.data(), digits.data() + digits.size(), number).ec == std::errc() ||
                      std::from_chars(digits.data(), digits.data() + digits.size(), positive).ec == std::errc();
    if (!fits) return true;
  }
  return false;
}

struct KnownDifference {
  std::string_view name;
  std::string_view reason;
  bool (*applies)(const Verdicts&);
  std::size_t seen = 0;
};

std::vector<KnownDifference> known_differences() {
  return {
      {"nlohmann stops at a NUL", "it takes the NUL for the end of its input and does not look behind it",
       [](const Verdicts& v) {
         return v.nlohmann && !v.ours && !v.simdjson && v.text.find('\0') != v.text.npos;
       }},
      {"nlohmann skips a byte order mark", "RFC 8259 lets readers do so; the AWS CLI does not",
       [](const Verdicts& v) {
         return v.nlohmann && !v.ours && v.text.starts_with("\xEF\xBB\xBF") && Reading(v.text.substr(3)).accepted();
       }},
      {"lone surrogates", "the grammar takes them and our finding is not about the grammar; others refuse some of them",
       [](const Verdicts& v) { return v.ours && !v.nlohmann && has_finding(v.reading, FindingId::DocumentLoneSurrogate); }},
      {"numbers beyond a double", "the grammar takes them; others refuse them",
       [](const Verdicts& v) {
         return v.ours && !v.nlohmann && !v.simdjson && has_finding(v.reading, FindingId::DocumentNumberRange);
       }},
      {"simdjson refuses big integers", "it has no type for integers beyond 64 bits",
       [](const Verdicts& v) { return v.ours && v.nlohmann && !v.simdjson && has_big_integer(v.reading); }},
  };
}

// --- The comparison ---------------------------------------------------------

Json from_simdjson(simdjson::dom::element element) {
  using simdjson::dom::element_type;
  switch (element.type()) {
    case element_type::ARRAY: {
      Json array = Json::array();
      for (const auto child : simdjson::dom::array(element)) array.push_back(from_simdjson(child));
      return array;
    }
    case element_type::OBJECT: {
      Json object = Json::object();
      for (const auto field : simdjson::dom::object(element)) object[std::string(field.key)] = from_simdjson(field.value);
      return object;
    }
    case element_type::INT64: return std::int64_t(element);
    case element_type::UINT64: return std::uint64_t(element);
    case element_type::DOUBLE: return double(element);
    case element_type::STRING: return std::string(std::string_view(element));
    case element_type::BOOL: return bool(element);
    case element_type::NULL_VALUE: return nullptr;
  }
  return Json();
}

class Comparison {
 public:
  void compare(const std::string& text) {
    ++texts;
    const Reading reading(text);
    const simdjson::padded_string padded(text);
    simdjson::dom::element element;
    const Verdicts verdicts{.text = text,
                            .reading = reading,
                            .ours = reading.accepted(),
                            .nlohmann = Json::accept(text),
                            .simdjson = parser_.parse(padded).get(element) == simdjson::SUCCESS};
    accepted += verdicts.ours ? 1 : 0;
    if (!verdicts.ours && reading.document().findings.empty()) fail(verdicts, "refused without a finding");
    if (verdicts.ours == verdicts.nlohmann && verdicts.ours == verdicts.simdjson) {
      if (verdicts.ours) compare_values(verdicts, element);
      return;
    }
    for (KnownDifference& difference : known)
      if (difference.applies(verdicts)) {
        ++difference.seen;
        return;
      }
    fail(verdicts, "verdicts differ");
  }

  std::vector<KnownDifference> known = known_differences();
  std::size_t texts = 0;
  std::size_t accepted = 0;

 private:
  void compare_values(const Verdicts& verdicts, simdjson::dom::element element) {
    const Json ours = to_json(verdicts.reading.document());
    if (ours != Json::parse(verdicts.text)) fail(verdicts, "nlohmann reads another value");
    // A surrogate that only one of the others takes is no text that can be compared.
    if (has_finding(verdicts.reading, FindingId::DocumentLoneSurrogate)) return;
    if (ours != from_simdjson(element)) fail(verdicts, "simdjson reads another value");
  }
  void fail(const Verdicts& verdicts, std::string_view what) {
    if (++failures_ > 20) return;
    FAIL_CHECK(what << ": ours " << verdicts.ours << " nlohmann " << verdicts.nlohmann << " simdjson "
                    << verdicts.simdjson << " [" << verdicts.reading.findings() << "] " << shown(verdicts.text));
  }

  simdjson::dom::parser parser_;
  std::size_t failures_ = 0;
};

// A text with one byte less, another byte, a byte more, or cut off, at every byte.
void damage_everywhere(const std::string& text, Random& random, const std::function<void(const std::string&)>& use) {
  static constexpr char kText[] = "{}[]:,\"\\ \n\t0-.eE+tnua1/#'x9dD8\0\x1F\x7F\x80\xBF\xC3\xE9\xED\xEF\xF0\xFF";
  static constexpr std::string_view kBytes(kText, sizeof kText - 1);
  for (std::size_t i = 0; i <= text.size(); ++i) {
    use(text.substr(0, i));
    for (int n = 0; n < 4; ++n) use(std::string(text).insert(i, 1, random.pick(kBytes)));
    if (i == text.size()) continue;
    use(std::string(text).erase(i, 1));
    for (int n = 0; n < 4; ++n) {
      std::string replaced = text;
      replaced[i] = random.pick(kBytes);
      use(replaced);
    }
    if (i + 1 < text.size()) {
      std::string swapped = text;
      std::swap(swapped[i], swapped[i + 1]);
      use(swapped);
    }
  }
}

TEST_CASE("the reader agrees with nlohmann and simdjson") {
  Comparison comparison;
  Generator generator(20200815);
  for (int i = 0; i < 4000; ++i) comparison.compare(generator.document(i % 5));
  const std::size_t undamaged = comparison.accepted;
  CHECK(undamaged == 4000);
  std::size_t damaged_documents = 0;
  while (comparison.texts < 100'000) {
    const std::string text = generator.document(3);
    if (text.size() < 12 || text.size() > 120) continue;
    ++damaged_documents;
    damage_everywhere(text, generator.random(), [&](const std::string& damaged) { comparison.compare(damaged); });
  }
  // Whole files, a byte order mark in front of some.
  for (const char* name : {"schemas/PutIntegration.json", "tests/schemas/known_differences.json"}) {
    const std::string text = testing::read_checkout_file(name);
    comparison.compare(text);
    comparison.compare("\xEF\xBB\xBF" + text);
    for (std::size_t size = 0; size < 1000; size += 7) comparison.compare(text.substr(0, size));
  }
  for (const char* text : {"[1e400]", "[-1e309]", "{\"a\":1e999}"}) comparison.compare(text);

  CHECK(damaged_documents > 20);
  CHECK(comparison.texts >= 100'000);
  // Damage leaves a part of the texts well-formed: neither verdict is rare.
  CHECK(comparison.accepted - undamaged > 3000);
  CHECK(comparison.texts - comparison.accepted > 10'000);
  for (const KnownDifference& difference : comparison.known) {
    INFO(difference.name << ": " << difference.reason);
    CHECK(difference.seen > 0);
  }
}

}  // namespace
}  // namespace connect_lint

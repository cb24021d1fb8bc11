#include "jsonpath/i_regexp.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "base/limits.h"
#include "base/quote.h"
#include "base/utf8.h"

namespace connect_lint {
namespace {

// RE2 takes no larger bound of a repetition.
constexpr unsigned kRepeatMax = 1000;

// What has a general category other than C: RE2's `C` lacks the unassigned
// code points that Unicode puts there.
constexpr std::string_view kNotOther = "\\p{L}\\p{M}\\p{N}\\p{P}\\p{Z}\\p{S}";
constexpr std::string_view kAssigned =
    "\\p{L}\\p{M}\\p{N}\\p{P}\\p{Z}\\p{S}\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}";

bool is_category(std::string_view name) {
  struct Major {
    char letter;
    std::string_view minors;
  };
  static constexpr std::array<Major, 7> kMajors = {
      {{'L', "lmotu"}, {'M', "cen"}, {'N', "dlo"}, {'P', "cdefios"}, {'Z', "lps"}, {'S', "ckmo"}, {'C', "cfno"}}};
  if (name.empty() || name.size() > 2) return false;
  for (const Major& major : kMajors)
    if (major.letter == name[0]) return name.size() == 1 || major.minors.find(name[1]) != major.minors.npos;
  return false;
}

// The grammar needs no recursion: what a group holds is a pattern again.
class Translator {
 public:
  Translator(std::string_view pattern, std::string& out) : pattern_(pattern), out_(out) {}

  IRegexpProblem run() {
    while (!at_end() && problem_.message.empty()) piece();
    if (problem_.message.empty() && !groups_.empty()) fail(groups_.back(), "`(` is not closed");
    return std::move(problem_);
  }

 private:
  [[nodiscard]] bool at_end() const { return at_ == pattern_.size(); }
  [[nodiscard]] bool next_is(char c) const { return !at_end() && pattern_[at_] == c; }
  bool take(char c) {
    if (!next_is(c)) return false;
    ++at_;
    return true;
  }
  void fail(std::size_t offset, std::string message) {
    if (problem_.message.empty()) problem_ = {offset, std::move(message)};
  }
  [[nodiscard]] std::string here() const {
    return ticked(pattern_.substr(at_, std::max<std::size_t>(1, utf8_sequence_bytes(pattern_.substr(at_)))));
  }

  void piece() {
    const std::size_t begin = at_;
    switch (pattern_[at_]) {
      case '|':
        ++at_;
        out_ += '|';
        return;
      case '(':
        groups_.push_back(at_++);
        if (groups_.size() > kQueryNestingMax)
          return fail(begin, fmt::format("more than {} groups inside each other", kQueryNestingMax));
        out_ += "(?:";
        return;
      case ')':
        if (groups_.empty()) return fail(begin, "`)` closes nothing");
        groups_.pop_back();
        ++at_;
        out_ += ')';
        break;
      case '.':
        ++at_;
        out_ += "[^\\n\\r]";
        break;
      case '^':
      case '$':
        out_ += fmt::format("(?:{})", pattern_[at_++]);
        break;
      case '[': char_class(); break;
      case '\\': escape(); break;
      case '*':
      case '+':
      case '?':
      case '{': return fail(begin, fmt::format("{} repeats nothing", here()));
      case ']':
      case '}': return fail(begin, fmt::format("{} is to be written with a backslash", here()));
      default: literal(take_code_point());
    }
    quantifier();
  }

  void quantifier() {
    if (at_end() || !problem_.message.empty()) return;
    const std::size_t begin = at_;
    const char c = pattern_[at_];
    if (c == '*' || c == '+' || c == '?') {
      out_ += c;
      ++at_;
    } else if (take('{')) {
      const unsigned least = number(begin);
      std::string bounds = fmt::format("{{{}", least);
      unsigned most = least;
      if (take(',')) {
        bounds += ',';
        if (!next_is('}')) {
          most = number(begin);
          bounds += fmt::format("{}", most);
        }
      }
      if (!take('}')) return fail(begin, "a repetition is written `{2}`, `{2,}` or `{2,5}`");
      if (least > kRepeatMax || most > kRepeatMax)
        return fail(begin, fmt::format("more than {} repetitions", kRepeatMax));
      if (most < least) return fail(begin, fmt::format("a repetition from {} to {}", least, most));
      out_ += bounds + '}';
    }
  }

  // Of the repetition that begins at `repetition`. Above kRepeatMax: anything above it.
  unsigned number(std::size_t repetition) {
    const std::size_t begin = at_;
    unsigned value = 0;
    while (!at_end() && pattern_[at_] >= '0' && pattern_[at_] <= '9') {
      if (value <= kRepeatMax) value = value * 10 + static_cast<unsigned>(pattern_[at_] - '0');
      ++at_;
    }
    if (at_ == begin) fail(repetition, "a repetition is written `{2}`, `{2,}` or `{2,5}`");
    return value;
  }

  std::string_view take_code_point() {
    const std::size_t bytes = utf8_sequence_bytes(pattern_.substr(at_));
    if (bytes == 0) fail(at_, "bytes that are no UTF-8");
    const std::string_view piece = pattern_.substr(at_, bytes == 0 ? 1 : bytes);
    at_ += piece.size();
    return piece;
  }

  // One code point that stands for itself, inside and outside of a class.
  void literal(std::string_view piece) {
    const auto byte = static_cast<unsigned char>(piece[0]);
    const bool word = byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
                      (byte >= 'A' && byte <= 'Z') || byte == '_';
    if (word) {
      out_ += piece;
    } else if (byte < 0x20 || byte == 0x7F) {
      out_ += fmt::format("\\x{{{:x}}}", byte);
    } else {
      out_ += '\\';
      out_ += piece;
    }
  }

  // The character that a SingleCharEsc stands for; nothing if it is none.
  std::string_view escaped_character() {
    static constexpr std::string_view kThemselves = "()*+-.?[\\]^{|}";
    if (at_ + 1 >= pattern_.size()) return {};
    const char c = pattern_[at_ + 1];
    const auto result = [&](std::string_view text) {
      at_ += 2;
      return text;
    };
    if (c == 'n') return result("\n");
    if (c == 'r') return result("\r");
    if (c == 't') return result("\t");
    if (const std::size_t found = kThemselves.find(c); found != kThemselves.npos) return result(kThemselves.substr(found, 1));
    return {};
  }

  // `\p{L}` and `\P{L}`: the category's name; empty, with a problem, if it is none.
  std::string_view category(bool& complement) {
    const std::size_t begin = at_;
    const std::string_view rest = pattern_.substr(at_);
    complement = rest.starts_with("\\P{");
    if (!complement && !rest.starts_with("\\p{")) {
      std::string message = "a pattern does not end in a backslash";
      if (rest.size() > 1) {
        const std::size_t bytes = std::max<std::size_t>(1, utf8_sequence_bytes(rest.substr(1)));
        message = fmt::format("{} is no escape of RFC 9485", ticked(rest.substr(0, 1 + bytes)));
      }
      fail(begin, std::move(message));
      return {};
    }
    const std::size_t close = rest.find('}');
    const std::string_view name = close == rest.npos ? std::string_view() : rest.substr(3, close - 3);
    if (!is_category(name)) {
      fail(begin, fmt::format("{} is no general category of Unicode", ticked(rest.substr(0, close == rest.npos ? 3 : close + 1))));
      return {};
    }
    at_ += close + 1;
    return name;
  }

  void escape() {
    const std::string_view character = escaped_character();
    if (!character.empty()) return literal(character);
    bool complement = false;
    const std::string_view name = category(complement);
    if (name == "C" || name == "Cn") {
      out_ += fmt::format("[{}{}]", complement ? "" : "^", name == "C" ? kNotOther : kAssigned);
    } else {
      out_ += fmt::format("\\{}{{{}}}", complement ? 'P' : 'p', name);
    }
  }

  // One character of a class; false where something else follows.
  bool class_character() {
    if (at_end()) return false;
    switch (pattern_[at_]) {
      case '-':
      case '[':
      case ']': return false;
      case '\\': {
        const std::string_view character = escaped_character();
        if (character.empty()) return false;
        literal(character);
        return true;
      }
      default: literal(take_code_point()); return true;
    }
  }

  void char_class() {
    const std::size_t begin = at_++;
    const std::size_t out_begin = out_.size();
    // `[^]` is the class of `^`.
    const bool negated = next_is('^') && pattern_.substr(at_, 2) != "^]";
    if (negated) ++at_;
    out_ += negated ? "[^" : "[";
    const std::size_t content = out_.size();
    std::string_view besides;  // A set that RE2 only has as a complement.
    if (take('-')) out_ += "\\-";
    while (problem_.message.empty() && !at_end() && !next_is(']')) {
      if (class_character()) {
        if (next_is('-') && at_ + 1 < pattern_.size() && pattern_[at_ + 1] != ']') {
          ++at_;
          out_ += '-';
          if (!class_character()) fail(at_, fmt::format("{} cannot end a range", here()));
        }
      } else if (take('-')) {
        out_ += "\\-";
        if (!at_end() && !next_is(']')) fail(at_ - 1, "`-` between characters is a range; `\\-` is the character");
      } else if (next_is('\\')) {
        bool complement = false;
        const std::size_t escape_begin = at_;
        const std::string_view name = category(complement);
        const bool incomplete = name == "C" || name == "Cn";
        if (incomplete && complement) {
          out_ += name == "C" ? kNotOther : kAssigned;
        } else if (incomplete && negated) {
          fail(escape_begin, fmt::format("`\\p{{{}}}` in a negated class is not supported", name));
        } else if (incomplete) {
          besides = name == "C" || besides == kNotOther ? kNotOther : kAssigned;
        } else {
          out_ += fmt::format("\\{}{{{}}}", complement ? 'P' : 'p', name);
        }
      } else {
        fail(at_, "`[` in a class is to be written with a backslash");
      }
    }
    if (!take(']')) return fail(begin, "`[` is not closed");
    const bool empty = out_.size() == content && besides.empty();
    if (empty) return fail(begin, "a class of no characters");
    out_ += ']';
    if (besides.empty()) return;
    const std::string others = out_.size() == content + 1 ? "" : out_.substr(out_begin) + "|";
    out_.resize(out_begin);
    out_ += fmt::format("(?:{}[^{}])", others, besides);
  }

  const std::string_view pattern_;
  std::string& out_;
  std::size_t at_ = 0;
  std::vector<std::size_t> groups_;  // Where the open ones begin.
  IRegexpProblem problem_;
};

}  // namespace

IRegexpProblem translate_i_regexp(std::string_view pattern, bool whole, std::string& re2) {
  re2.clear();
  if (pattern.size() > kQueryBytesMax)
    return {0, fmt::format("a pattern of {} bytes; at most {} are allowed", pattern.size(), kQueryBytesMax)};
  if (whole) re2 += "^(?:";
  IRegexpProblem problem = Translator(pattern, re2).run();
  if (whole) re2 += ")$";
  return problem;
}

Result<Pattern> compile_i_regexp(std::string_view pattern, bool whole) {
  std::string re2;
  const IRegexpProblem problem = translate_i_regexp(pattern, whole, re2);
  if (!problem.message.empty()) return Error{problem.message};
  return Pattern::compile(re2);
}

}  // namespace connect_lint

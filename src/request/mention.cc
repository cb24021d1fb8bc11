#include "request/mention.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string>

namespace connect_lint {
namespace {

// What recognise() needs at least one of:
// - a request whose members are all known and complete has `DomainName` or, for
//   ListAccountIntegrations, `Uri`, spelt so;
// - one that is misspelt or incomplete has a member that only ours have, or one
//   that only our answers have;
// - a list, a wrapper, an envelope and AppFlow's own request have names of theirs.
// A name is looked for by its rarest word (`word`, in lower case, of at least
// kWordBytes letters) and compared from there.
struct Name {
  std::string_view word;
  std::string_view before;  // Of the name in lower case: what stands in front of the word,
  std::string_view after;   // and behind it.
  std::string_view exact;   // The whole name where it counts only when spelt so; begins with the word.
};

constexpr std::size_t kWordBytes = 5;

constexpr std::array kNames = {
    Name{"definition", "flow", "", ""},
    Name{"integration", "", "config", ""},
    Name{"integration", "create", "workflow", ""},
    Name{"integration", "put", "", ""},
    Name{"integration", "get", "", ""},
    Name{"integration", "list", "s", ""},
    Name{"integration", "listaccount", "s", ""},
    Name{"workflow", "get", "", ""},
    Name{"workflow", "list", "s", ""},
    Name{"workflow", "delete", "", ""},
    Name{"object", "", "typename", ""},
    Name{"trigger", "event", "names", ""},
    Name{"hidden", "include", "", ""},
    Name{"query", "", "enddate", ""},
    Name{"query", "", "startdate", ""},
    Name{"customerprofiles", "", "", ""},  // AWS::CustomerProfiles::Integration
    Name{"domain", "", "", "DomainName"},
    Name{"workflow", "", "", "WorkflowId"},
    Name{"attributes", "", "", "Attributes"},
    Name{"createdat", "", "", "CreatedAt"},
    Name{"errordescription", "", "", "ErrorDescription"},
    Name{"isunstructured", "", "", "IsUnstructured"},
    Name{"items", "", "", "Items"},
    Name{"lastupdatedat", "", "", "LastUpdatedAt"},
    Name{"message", "", "", "Message"},
    Name{"metrics", "", "", "Metrics"},
    Name{"startdate", "", "", "StartDate"},
    Name{"triggerconfig", "", "", "triggerConfig"},
    Name{"sourceflowconfig", "", "", "sourceFlowConfig"},
    Name{"destinationflowconfiglist", "", "", "destinationFlowConfigList"},
    Name{"operation", "", "", "operation"},  // With an `input`.
};
constexpr std::string_view kEnvelope = "operation";
constexpr std::string_view kTooShort = "Uri";

char folded(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool separates(char c) { return c == '_' || c == '-' || c == '.' || c == ' '; }

// Letters without their case as 1 to 26, all else as 0.
constexpr std::array<std::uint8_t, 256> kLetters = [] {
  std::array<std::uint8_t, 256> letters{};
  for (std::size_t i = 0; i < 26; ++i) letters['a' + i] = letters['A' + i] = static_cast<std::uint8_t>(i + 1);
  return letters;
}();
constexpr std::size_t letter(char c) { return kLetters[static_cast<unsigned char>(c)]; }

// Wu and Manber's search for several words.
struct Tables {
  // By the last two letters of a window of kWordBytes: how far it may move
  // without jumping over a word; 0 where one may begin with it.
  std::array<std::uint8_t, 32 * 32> shifts{};
  std::array<std::uint32_t, 32> names{};  // By first letter: a bit for each name.
};

constexpr Tables kTables = [] {
  Tables tables;
  // A window that ends in no letter holds no word, and none begins in it.
  for (std::size_t i = 0; i < tables.shifts.size(); ++i) tables.shifts[i] = i % 32 == 0 ? kWordBytes : kWordBytes - 1;
  for (std::size_t n = 0; n < kNames.size(); ++n) {
    const std::string_view word = kNames[n].word;
    for (std::size_t i = 0; i + 2 <= kWordBytes; ++i) {
      std::uint8_t& shift = tables.shifts[letter(word[i]) * 32 + letter(word[i + 1])];
      shift = std::min(shift, static_cast<std::uint8_t>(kWordBytes - 2 - i));
    }
    tables.names[letter(word[0])] |= std::uint32_t{1} << n;
  }
  return tables;
}();
static_assert(kNames.size() <= 32);

class Search {
 public:
  explicit Search(std::string_view text) : text_(text) {}

  [[nodiscard]] bool run() const {
    if (text_.find(kTooShort) != text_.npos || has_spelt_letters()) return true;
    for (std::size_t end = kWordBytes; end <= text_.size();) {
      const std::size_t shift = kTables.shifts[letter(text_[end - 2]) * 32 + letter(text_[end - 1])];
      if (shift == 0 && is_name(end - kWordBytes)) return true;
      end += std::max<std::size_t>(shift, 1);
    }
    return false;
  }

 private:
  // An escape that may stand for an ASCII letter (\u0044, \x44, \U00000044), or
  // joins two lines of YAML.
  [[nodiscard]] bool has_spelt_letters() const {
    for (std::size_t at = text_.find('\\'); at != text_.npos; at = text_.find('\\', at + 2)) {
      if (at + 1 == text_.size()) return false;
      const char next = text_[at + 1];
      if (next == 'x' || next == 'U' || next == '\n' || next == '\r') return true;
      if (next == 'u' && text_.substr(at + 2, 2) == "00") return true;
    }
    return false;
  }

  [[nodiscard]] bool is_name(std::size_t begin) const {
    for (std::uint32_t names = kTables.names[letter(text_[begin])]; names != 0; names &= names - 1)
      if (is(begin, kNames[static_cast<std::size_t>(std::countr_zero(names))])) return true;
    return false;
  }
  [[nodiscard]] bool is(std::size_t begin, const Name& name) const {
    if (name.exact == kEnvelope) return text_.substr(begin).starts_with(kEnvelope) && text_.find("input") != text_.npos;
    if (!name.exact.empty()) return text_.substr(begin).starts_with(name.exact);
    return continues(begin, name.word) && ends(begin, name.before) && continues(begin + name.word.size(), name.after);
  }
  [[nodiscard]] bool continues(std::size_t at, std::string_view rest) const {
    for (; !rest.empty(); ++at) {
      if (at >= text_.size()) return false;
      if (separates(text_[at])) continue;
      if (folded(text_[at]) != rest[0]) return false;
      rest.remove_prefix(1);
    }
    return true;
  }
  [[nodiscard]] bool ends(std::size_t at, std::string_view rest) const {
    for (; !rest.empty(); --at) {
      if (at == 0) return false;
      if (separates(text_[at - 1])) continue;
      if (folded(text_[at - 1]) != rest.back()) return false;
      rest.remove_suffix(1);
    }
    return true;
  }

  const std::string_view text_;
};

}  // namespace

bool mentions_request(std::string_view text) {
  if (text.empty()) return false;
  if (std::memchr(text.data(), '\0', text.size()) == nullptr) return Search(text).run();
  // UTF-16, or nonsense.
  std::string without(text);
  without.erase(std::remove(without.begin(), without.end(), '\0'), without.end());
  return Search(without).run();
}

}  // namespace connect_lint

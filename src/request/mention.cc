#include "request/mention.h"

#include <algorithm>
#include <array>
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
};
constexpr std::string_view kTooShort = "Uri";

char folded(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool separates(char c) { return c == '_' || c == '-' || c == '.' || c == ' '; }

// Two bytes, letters without their case, as a number below 1,024.
std::size_t pair_of(const char* at) {
  return (static_cast<std::size_t>(at[0] & 31) << 5) | static_cast<std::size_t>(at[1] & 31);
}

// Wu and Manber's search for several words: by two bytes, how far the window of
// kWordBytes may move without jumping over a word; 0 where one may end in it.
struct Shifts {
  std::array<std::uint8_t, 1024> by_pair{};

  Shifts() {
    by_pair.fill(kWordBytes - 1);
    for (const Name& name : kNames)
      for (std::size_t i = 0; i + 2 <= kWordBytes; ++i) {
        std::uint8_t& shift = by_pair[pair_of(name.word.data() + i)];
        shift = std::min(shift, static_cast<std::uint8_t>(kWordBytes - 2 - i));
      }
  }
};

class Search {
 public:
  explicit Search(std::string_view text) : text_(text) {}

  [[nodiscard]] bool run() const {
    static const Shifts shifts;
    if (text_.find(kTooShort) != text_.npos || has_spelt_letters() || is_envelope()) return true;
    for (std::size_t end = kWordBytes; end <= text_.size();) {
      const std::size_t shift = shifts.by_pair[pair_of(text_.data() + end - 2)];
      if (shift == 0 && is_name(end - kWordBytes)) return true;
      end += std::max<std::size_t>(shift, 1);
    }
    return false;
  }

 private:
  // {"operation": ..., "input": ...}
  [[nodiscard]] bool is_envelope() const {
    return text_.find("operation") != text_.npos && text_.find("input") != text_.npos;
  }

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
    return std::any_of(kNames.begin(), kNames.end(), [&](const Name& name) {
      if (folded(text_[begin]) != name.word[0]) return false;
      if (!name.exact.empty()) return text_.substr(begin).starts_with(name.exact);
      if (!continues(begin, name.word)) return false;
      return ends(begin, name.before) && continues(begin + name.word.size(), name.after);
    });
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

// What a check found, as plain values.
//
// A Report and everything in it owns its text: it outlives the Linter, the
// checked text and the thread that made it. Copy it, move it, keep it.
//
//   connect_lint::Linter linter;
//   connect_lint::Report report = linter.check(text);
//   for (const connect_lint::Diagnostic& found : report.diagnostics)
//     std::puts(found.message.c_str());
#ifndef CONNECT_LINT_CONNECT_LINT_DIAGNOSTIC_H_
#define CONNECT_LINT_CONNECT_LINT_DIAGNOSTIC_H_

#include <connect_lint/version.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace connect_lint {

// How bad a finding is. Ordered: Info < Warning < Error.
enum class Severity : std::uint8_t { Info, Warning, Error };

// How we know that it is a mistake.
enum class Certainty : std::uint8_t {
  Model,          // The service model says so; every client and the service read it.
  Service,        // The service (or AWS's own code) was seen to refuse it.
  Documentation,  // The documentation says so.
  Convention,     // Nobody refuses it, but it is unlikely to be meant.
};

// What a finding points at: a value, or the key in front of it.
enum class Mark : std::uint8_t { Value, Key };

// A place in the checked text. Half-open: [begin, end).
struct Place {
  std::uint32_t begin = 0;       // Byte offset, 0-based.
  std::uint32_t end = 0;         // One past the last byte; equal to `begin` when empty.
  std::uint32_t line = 0;        // 1-based.
  std::uint32_t column = 0;      // 1-based, in code points.
  std::uint32_t end_line = 0;    // Of `end`.
  std::uint32_t end_column = 0;  // Of `end`.
};

// A second place that explains a finding, such as the key's first occurrence.
struct Related {
  std::string file;            // Empty: the same file.
  std::string pointer;         // RFC 6901; empty for the whole document.
  std::string path;            // RFC 9535 normalized path.
  std::optional<Place> place;  // Unset when the value did not come from text.
  std::string message;
};

// Replace the bytes [begin, end) of the checked text by `text`.
struct Edit {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::string text;
};

// How to mend a finding. Edits are in the order of the text and do not overlap.
struct Fix {
  bool safe = false;  // True: the meaning cannot change. False: somebody has to look at it.
  std::vector<Edit> edits;
};

struct Diagnostic {
  std::string id;  // `family/bad-thing`; `connect-lint explain ID` tells more.
  Severity severity = Severity::Error;
  Certainty certainty = Certainty::Model;
  std::string message;         // One sentence without a full stop, names in backticks.
  // RFC 6901; empty for the whole document. Of a place whose path has more than 4096 bytes: that of
  // the innermost array or object around it that has a shorter one. The same holds for `path`.
  std::string pointer;
  std::string path;            // RFC 9535 normalized path, such as $['Tags']['a'].
  Mark mark = Mark::Value;     // What `place` covers.
  std::optional<Place> place;  // Unset when the value did not come from text.
  std::vector<Related> related;
  std::string help;    // What to do; empty when the message says it.
  std::string source;  // Where the fact comes from; empty for the reader's and the schema's findings.
  std::optional<Fix> fix;
};

// What a text is written in.
enum class Syntax : std::uint8_t {
  Json,
  Yaml,  // As the AWS CLI reads it (--cli-input-yaml).
};

// What a document is written for.
enum class Dialect : std::uint8_t {
  Input,  // AWS CLI --cli-input-json, boto3 keyword arguments: all members.
  Body,   // The HTTP body alone: no members that travel in the URI, times are numbers.
  CloudFormation,  // Resources of a template: lists of entries for maps, times are numbers, functions for values.
};

// Which evidence told the operation.
enum class RecognisedBy : std::uint8_t { Option, Envelope, FileName, Wrapper, Members, Resource, Configuration };

// One request in a document.
struct RequestInfo {
  std::string pointer;         // Where it begins (RFC 6901); empty for the whole document.
  std::string_view operation;  // Static text, such as "PutIntegration".
  Dialect dialect = Dialect::Input;
  RecognisedBy recognised_by = RecognisedBy::Members;
};

// The requests of one document. Nearly always one, which is kept in place.
class RequestList {
 public:
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] const RequestInfo* begin() const { return size_ > 1 ? more_.data() : &one_; }
  [[nodiscard]] const RequestInfo* end() const { return begin() + size_; }
  [[nodiscard]] const RequestInfo& operator[](std::size_t index) const { return begin()[index]; }
  void push_back(RequestInfo request) {
    if (size_ == 1) more_.push_back(std::move(one_));
    if (size_ == 0) {
      one_ = std::move(request);
    } else {
      more_.push_back(std::move(request));
    }
    ++size_;
  }

 private:
  std::size_t size_ = 0;
  RequestInfo one_;
  std::vector<RequestInfo> more_;
};

enum class Status : std::uint8_t {
  Checked,     // At least one request was checked.
  Skipped,     // The text is no Customer Profiles request; `note` says why we think so.
  Unreadable,  // The text could not be read as a document; diagnostics say where.
};

// A value that has to be different in all files of a run: what is wrong if
// another file has it, too (see AcrossFiles in lint.h).
struct UniqueValue {
  std::string value;
  Diagnostic diagnostic;
};

struct Report {
  Status status = Status::Skipped;
  RequestList requests;
  // In the order of the text: those from CheckOptions::least on, at most
  // Limits::findings_max of them. The counts below are of all.
  std::vector<Diagnostic> diagnostics;
  std::uint64_t left_out = 0;  // Diagnostics above that limit.
  std::uint64_t errors = 0;
  std::uint64_t warnings = 0;
  std::uint64_t infos = 0;
  std::uint64_t suppressed = 0;  // Findings that somebody gave a reason to ignore; in no other count.
  std::uint64_t known = 0;       // Findings that a baseline has; likewise.
  std::string note;  // Why a text was skipped; empty otherwise.
  std::vector<UniqueValue> unique_values;  // With CheckOptions::across_files.

  [[nodiscard]] std::uint64_t findings() const { return errors + warnings + infos; }
};

// The words of the JSON report and of the command line.
[[nodiscard]] CONNECT_LINT_API std::string_view name_of(Severity severity);
[[nodiscard]] CONNECT_LINT_API std::string_view name_of(Certainty certainty);
[[nodiscard]] CONNECT_LINT_API std::string_view name_of(Mark mark);
[[nodiscard]] CONNECT_LINT_API std::string_view name_of(Dialect dialect);
[[nodiscard]] CONNECT_LINT_API std::string_view name_of(RecognisedBy recognised_by);
[[nodiscard]] CONNECT_LINT_API std::string_view name_of(Status status);

}  // namespace connect_lint

#endif  // CONNECT_LINT_CONNECT_LINT_DIAGNOSTIC_H_

// The reports of a run: one to standard output, any number to files.
#ifndef CONNECT_LINT_REPORT_REPORTS_H_
#define CONNECT_LINT_REPORT_REPORTS_H_

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "report/output.h"
#include "report/reporter.h"
#include "source/file_writer.h"

namespace connect_lint {

// Not for several threads.
class Reports {
 public:
  // A format by name, to `out`, or to a file, whole or not at all.
  struct Wanted {
    const Format* format;
    std::string file;  // Empty: standard output.
  };
  // From "NAME" and "NAME:FILE"; nothing and words in `problem` where that cannot be done.
  [[nodiscard]] static std::optional<std::vector<Wanted>> parse(std::span<const std::string> texts, std::string& problem);

  // Opens the files, and begins. Gives why that failed, empty when it did not.
  // `out` outlives this. `redacts`: account ids, ARNs and key ids are masked.
  struct Options {
    ReporterOptions reporter;
    bool colour_in_files = false;
    bool redacts = false;
  };
  [[nodiscard]] std::string begin(const std::vector<Wanted>& wanted, Output& out, const Options& options);
  void file(const FileReport& file);
  // Likewise, for what is left to be written.
  [[nodiscard]] std::string end(const Summary& summary);

  // The format, where there is one only, and it gets reports as they are and
  // goes to standard output; else null.
  [[nodiscard]] const Format* only() const;

 private:
  struct One {
    const Format* format;
    std::string name;                           // Of the file.
    std::unique_ptr<FileReplacement> file;      // Null: standard output.
    std::unique_ptr<Output> out;                // To the file.
    std::unique_ptr<Reporter> reporter;
  };
  std::vector<One> all_;
  bool redacts_ = false;
};

}  // namespace connect_lint

#endif  // CONNECT_LINT_REPORT_REPORTS_H_

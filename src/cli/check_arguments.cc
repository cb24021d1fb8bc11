#include "cli/check_arguments.h"

#include <fmt/format.h>

#include "base/limits.h"
#include "report/reporter.h"

namespace connect_lint {

void declare(Arguments& app, CheckArguments& to) {
  std::string format_help = "How to report, to standard output or a file; may be given several times: ";
  for (const Format& format : formats()) format_help += fmt::format("{}{} ({})", &format == formats().data() ? "" : ", ", format.name, format.summary);
  app.optional_positionals("path", to.paths,
                           "Files, folders (every *.json, *.yaml, *.yml, *.ndjson and *.jsonl below), or - for standard input");
  app.options("--format", to.formats, "NAME[:FILE]", format_help + "; text unless given, jsonl with --stream");
  app.option("--operation", to.request.operation, "NAME",
             "What every file is a request for, such as PutIntegration; recognised unless given");
  app.option("--dialect", to.request.dialect, "NAME",
             "input: all members, as the AWS CLI and boto3 take them (unless given); body: the raw HTTP body; "
             "cloudformation: a template (recognised unless given)",
             {"input", "body", "cloudformation"});
  app.option("--syntax", to.request.syntax, "NAME",
             "json or yaml; by the name of each file unless given, and for other names by how the text begins",
             {"json", "yaml"});
  app.option("--stdin-filename", to.stdin_filename, "PATH", "The name to report for standard input");
  app.option("--fail-on", to.configuration.fail_on, "LEVEL",
             "Exit with 1 from this severity on: error (unless given here or in the configuration), warning, info; or never",
             {"error", "warning", "info", "never"});
  app.option("--show", to.configuration.show, "LEVEL", "Show findings from this severity on: error, warning (unless given here or in the configuration), info",
             {"error", "warning", "info"});
  app.option("--color", to.colour, "WHEN",
             "auto (unless given: on a terminal, unless NO_COLOR is set), always, never", {"auto", "always", "never"});
  app.number("--max-input-bytes", to.max_input_bytes, 1, kInputBytesLimit,
             "Do not read larger files; 67108864 unless given");
  app.number("--max-depth", to.max_depth, 1, kDepthLimit, "Nested arrays and objects; 128 unless given");
  app.number("--max-findings", to.max_findings, 1, kFindingsKeptMax,
             "Findings to show of each file; 1000 unless given");
  app.options("--rules", to.configuration.rules, "DIR", "Also run the rules of this folder; may be given several times");
  app.option_or_flag("--now", to.request.now,
                     "Run the rules about past and future, too: as of this moment, or of --now=TIME");
  app.option("--data-dir", to.configuration.data_dir, "DIR", "Read schemas/ and rules/ of this folder instead of the built-in ones");
  app.option("--config", to.configuration.config, "FILE", "Use this configuration for all files, not the next .connect-lint.yaml above each");
  app.flag("--no-config", to.configuration.no_config, "Use no configuration");
  app.option("--config-root", to.configuration.config_root, "DIR",
             "What a configuration names (extends, rules, baseline) has to lie in its folder, links followed, or in this one");
  app.option("--print-config", to.print_config, "FILE", "Show what applies to the file, and where it stands; check nothing");
  app.options("--severity", to.configuration.severity, "ID=LEVEL",
              "Make findings of this id or family error, warning, info or off; may be given several times");
  app.options("--placeholder", to.configuration.placeholders, "FORM",
              "Values with texts such as ${...} are filled in later: not known; may be given several times");
  app.option("--baseline", to.configuration.baseline, "FILE", "Count the findings that the file has, and show new ones");
  app.option("--write-baseline", to.write_baseline, "FILE", "Write all that is found to the file; show nothing");
  app.flag("--fix", to.fix, "Mend files, where the meaning cannot change, and report what is left");
  app.flag("--unsafe-fixes", to.unsafe_fixes, "Likewise, also where somebody should look at the result");
  app.flag("--diff", to.diff, "Show what --fix or --unsafe-fixes would change, and change nothing; exit with 1 if there is any");
  app.flag("--redact", to.redact, "Mask account ids, ARNs and key ids in reports");
  app.options("--include", to.include, "GLOB", "Of folders, take only these files; may be given several times");
  app.options("--exclude", to.exclude, "GLOB",
              "Of folders, leave these files and folders out; may be given several times");
  app.flag("--no-ignore", to.no_ignore, "Of folders, also take what git ignores");
  app.flag("--as-found", to.as_found,
           "Treat named files as those of folders: --include and --exclude hold, what cannot be parsed and is none of "
           "ours is skipped; for hooks, which name every file");
  app.flag("--stream", to.stream,
           "Read streams, standard input unless named: a request a line (NDJSON), a result a line; "
           "*.ndjson and *.jsonl files are read so without it");
  app.option("--shard", to.shard, "K/N", "Only every N-th file, or line of a stream, from the K-th on");
  app.number("--jobs", to.jobs, 1, kJobsMax, "Threads; as many as there are processors unless given");
  app.flag("-q,--quiet", to.quiet, "No summary; findings only");
  app.flag("-v,--verbose", to.verbose, "Say what each file was taken for, and why files are skipped");
  app.footer(std::string(kExitCodesText) + "A file that is no Customer Profiles request is skipped.");
}

}  // namespace connect_lint

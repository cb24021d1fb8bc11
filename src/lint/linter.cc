#include "lint/linter.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <mutex>
#include <vector>

#include "base/catalogue.h"
#include "base/quote.h"
#include "document/describe_document.h"
#include "document/syntax.h"
#include "lint/body_request.h"
#include "lint/settle.h"
#include "request/signs.h"
#include "schema/operation_file.h"
#include "schema/schema_texts.h"

namespace connect_lint {
namespace {

// Memory that a Workspace keeps between calls; more is given back.
constexpr std::size_t kWorkspaceBytesKept = 4u << 20;

Diagnostic about_file(FindingId id, std::string message) {
  Diagnostic diagnostic = new_diagnostic(id);
  diagnostic.message = std::move(message);
  diagnostic.path = "$";
  return diagnostic;
}

// What a judge found itself stands among the others.
void add_own(FindingJudge& judge, Severity least, std::uint32_t findings_max, Report& report) {
  std::vector<Diagnostic> own;
  judge.end(own);
  if (own.empty()) return;
  for (Diagnostic& diagnostic : own) {
    count(report, diagnostic.severity);
    if (diagnostic.severity >= least) report.diagnostics.push_back(std::move(diagnostic));
  }
  const auto begin_of = [](const Diagnostic& diagnostic) { return diagnostic.place ? diagnostic.place->begin : 0u; };
  std::stable_sort(report.diagnostics.begin(), report.diagnostics.end(),
                   [&](const Diagnostic& a, const Diagnostic& b) { return begin_of(a) < begin_of(b); });
  describe_at_most(report, findings_max);
}

Report unreadable(Diagnostic diagnostic) {
  Report report;
  report.status = Status::Unreadable;
  count(report, diagnostic.severity);
  report.diagnostics.push_back(std::move(diagnostic));
  return report;
}

Report unknown_operation_report(std::string_view name) {
  return unreadable(about_file(FindingId::RequestOperationUnknown, ticked(name) + " is no operation that can be checked"));
}

std::uint32_t depth_max_of(const CheckOptions& options) { return std::clamp(options.limits.depth_max, 1u, kDepthLimit); }

bool is_clean_object(const Document& document) {
  return document.complete && document.findings.empty() && document[0].kind == Kind::Object;
}

// Paths alone are left.
void drop_places(Report& report) {
  const auto drop = [](Diagnostic& diagnostic) {
    diagnostic.place.reset();
    diagnostic.fix.reset();
    for (Related& related : diagnostic.related) related.place.reset();
  };
  for (Diagnostic& diagnostic : report.diagnostics) drop(diagnostic);
  for (UniqueValue& unique : report.unique_values) drop(unique.diagnostic);
}

}  // namespace

Report unreadable_report(std::string message) {
  return unreadable(about_file(FindingId::DocumentUnreadable, std::move(message)));
}

Report too_large_report(std::uint64_t bytes_max) {
  const DocumentWords words = describe_document(
      {.id = FindingId::DocumentTooLarge, .span = {}, .other = {}, .node = kNoNode, .number = bytes_max}, {});
  Diagnostic diagnostic = about_file(FindingId::DocumentTooLarge, words.message);
  diagnostic.help = words.help;
  return unreadable(std::move(diagnostic));
}

std::string LoadFailure::text() const {
  std::string result = message;
  for (const auto& file : files)
    for (const TextProblem& problem : file->problems)
      result += (result.empty() ? "" : "\n") + problem_line(file->name, file->source.view(), problem);
  return result;
}

LintEngine::LintEngine()
    : schemas_(built_in_schemas()), rules_(std::make_unique<RuleLibrary>(schemas_)) {
  want_shapes();
}

LintEngine::LintEngine(SchemaTables tables)
    : tables_(std::move(tables)), schemas_(tables_->set()) {}

std::variant<std::unique_ptr<LintEngine>, LoadFailure> LintEngine::load(const LinterOptions& options, const Confinement* links) {
  std::unique_ptr<LintEngine> engine;
  if (options.data_dir.empty()) {
    engine = std::make_unique<LintEngine>();
  } else {
    const OperationTable& table = built_in_operations();
    const auto sources = load_schema_sources(options.data_dir + "/schemas", table);
    if (!sources.ok()) return LoadFailure{sources.error(), {}};
    auto tables = lower_schemas(sources.value(), table);
    if (!tables.ok()) return LoadFailure{tables.error(), {}};
    engine.reset(new LintEngine(std::move(tables).value()));
  }
  if (auto failure = engine->load_rules(options, links)) return std::move(*failure);
  engine->want_shapes();
  return engine;
}

std::optional<LoadFailure> LintEngine::load_rules(const LinterOptions& options, const Confinement* links) {
  RuleAllowance left;
  const auto load = [&](const std::string& directory, std::vector<std::unique_ptr<RuleFile>>& files) -> std::optional<LoadFailure> {
    auto folder = load_rule_folder(directory, schemas_, left, links);
    if (!folder.ok()) return LoadFailure{folder.error(), {}};
    LoadFailure failure;
    for (auto& file : std::move(folder).value().files) (file->problems.empty() ? files : failure.files).push_back(std::move(file));
    if (failure.files.empty()) return std::nullopt;
    return failure;
  };
  if (!options.data_dir.empty()) {
    // Schemas alone come without rules: the built-in ones are made for other numbers.
    std::vector<std::unique_ptr<RuleFile>> files;
    std::error_code error;
    if (std::filesystem::is_directory(options.data_dir + "/rules", error))
      if (auto failure = load(options.data_dir + "/rules", files)) return failure;
    rules_ = std::make_unique<RuleLibrary>(RuleTables(std::move(files), schemas_), schemas_);
  }
  if (options.rule_dirs.empty()) return std::nullopt;
  std::vector<std::unique_ptr<RuleFile>> files;
  LoadFailure failure;
  for (const std::string& directory : options.rule_dirs) {
    auto one = load(directory, files);
    if (!one) continue;
    if (!one->message.empty()) return one;
    std::move(one->files.begin(), one->files.end(), std::back_inserter(failure.files));
  }
  if (!failure.files.empty()) return failure;
  std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a->id < b->id; });
  for (std::size_t i = 0; i < files.size(); ++i) {
    const std::string& id = files[i]->id;
    if (i > 0 && files[i - 1]->id == id) return LoadFailure{fmt::format("{} and {} are the same rule", files[i - 1]->name, files[i]->name), {}};
    if (find_rule(rules_->set(), id) != nullptr || find_entry(id) != nullptr)
      return LoadFailure{fmt::format("{}: there is a built-in rule {}; give yours another name", files[i]->name, ticked(id)), {}};
  }
  user_rules_ = std::make_unique<RuleLibrary>(RuleTables(std::move(files), schemas_), schemas_);
  return std::nullopt;
}

void LintEngine::want_shapes() {
  wanted_ = rules_->set().wanted;
  if (!user_rules_) return;
  wanted_both_.assign(wanted_.begin(), wanted_.end());
  for (std::size_t i = 0; i < wanted_both_.size(); ++i) wanted_both_[i] |= user_rules_->set().wanted[i];
  wanted_ = wanted_both_;
}

void Workspace::read(Syntax syntax, const KeyTable& keys, std::uint32_t depth_max) {
  if (syntax == Syntax::Json) [[likely]]
    return reader.read(source, keys, depth_max, document);
  if (!yaml_reader) yaml_reader = std::make_unique<YamlReader>();
  yaml_reader->read(source, keys, depth_max, document, YamlTags::KeepFunctions);
}

void Workspace::clear() {
  requests.clear();
  shape_findings.clear();
  occurrences.clear();
  built_in_findings.clear();
  user_findings.clear();
}

// Shape first, since rules rely on it.
void LintEngine::check_request(Workspace& workspace, const Request& request, const RuleRunOptions& all) const {
  Document& document = workspace.checked();
  const std::size_t before = workspace.occurrences.size();
  check_shape(schemas_, document, request, workspace.regexes, workspace.shape_findings,
              {.wanted = wanted_, .occurrences = &workspace.occurrences});
  RuleRunOptions run = all;
  run.request = request.node;
  run.dialect = request.dialect;
  run.certain = run.certain && workspace.shape_findings.kept.empty();
  const auto occurrences = std::span<const Occurrence>(workspace.occurrences).subspan(before);
  workspace.rules.run(rules_->set(), document, occurrences, run, workspace.built_in_findings);
  if (user_rules_)
    workspace.rules.run(user_rules_->set(), document, occurrences, run, workspace.user_findings);
}

std::vector<std::string_view> LintEngine::finding_ids() const {
  std::vector<std::string_view> ids;
  for (const CatalogueEntry& entry : catalogue()) ids.push_back(entry.id);
  for (const Rule& rule : rules_->set().rules) ids.push_back(rule.id);
  if (user_rules_)
    for (const Rule& rule : user_rules_->set().rules) ids.push_back(rule.id);
  std::sort(ids.begin(), ids.end());
  return ids;
}

// Whether every rule of that name runs.
bool LintEngine::looks_for(std::string_view id, const RuleRunOptions& run) const {
  const auto is_left_out = [&](const Rule& rule) {
    return names_id(id, rule.id) && (rule.severity < run.least || (rule.needs_now && !run.now) || (rule.across_files && !run.across_files));
  };
  const auto leaves_out = [&](const RuleLibrary& library) { return std::any_of(library.set().rules.begin(), library.set().rules.end(), is_left_out); };
  return !leaves_out(*rules_) && (!user_rules_ || !leaves_out(*user_rules_));
}

// What the requests are, and where.
void LintEngine::add_requests(const Workspace& workspace, Report& report) {
  PathFinder paths(workspace.document);
  for (const Request& request : workspace.requests) {
    RequestInfo info;
    const NodeIndex node = workspace.is_template ? workspace.of_template.places[request.node].value : request.node;
    if (node != 0) {
      std::string path;
      paths.find(node, info.pointer, path);
    }
    info.operation = built_in_operations().operations[request.operation].name;
    info.dialect = request.dialect;
    info.recognised_by = request.recognised_by;
    report.requests.push_back(std::move(info));
  }
}

// The pipeline.
Report LintEngine::check(Workspace& workspace, const CheckOptions& options, const CheckPolicy& policy) const {
  const std::uint64_t bytes_max = std::min(options.limits.input_bytes_max, kInputBytesLimit);
  if (workspace.source.view().size() > bytes_max) return too_large_report(bytes_max);

  RecognitionHints hints;
  hints.dialect = options.dialect;
  hints.file_name = options.file_name;
  if (!options.operation.empty()) {
    hints.operation = find_operation(options.operation);
    if (!hints.operation) return unknown_operation_report(options.operation);
  }
  workspace.read(choose_syntax(options.syntax, options.file_name, workspace.source.view()), schemas_.keys, depth_max_of(options));
  return check_document(workspace, options, hints, policy, false);
}

Report LintEngine::check_body(Workspace& workspace, std::string_view body, std::span<const UriMember> uri_members,
                              const CheckOptions& options) const {
  const std::uint64_t bytes_max = std::min(options.limits.input_bytes_max, kInputBytesLimit);
  std::uint64_t bytes = body.size();
  for (const UriMember& member : uri_members) bytes += member.name.size() + member.value.size();
  if (bytes > bytes_max) return too_large_report(bytes_max);

  RecognitionHints hints;
  hints.operation = find_operation(options.operation);
  hints.dialect = Dialect::Body;
  hints.file_name = options.file_name;
  if (!hints.operation) return unknown_operation_report(options.operation);
  const auto read = [&](std::string_view text) -> const Document& {
    workspace.source.assign(text);
    workspace.read(Syntax::Json, schemas_.keys, depth_max_of(options));
    return workspace.document;
  };
  const JoinedBody joined(body, uri_members, *hints.operation, schemas_);
  if (!is_clean_object(read(joined.text())) && is_clean_object(read(joined.body()))) read(joined.text());  // The members are at fault.
  if (!joined.is_joint_of(workspace.document)) {
    read(joined.body());
    return check_document(workspace, options, hints, {}, false);
  }
  Report report = check_document(workspace, options, hints, {}, true);
  joined.put_places_right(report);
  return report;
}

Report LintEngine::check_document(Workspace& workspace, const CheckOptions& options, const RecognitionHints& hints,
                                  const CheckPolicy& policy, bool has_uri_members) const {
  Document& document = workspace.document;
  if (!policy.placeholders.empty()) mark_placeholders(document, policy.placeholders);

  Recognition recognition;
  if (!document.empty()) recognition = recognise(document, schemas_.members, hints);
  if (policy.is_configured && recognition.request && recognition.request->recognised_by == RecognisedBy::Option)
    recognition.request->recognised_by = RecognisedBy::Configuration;
  if (recognition.request) recognition.request->has_uri_members = has_uri_members;

  Report report;
  workspace.clear();
  workspace.is_template = !recognition.resources.empty();
  if (workspace.is_template) {
    workspace.of_template.build(document, recognition.resources, schemas_);
    workspace.requests = workspace.of_template.requests;
  } else if (recognition.request) {
    workspace.requests.push_back(*recognition.request);
  }
  if (!workspace.is_template && !document.function_tags.empty()) document.refuse_function_tags();
  add_requests(workspace, report);
  RuleRunOptions run{.least = std::min(options.least, options.least_counted.value_or(options.least)),
                     .now = options.now,
                     .across_files = options.across_files,
                     // What the reader found no fault with, and what is no template.
                     .certain = document.findings.empty() && !workspace.is_template && policy.placeholders.empty()};
  if (policy.judge != nullptr && policy.judge->raises()) run.least = Severity::Info;
  if (document.complete)
    for (const Request& request : workspace.requests) check_request(workspace, request, run);

  const bool ours = !workspace.requests.empty() || recognition.finding;
  if (document.complete && !ours) {
    // Somebody else's file: its comments and commas are its own affair.
    report.note = std::move(recognition.note);
    return report;
  }
  if (!ours && document.syntax == Syntax::Yaml && !shows_signs(document.text(), hints)) {
    // Templates, and all that people keep in files of this name.
    report.note = !document.findings.empty() && document.findings[0].id == FindingId::DocumentEmpty
                      ? "it is empty"
                      : "it cannot be read as YAML, and nothing in it names a Customer Profiles request";
    return report;
  }
  report.status = document.complete ? Status::Checked : Status::Unreadable;
  const RuleOutcome outcomes[] = {{rules_.get(), &workspace.built_in_findings},
                                  {user_rules_.get(), &workspace.user_findings}};
  const WrittenTemplate written{document, workspace.of_template.places};
  if (policy.judge != nullptr)
    policy.judge->begin(document, [this, run, complete = document.complete](std::string_view id) { return complete && looks_for(id, run); });
  settle({.document = workspace.checked(),
          .schemas = schemas_,
          .requests = workspace.requests,
          .request_finding = recognition.finding ? &*recognition.finding : nullptr,
          .shape = workspace.shape_findings,
          .rules = std::span(outcomes).first(user_rules_ ? 2 : 1),
          .evaluator = workspace.rules.evaluator(),
          .written = workspace.is_template ? &written : nullptr,
          .judge = policy.judge},
         options.least, options.limits.findings_max, report);
  if (policy.judge != nullptr) add_own(*policy.judge, options.least, options.limits.findings_max, report);
  return report;
}

// --- The published class ----------------------------------------------------

struct Linter::State {
  std::unique_ptr<LintEngine> engine;
  std::string error;

  std::mutex mutex;
  std::vector<std::unique_ptr<Workspace>> idle;  // Guarded by `mutex`.

  // Takes an idle workspace for one call, and gives it back.
  class Lease {
   public:
    explicit Lease(State& state) : state_(state) {
      const std::lock_guard lock(state_.mutex);
      if (state_.idle.empty()) return;
      workspace_ = std::move(state_.idle.back());
      state_.idle.pop_back();
    }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    ~Lease() {
      if (!workspace_) return;
      if (workspace_->source.capacity() + workspace_->document.nodes.bytes() + workspace_->of_template.document.nodes.bytes() > kWorkspaceBytesKept) return;
      const std::lock_guard lock(state_.mutex);
      if (state_.idle.size() < state_.idle.capacity()) state_.idle.push_back(std::move(workspace_));
    }
    Workspace& get() {
      if (!workspace_) workspace_ = std::make_unique<Workspace>();
      return *workspace_;
    }

   private:
    State& state_;
    std::unique_ptr<Workspace> workspace_;
  };
};

Linter::Linter() : state_(std::make_shared<State>()) {
  state_->engine = std::make_unique<LintEngine>();
  state_->idle.reserve(64);
}

Linter::Linter(const LinterOptions& options) : state_(std::make_shared<State>()) {
  state_->idle.reserve(64);
  auto loaded = LintEngine::load(options, nullptr);
  if (auto* engine = std::get_if<std::unique_ptr<LintEngine>>(&loaded)) {
    state_->engine = std::move(*engine);
  } else {
    state_->error = std::get<LoadFailure>(loaded).text();
  }
}

Linter::~Linter() = default;

bool Linter::ok() const { return state_->engine != nullptr; }
const std::string& Linter::error() const { return state_->error; }

Report Linter::check(std::string_view text, const CheckOptions& options) const {
  if (!ok()) return unreadable_report(state_->error);
  const std::uint64_t bytes_max = std::min(options.limits.input_bytes_max, kInputBytesLimit);
  if (text.size() > bytes_max) return too_large_report(bytes_max);
  State::Lease lease(*state_);
  Workspace& workspace = lease.get();
  workspace.source.assign(text);
  Report report = state_->engine->check(workspace, options);
  if (!options.places) [[unlikely]]
    drop_places(report);
  return report;
}

Report Linter::check_body(std::string_view operation, std::string_view body, std::span<const UriMember> uri_members,
                          CheckOptions options) const {
  if (!ok()) return unreadable_report(state_->error);
  options.operation = operation;
  State::Lease lease(*state_);
  Report report = state_->engine->check_body(lease.get(), body, uri_members, options);
  if (!options.places) drop_places(report);
  return report;
}

std::span<const std::string_view> operation_names() {
  static const std::vector<std::string_view> names = [] {
    std::vector<std::string_view> result;
    for (const OperationInfo& operation : built_in_operations().operations) result.push_back(operation.name);
    return result;
  }();
  return names;
}

std::string_view schema_text(std::string_view operation) {
  const auto index = find_operation(operation);
  return index ? built_in_schema_texts()[*index] : std::string_view();
}

static_assert(std::string_view(CONNECT_LINT_PROJECT_VERSION) == CONNECT_LINT_VERSION, "CMakeLists.txt and version.h tell different versions");
std::string_view version() { return CONNECT_LINT_VERSION; }

std::string_view name_of(Severity severity) {
  static constexpr std::string_view kNames[] = {"info", "warning", "error"};
  return kNames[static_cast<std::size_t>(severity)];
}
std::string_view name_of(Certainty certainty) {
  static constexpr std::string_view kNames[] = {"model", "service", "documentation", "convention"};
  return kNames[static_cast<std::size_t>(certainty)];
}
std::string_view name_of(Mark mark) { return mark == Mark::Key ? "key" : "value"; }
std::string_view name_of(Dialect dialect) {
  static constexpr std::string_view kNames[] = {"input", "body", "cloudformation"};
  return kNames[static_cast<std::size_t>(dialect)];
}
std::string_view name_of(RecognisedBy recognised_by) {
  static constexpr std::string_view kNames[] = {"option", "envelope", "file name", "wrapper", "members", "resource", "configuration"};
  return kNames[static_cast<std::size_t>(recognised_by)];
}
std::string_view name_of(Status status) {
  static constexpr std::string_view kNames[] = {"checked", "skipped", "unreadable"};
  return kNames[static_cast<std::size_t>(status)];
}

}  // namespace connect_lint

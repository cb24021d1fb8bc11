// Times of calls of Linter::check on clean requests, and the heap allocations
// that a call makes once its Linter is warm (the counter `allocations`; none
// are expected).
//
//   connect_lint_call_bench --requests=build/bench/requests --shape=build/bench/shape --benchmark_format=json
//
// `--shape`: a folder with `schemas/` and no rules, for the shape check alone.
#include "request_text.h"

#include <benchmark/benchmark.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <string>
#include <string_view>
#include <vector>

namespace {

// All of the process: the library's, ours, and Google Benchmark's between runs.
std::atomic<std::uint64_t> allocations{0};

void* count_and_allocate(std::size_t size, std::size_t alignment = alignof(std::max_align_t)) {
  allocations.fetch_add(1, std::memory_order_relaxed);
  void* memory = alignment > alignof(std::max_align_t)
                     ? std::aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment)
                     : std::malloc(size == 0 ? 1 : size);
  if (memory == nullptr) std::abort();
  return memory;
}

}  // namespace

// Those that are not here call these.
void* operator new(std::size_t size) { return count_and_allocate(size); }
void* operator new(std::size_t size, std::align_val_t alignment) {
  return count_and_allocate(size, static_cast<std::size_t>(alignment));
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return count_and_allocate(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }

namespace {

using connect_lint::Linter;
using connect_lint::bench::is_clean;

constexpr int kWarmUpCalls = 10;
constexpr std::size_t kCountedCalls = 1000;

using Texts = std::vector<std::string>;

bool warm_up(const Linter& linter, const Texts& texts, std::string_view operation) {
  bool clean = true;
  for (int call = 0; call < kWarmUpCalls; ++call)
    for (const std::string& text : texts) clean &= is_clean(linter, text, operation);
  return clean;
}

// One text after the other.
void check_calls(benchmark::State& state, const Linter& linter, const Texts& texts, std::string_view operation) {
  if (!warm_up(linter, texts, operation)) state.SkipWithError("a request is not clean");
  std::size_t next = 0;
  std::size_t bytes = 0;
  for (auto _ : state) {
    const std::string& text = texts[next];
    next = next + 1 == texts.size() ? 0 : next + 1;
    bytes += text.size();
    benchmark::DoNotOptimize(is_clean(linter, text, operation));
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}

// Where nothing else of the process allocates: outside the benchmark's own loop, on one thread.
double allocations_per_call(const Linter& linter, const Texts& texts, std::string_view operation) {
  bool clean = warm_up(linter, texts, operation);
  const std::uint64_t before = allocations.load();
  for (std::size_t call = 0; call < kCountedCalls; ++call) clean &= is_clean(linter, texts[call % texts.size()], operation);
  const std::uint64_t counted = allocations.load() - before;
  return clean ? static_cast<double>(counted) / kCountedCalls : -1;
}

void register_call(const std::string& name, const Linter& linter, const Texts& texts, std::string_view operation) {
  const double allocated = allocations_per_call(linter, texts, operation);
  const auto run = [&linter, texts, operation, allocated](benchmark::State& state) {
    check_calls(state, linter, texts, operation);
    if (state.thread_index() == 0) state.counters["allocations"] = allocated;
  };
  benchmark::RegisterBenchmark(name.c_str(), run)->ThreadRange(1, 2)->UseRealTime();
}

}  // namespace

int main(int argc, char** argv) {
  constexpr std::string_view kRequests = "--requests=";
  constexpr std::string_view kShape = "--shape=";
  std::string directory;
  connect_lint::LinterOptions shape_options;
  benchmark::Initialize(&argc, argv);
  for (int index = 1; index < argc; ++index) {
    const std::string_view argument = argv[index];
    if (argument.starts_with(kRequests)) directory = argument.substr(kRequests.size());
    if (argument.starts_with(kShape)) shape_options.data_dir = argument.substr(kShape.size());
  }
  if (directory.empty() || shape_options.data_dir.empty() || argc != 3) {
    std::fprintf(stderr, "usage: connect_lint_call_bench --requests=DIRECTORY --shape=DIRECTORY [--benchmark_...]\n");
    return 2;
  }
  const Linter shape(shape_options);
  if (!shape.ok()) {
    std::fprintf(stderr, "%s\n", shape.error().c_str());
    return 3;
  }
  const Linter with_rules;
  for (const std::string name : {"small", "small-indented", "medium"}) {
    const Texts text = {connect_lint::bench::read_request(directory, name + ".json")};
    register_call(name + "/named", shape, text, connect_lint::bench::kOperation);
    register_call(name + "/recognised", shape, text, "");
    register_call(name + "/rules", with_rules, text, connect_lint::bench::kOperation);
  }
  register_call("2kb/rules", with_rules, connect_lint::bench::read_requests(directory + "/2kb"), connect_lint::bench::kOperation);
  const Texts yaml = {connect_lint::bench::read_request(directory, "small.yaml")};
  register_call("yaml/rules", with_rules, yaml, connect_lint::bench::kOperation);
  register_call("yaml/recognised-rules", with_rules, yaml, "");
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}

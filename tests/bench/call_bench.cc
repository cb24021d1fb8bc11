// Times of calls of Linter::check on clean requests, and the heap allocations
// that a call makes once its Linter is warm (the counter `allocations`; none
// are expected).
//
//   connect_lint_call_bench --requests=build/bench/requests --benchmark_format=json
#include "request_text.h"

#include <benchmark/benchmark.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <new>

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
constexpr int kCountedCalls = 1000;

const Linter& shared_linter() {
  static const Linter linter;
  return linter;
}

void check_calls(benchmark::State& state, const std::string& text, std::string_view operation) {
  const Linter& linter = shared_linter();
  for (int call = 0; call < kWarmUpCalls; ++call) {
    if (!is_clean(linter, text, operation)) {
      state.SkipWithError("the request is not clean");
      break;
    }
  }
  for (auto _ : state) benchmark::DoNotOptimize(is_clean(linter, text, operation));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}

// Where nothing else of the process allocates: outside the benchmark's own loop, on one thread.
double allocations_per_call(const std::string& text, std::string_view operation) {
  const Linter& linter = shared_linter();
  bool clean = true;
  for (int call = 0; call < kWarmUpCalls; ++call) clean &= is_clean(linter, text, operation);
  const std::uint64_t before = allocations.load();
  for (int call = 0; call < kCountedCalls; ++call) clean &= is_clean(linter, text, operation);
  const std::uint64_t counted = allocations.load() - before;
  return clean ? static_cast<double>(counted) / kCountedCalls : -1;
}

void register_calls(const std::string& name, const std::string& text) {
  for (const std::string_view operation : {connect_lint::bench::kOperation, std::string_view()}) {
    const std::string how = operation.empty() ? "recognised" : "named";
    const double allocated = allocations_per_call(text, operation);
    const auto run = [text, operation, allocated](benchmark::State& state) {
      check_calls(state, text, operation);
      if (state.thread_index() == 0) state.counters["allocations"] = allocated;
    };
    benchmark::RegisterBenchmark((name + "/" + how).c_str(), run)->ThreadRange(1, 2)->UseRealTime();
  }
}

}  // namespace

int main(int argc, char** argv) {
  constexpr std::string_view kRequests = "--requests=";
  std::string directory;
  benchmark::Initialize(&argc, argv);
  for (int index = 1; index < argc; ++index) {
    const std::string_view argument = argv[index];
    if (argument.starts_with(kRequests)) directory = argument.substr(kRequests.size());
  }
  if (directory.empty() || argc != 2) {
    std::fprintf(stderr, "usage: connect_lint_call_bench --requests=DIRECTORY [--benchmark_...]\n");
    return 2;
  }
  for (const std::string name : {"small", "small-indented", "medium"})
    register_calls(name, connect_lint::bench::read_request(directory, name + ".json"));
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}

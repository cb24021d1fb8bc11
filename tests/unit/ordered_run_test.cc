// Work in pieces: order, bounds, ends.
#include "base/ordered_run.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>
#include <vector>

using connect_lint::ordered_slots;
using connect_lint::OrderedRun;
using connect_lint::run_in_order;

namespace {

void wait_a_little(std::size_t microseconds) { std::this_thread::sleep_for(std::chrono::microseconds(microseconds)); }

// Squares numbers; the pieces take different times.
struct Squares {
  explicit Squares(std::size_t threads_, std::size_t count_) : threads(threads_), count(count_), slots(ordered_slots(threads_)) {}

  OrderedRun run() {
    return {.threads = threads,
            .pieces_alone = 2,
            .claim =
                [this](std::size_t slot) {
                  if (claimed == count) return false;
                  slots[slot] = claimed++;
                  return true;
                },
            .work =
                [this](std::size_t slot, std::size_t thread) {
                  if (thread >= threads) slots[slot] = 1'000'000;  // Seen in the results: checks are for one thread.
                  wait_a_little(slots[slot] % 7 * 50);
                  slots[slot] *= slots[slot];
                },
            .deliver =
                [this](std::size_t slot) {
                  results.push_back(slots[slot]);
                  return true;
                }};
  }

  std::size_t threads;
  std::size_t count;
  std::size_t claimed = 0;
  std::vector<std::size_t> slots;
  std::vector<std::size_t> results;
};

}  // namespace

TEST_CASE("results come in the order of the claims, whatever the threads") {
  for (const std::size_t threads : {1u, 2u, 3u, 8u})
    for (const std::size_t count : {0u, 1u, 2u, 3u, 100u}) {
      Squares squares(threads, count);
      run_in_order(squares.run());
      std::vector<std::size_t> expected;
      for (std::size_t i = 0; i < count; ++i) expected.push_back(i * i);
      INFO(threads << " threads, " << count << " pieces");
      CHECK(squares.results == expected);
    }
}

TEST_CASE("no more pieces are under way than there are slots") {
  Squares squares(4, 200);
  OrderedRun run = squares.run();
  std::atomic<std::size_t> under_way = 0;
  std::atomic<std::size_t> most = 0;
  const auto claim = run.claim;
  run.claim = [&](std::size_t slot) {
    if (!claim(slot)) return false;
    most = std::max<std::size_t>(most, ++under_way);
    return true;
  };
  const auto deliver = run.deliver;
  run.deliver = [&](std::size_t slot) {
    wait_a_little(100);
    --under_way;
    return deliver(slot);
  };
  run_in_order(run);
  CHECK(most <= ordered_slots(4));
  CHECK(squares.results.size() == 200);
}

TEST_CASE("a crowded run goes on with one piece at a time") {
  Squares squares(4, 50);
  OrderedRun run = squares.run();
  std::atomic<std::size_t> under_way = 0;
  std::size_t most = 0;
  const auto claim = run.claim;
  run.claim = [&](std::size_t slot) {
    if (!claim(slot)) return false;
    most = std::max<std::size_t>(most, ++under_way);
    return true;
  };
  const auto deliver = run.deliver;
  run.deliver = [&](std::size_t slot) {
    --under_way;
    return deliver(slot);
  };
  run.crowded = [] { return true; };
  run_in_order(run);
  CHECK(squares.results.size() == 50);
  CHECK(most <= 2);  // The one that is being claimed, and the one before on its way out.
}

TEST_CASE("the receiver may end it") {
  for (const std::size_t threads : {1u, 4u}) {
    Squares squares(threads, 1000);
    OrderedRun run = squares.run();
    run.deliver = [&](std::size_t slot) {
      squares.results.push_back(squares.slots[slot]);
      return squares.results.size() < 10;
    };
    run_in_order(run);
    CHECK(squares.results.size() == 10);
    CHECK(squares.claimed < 100);
  }
}

TEST_CASE("what a function throws arrives") {
  for (const std::size_t threads : {1u, 4u})
    for (const int where : {0, 1, 2}) {
      Squares squares(threads, 1000);
      OrderedRun run = squares.run();
      const auto fail = [&] { if (squares.claimed > 20) throw std::runtime_error("no"); };
      if (where == 0) run.claim = [&, claim = run.claim](std::size_t slot) { fail(); return claim(slot); };
      if (where == 1) run.work = [&, work = run.work](std::size_t slot, std::size_t thread) { if (squares.slots[slot] > 20) throw std::runtime_error("no"); work(slot, thread); };
      if (where == 2) run.deliver = [&, deliver = run.deliver](std::size_t slot) { if (squares.slots[slot] > 400) throw std::runtime_error("no"); return deliver(slot); };
      CHECK_THROWS_WITH(run_in_order(run), "no");
    }
}

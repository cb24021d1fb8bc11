// Work that comes in pieces, done by several threads and delivered in order. The
// calling thread is one of them.
//
//   std::vector<Piece> pieces(ordered_slots(threads));
//   run_in_order({.threads = threads,
//                 .claim = [&](std::size_t slot) { return read_next(pieces[slot]); },
//                 .work = [&](std::size_t slot, std::size_t thread) { check(pieces[slot], tools[thread]); },
//                 .deliver = [&](std::size_t slot) { return print(pieces[slot]); }});
#ifndef CONNECT_LINT_BASE_ORDERED_RUN_H_
#define CONNECT_LINT_BASE_ORDERED_RUN_H_

#include <cstddef>
#include <functional>

namespace connect_lint {

struct OrderedRun {
  // With 1, everything happens on the calling thread.
  std::size_t threads = 1;
  // Pieces that the calling thread does alone before threads are started:
  // starting them costs more than a little work takes.
  std::size_t pieces_alone = 1;
  // Fills a slot with the next piece; false when there is none. Never called by
  // two threads at once, but by any of them.
  std::function<bool(std::size_t slot)> claim;
  // Does a piece. `thread` is below `threads`.
  std::function<void(std::size_t slot, std::size_t thread)> work;
  // Takes the result, in the order of the claims. Never called by two threads at
  // once, but by any of them. False: nothing more is claimed or delivered.
  std::function<bool(std::size_t slot)> deliver;
  // True while pieces hold so much memory that no more shall be claimed before
  // one is delivered. May be empty.
  std::function<bool()> crowded = {};
  // Called after a delivery when there is nothing more to deliver yet: its output
  // should not wait. As `deliver`, never by two threads at once. May be empty.
  std::function<void()> pause = {};
};

// Slots that run_in_order uses: a piece keeps its slot from claim to delivery.
[[nodiscard]] std::size_t ordered_slots(std::size_t threads);

// Returns when everything is delivered. What a function throws ends the run and
// is thrown here. Where the system has no more threads, fewer do it.
void run_in_order(const OrderedRun& run);

// What `threads` shall be where nobody said: the processors that this process may use.
[[nodiscard]] std::size_t usable_processors();

}  // namespace connect_lint

#endif  // CONNECT_LINT_BASE_ORDERED_RUN_H_

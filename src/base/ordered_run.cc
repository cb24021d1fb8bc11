#include "base/ordered_run.h"

#include <algorithm>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace connect_lint {
namespace {

// Pieces between claim and delivery, for each thread: so that one slow piece
// does not keep the others waiting.
constexpr std::size_t kSlotsPerThread = 8;

class Run {
 public:
  explicit Run(const OrderedRun& run) : run_(run), slots_(ordered_slots(run.threads)), done_(slots_, false) {}

  void go() {
    if (!alone(run_.threads <= 1 ? SIZE_MAX : run_.pieces_alone)) return;
    std::vector<std::thread> threads;
    threads.reserve(run_.threads);
    try {
      for (std::size_t i = 1; i < run_.threads; ++i) threads.emplace_back([this, i] { work(i); });
    } catch (const std::exception&) {
      // The system has no more of them, or no memory for one.
    }
    work(0);
    for (std::thread& thread : threads) thread.join();
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  // Up to so many pieces on this thread. False when there is nothing more to do.
  bool alone(std::size_t pieces) {
    for (std::size_t i = 0; i < pieces; ++i) {
      if (!run_.claim(0)) return false;
      run_.work(0, 0);
      if (!run_.deliver(0)) return false;
      if (run_.pause) run_.pause();
    }
    return true;
  }

  void work(std::size_t thread) {
    try {
      while (const auto slot = claim()) {
        run_.work(*slot, thread);
        std::unique_lock lock(mutex_);
        done_[*slot] = true;
        if (!delivering_) deliver(lock);
      }
    } catch (...) {
      fail();
    }
  }

  // The slot of the next piece; nothing at the end.
  std::optional<std::size_t> claim() {
    const std::lock_guard one(claiming_);
    std::unique_lock lock(mutex_);
    delivered_.wait(lock, [&] {
      return ended_ || (claims_ - deliveries_ < slots_ && !(claims_ > deliveries_ && run_.crowded && run_.crowded()));
    });
    if (ended_) return std::nullopt;
    const std::size_t slot = claims_ % slots_;
    lock.unlock();
    const bool more = run_.claim(slot);  // May wait for input; others work and deliver meanwhile.
    lock.lock();
    if (more && !ended_) {
      ++claims_;
      return slot;
    }
    end();
    return std::nullopt;
  }

  // Whoever finishes the piece that is next delivers, and what is done behind it: nobody has to be woken for that.
  void deliver(std::unique_lock<std::mutex>& lock) {
    delivering_ = true;
    const auto next = [&] { return deliveries_ % slots_; };
    while (done_[next()] && !stopped_) {
      lock.unlock();
      const bool more = run_.deliver(next());
      lock.lock();
      done_[next()] = false;
      ++deliveries_;
      if (!more) stop();
      delivered_.notify_all();
      if (run_.pause && !done_[next()]) {  // What is printed should not wait for the next piece.
        lock.unlock();
        run_.pause();
        lock.lock();
      }
    }
    delivering_ = false;
  }

  // Nothing more is claimed, of what is claimed everything is delivered.
  void end() {
    ended_ = true;
    delivered_.notify_all();
  }

  // Nothing more is delivered, either.
  void stop() {
    stopped_ = true;
    end();
  }

  void fail() {
    const std::lock_guard lock(mutex_);
    if (!failure_) failure_ = std::current_exception();
    stop();
  }

  const OrderedRun& run_;
  const std::size_t slots_;
  std::mutex claiming_;
  std::mutex mutex_;  // Guards what follows.
  std::condition_variable delivered_;
  std::vector<bool> done_;  // By slot.
  std::uint64_t claims_ = 0;
  std::uint64_t deliveries_ = 0;
  bool delivering_ = false;  // Some thread is at it.
  bool ended_ = false;
  bool stopped_ = false;
  std::exception_ptr failure_;
};

}  // namespace

std::size_t ordered_slots(std::size_t threads) { return threads <= 1 ? 1 : threads * kSlotsPerThread; }

void run_in_order(const OrderedRun& run) { Run(run).go(); }

std::size_t usable_processors() { return std::max(1u, std::thread::hardware_concurrency()); }

}  // namespace connect_lint

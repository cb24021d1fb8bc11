#include "base/ordered_run.h"

#include <algorithm>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <vector>

namespace connect_lint {
namespace {

// Pieces between claim and delivery, for each thread: so that one slow piece
// does not keep the others waiting.
constexpr std::size_t kSlotsPerThread = 4;

class Run {
 public:
  explicit Run(const OrderedRun& run) : run_(run), slots_(ordered_slots(run.threads)), done_(slots_, false) {}

  void go() {
    if (!alone(run_.threads <= 1 ? SIZE_MAX : run_.pieces_alone)) return;
    std::vector<std::thread> threads;
    try {
      for (std::size_t i = 0; i < run_.threads; ++i) threads.emplace_back([this, i] { work(i); });
    } catch (const std::system_error&) {
      // The system has no more of them.
    }
    if (threads.empty()) {
      alone(SIZE_MAX);
      return;
    }
    try {
      deliver();
    } catch (...) {
      fail();
    }
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
        const std::lock_guard lock(mutex_);
        done_[*slot] = true;
        finished_.notify_one();
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
    end(lock);
    return std::nullopt;
  }

  void deliver() {
    std::unique_lock lock(mutex_);
    while (true) {
      const std::size_t slot = deliveries_ % slots_;
      const auto ready = [&] { return failure_ || done_[slot] || (ended_ && deliveries_ == claims_); };
      if (!ready() && run_.pause) {
        lock.unlock();
        run_.pause();
        lock.lock();
      }
      finished_.wait(lock, ready);
      if (failure_ || !done_[slot]) return;
      lock.unlock();
      const bool more = run_.deliver(slot);
      lock.lock();
      done_[slot] = false;
      ++deliveries_;
      if (!more) return end(lock);
      delivered_.notify_all();
    }
  }

  void end(std::unique_lock<std::mutex>&) {
    ended_ = true;
    finished_.notify_one();
    delivered_.notify_all();
  }

  void fail() {
    std::unique_lock lock(mutex_);
    if (!failure_) failure_ = std::current_exception();
    end(lock);
  }

  const OrderedRun& run_;
  const std::size_t slots_;
  std::mutex claiming_;
  std::mutex mutex_;  // Guards what follows.
  std::condition_variable finished_;
  std::condition_variable delivered_;
  std::vector<bool> done_;  // By slot.
  std::uint64_t claims_ = 0;
  std::uint64_t deliveries_ = 0;
  bool ended_ = false;  // Nothing more is claimed.
  std::exception_ptr failure_;
};

}  // namespace

std::size_t ordered_slots(std::size_t threads) { return threads <= 1 ? 1 : threads * kSlotsPerThread; }

void run_in_order(const OrderedRun& run) { Run(run).go(); }

std::size_t usable_processors() { return std::max(1u, std::thread::hardware_concurrency()); }

}  // namespace connect_lint

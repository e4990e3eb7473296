#include "event-service/naming_registrar.hpp"

#include <algorithm>
#include <utility>

namespace corbel::event_service {
namespace {

using Kind = NamingAnswer::Kind;

constexpr std::chrono::milliseconds kFirstPause{250};
constexpr std::chrono::seconds kLastPause{10};
/// At most a hundred names are looked after in a second, however many there are.
constexpr std::chrono::milliseconds kCheckSpacing{10};
/// What taking the names away may cost at the end.
constexpr std::chrono::seconds kFarewell{5};

}  // namespace

NamingRegistrar::NamingRegistrar(Orb& orb, std::string naming,
                                 std::chrono::nanoseconds check_interval)
    : calls_(orb, std::move(naming)), check_interval_(check_interval), gone_gate_(check_interval) {
  threads_ = {std::thread([this] { work(Lane::healthy); }),
              std::thread([this] { work(Lane::failing); })};
}

void NamingRegistrar::stop() {
  {
    std::lock_guard lock(mutex_);
    if (std::exchange(stopped_, true)) return;
    changed_.notify_all();
  }
  for (auto& thread : threads_) thread.join();
  Names names;
  {
    std::lock_guard lock(mutex_);
    std::swap(names, names_);
  }
  const auto end = Clock::now() + kFarewell;
  for (const auto& [name, state] : names) {
    if (Clock::now() >= end) return;
    take_away(name, state);
  }
}

void NamingRegistrar::set(const std::string& name, const Object& object) {
  std::lock_guard lock(mutex_);
  if (stopped_) return;
  Name& state = names_[name];
  state.wanted = object;
  ++state.version;
  state.open = true;
  state.given_up = false;
  state.replaced = false;
  state.failing = false;
  state.due = Clock::now();
  state.pause = kFirstPause;
  changed_.notify_all();
}

bool NamingRegistrar::wait_until_done(std::chrono::nanoseconds limit) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, limit, [this] {
    return std::ranges::none_of(names_, [](const auto& each) { return each.second.open; });
  });
}

void NamingRegistrar::work(Lane lane) {
  std::unique_lock lock(mutex_);
  while (!stopped_) {
    const auto next = earliest(lane);
    if (next == names_.end()) {
      changed_.wait(lock);
    } else if (const auto due = next->second.due; due > Clock::now()) {
      changed_.wait_until(lock, due);
    } else {
      step(next, lock);
    }
  }
}

NamingRegistrar::Names::iterator NamingRegistrar::earliest(Lane lane) {
  auto best = names_.end();
  for (auto each = names_.begin(); each != names_.end(); ++each) {
    const Name& state = each->second;
    if (state.busy || state.given_up || state.failing != (lane == Lane::failing)) continue;
    if (best == names_.end() || state.due < best->second.due) best = each;
  }
  return best;
}

// While it is busy, a name stays where it is in the map; set() may change the rest of it.
void NamingRegistrar::step(Names::iterator name, std::unique_lock<std::mutex>& lock) {
  Name& state = name->second;
  state.busy = true;
  if (state.open && !is_nil(state.wanted)) state.attempted = state.wanted;
  const Name asked = state;
  lock.unlock();
  const NamingAnswer answer = ask(name->first, asked);
  lock.lock();
  state.busy = false;
  conclude(name, asked, answer);
  changed_.notify_all();
}

NamingAnswer NamingRegistrar::ask(const std::string& name, const Name& state) const {
  if (is_nil(state.wanted)) return take_away(name, state);
  return state.open ? calls_.bind(name, state.wanted) : calls_.keep(name, state.wanted);
}

NamingAnswer NamingRegistrar::take_away(const std::string& name, const Name& state) const {
  std::vector<Object> own;
  for (const auto& object : {state.bound, state.attempted}) {
    if (!is_nil(object)) own.push_back(object);
  }
  return own.empty() ? NamingAnswer{} : calls_.unbind(name, own);
}

void NamingRegistrar::conclude(Names::iterator name, const Name& asked,
                               const NamingAnswer& answer) {
  Name& state = name->second;
  if (answer.kind != Kind::later) {
    const bool bound = answer.kind != Kind::never && !is_nil(asked.wanted);
    if (bound || is_nil(asked.wanted)) state.bound = asked.wanted;
    state.attempted = nullptr;
  }
  if (state.version != asked.version) return;  // something else is wanted by now
  if (answer.kind == Kind::later) return try_later(name->first, state, answer.why);
  if (answer.kind == Kind::never) {
    give_up(name->first, state, answer.why);
  } else {
    settle(name->first, state, answer.kind);
  }
  if (is_nil(state.wanted)) names_.erase(name);
}

void NamingRegistrar::settle(const std::string& name, Name& state, Kind kind) {
  state.open = false;
  state.failing = false;
  state.pause = kFirstPause;
  state.due = Clock::now() + check_interval_ +
              kCheckSpacing * static_cast<std::chrono::milliseconds::rep>(names_.size());
  if (kind == Kind::restored && gone_gate_.open()) {
    log(LogLevel::warn, name + " was gone from the naming service " + calls_.naming() +
                            " (was it started anew?); what is gone is bound again");
  }
  const bool replaced = kind == Kind::replaced;
  if (replaced && !state.replaced) {
    log(LogLevel::info, name + " is bound to another's object in the naming service " +
                            calls_.naming() + " now, and left to it");
  }
  state.replaced = replaced;
  const auto failure = std::exchange(state.failure, {});
  if (!failure.empty() && !is_failure_of_any(failure)) {
    log(LogLevel::warn, name + (is_nil(state.wanted) ? " is unbound" : " is bound") +
                            " in the naming service " + calls_.naming() +
                            " now, like all that failed for the same reason");
  }
}

void NamingRegistrar::try_later(const std::string& name, Name& state, const std::string& why) {
  // Many names fail for one reason: it is said once.
  if (state.failure.empty() && !is_failure_of_any(why)) {
    const char* what = is_nil(state.wanted) ? "cannot unbind "
                       : state.open         ? "cannot bind "
                                            : "cannot look after ";
    log(LogLevel::warn, what + name + " in the naming service " + calls_.naming() + ": " + why +
                            "; the channels work, trying again in the background");
  }
  if (state.failure.empty()) state.failure = why;
  state.failing = true;
  state.due = Clock::now() + state.pause;
  state.pause = std::min<std::chrono::nanoseconds>(state.pause * 2, kLastPause);
}

void NamingRegistrar::give_up(const std::string& name, Name& state, const std::string& why) {
  const bool was_open = std::exchange(state.open, false);
  state.failing = false;
  state.failure.clear();
  state.given_up = true;
  if (is_nil(state.wanted)) return;  // a name that cannot be taken away was hardly ever bound
  log(LogLevel::error, name + (was_open ? " cannot be bound" : " cannot be looked after") +
                           " in the naming service " + calls_.naming() + ": " + why +
                           "; given up, the channel itself works");
}

bool NamingRegistrar::is_failure_of_any(const std::string& why) const {
  return std::ranges::any_of(names_, [&](const auto& each) { return each.second.failure == why; });
}

}  // namespace corbel::event_service

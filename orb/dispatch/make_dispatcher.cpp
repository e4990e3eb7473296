#include <orb/dispatch/make_dispatcher.hpp>

#include <orb/dispatch/event_loop.hpp>
#include <orb/dispatch/pool.hpp>
#include <orb/dispatch/thread_per_connection.hpp>
#include <orb/dispatch/thread_per_object.hpp>
#include <orb/dispatch/thread_per_request.hpp>

namespace corbel::dispatch {

namespace {

void require(bool condition, const char* what) {
  if (!condition) throw BadParam(what);
}

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

using Made = std::unique_ptr<adapter::Dispatcher>;

}  // namespace

Made make_dispatcher(const DispatchPolicy& policy, transport::Reactor& reactor) {
  return std::visit(Overloaded{
                        [](const ThreadPerConnection& p) -> Made {
                          return std::make_unique<ThreadPerConnectionDispatcher>(p);
                        },
                        [](const ThreadPerRequest& p) -> Made {
                          require(p.max_threads != 0, "ThreadPerRequest: max_threads is 0");
                          return std::make_unique<ThreadPerRequestDispatcher>(p);
                        },
                        [](const ThreadPerObject& p) -> Made {
                          require(p.max_threads != 0 && p.queue != 0,
                                  "ThreadPerObject: max_threads or queue is 0");
                          return std::make_unique<ThreadPerObjectDispatcher>(p);
                        },
                        [](const Pool& p) -> Made {
                          require(p.threads != 0 && p.queue != 0, "Pool: threads or queue is 0");
                          return std::make_unique<PoolDispatcher>(p);
                        },
                        [&](const EventLoop& p) -> Made {
                          require(p.queue != 0, "EventLoop: queue is 0");
                          return std::make_unique<EventLoopDispatcher>(p, reactor);
                        },
                    },
                    policy);
}

}  // namespace corbel::dispatch

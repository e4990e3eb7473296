#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace bench {

/// The client's side of one measured server. Every call checks its answer and throws when it is
/// wrong.
class Connection {
 public:
  virtual ~Connection() = default;
  virtual void ping() = 0;
  /// `size` octets there and back.
  virtual void blob(std::size_t size) = 0;
};

/// What only a call system can do, not a bare socket.
class CallConnection : public Connection {
 public:
  /// `count` structs there and back.
  virtual void items(std::size_t count) = 0;
  /// `calls` calls, at most `depth` of them unanswered at a time.
  virtual void pipeline(std::uint64_t calls, std::size_t depth) = 0;
  /// `calls` one-way calls, then one call that shows they have arrived.
  virtual void oneway(std::uint64_t calls) = 0;
};

/// One kind of server under measurement.
class Peer {
 public:
  virtual ~Peer() = default;
  virtual std::string name() const = 0;
  /// True when the threads of a process share one connection object.
  virtual bool shared_by_threads() const = 0;
  virtual std::unique_ptr<Connection> connect() = 0;
  /// A connection that reuses nothing; `number` tells those of one run apart.
  virtual std::unique_ptr<Connection> connect_anew(unsigned number) = 0;
};

}  // namespace bench

#pragma once

#include <chrono>
#include <cstddef>

namespace corbel {

/// Every bound that keeps a peer from taking more than its share, with its default. One Orb has one
/// set; all are settable through its options. Sizes in octets.
struct Limits {
  using Duration = std::chrono::nanoseconds;

  // Messages.
  std::size_t message_size = 64u << 20;         ///< whole GIOP message, fragments together
  std::size_t materialized_octets = 64u << 20;  ///< memory of the values decoded from one message
  std::size_t objects = 1'000'000;              ///< constructed values in one message
  unsigned value_depth = 64;
  unsigned type_code_depth = 32;
  std::size_t fragment_size =
      2u << 20;  ///< larger messages are sent in fragments of this size; 0: whole
  std::size_t fragmented_messages = 16;  ///< being reassembled at once on a connection
  std::size_t small_fragments = 256;     ///< fragments of a message before the average counts
  std::size_t fragment_average = 1024;   ///< octets a fragment, on average, from there on

  // Connections.
  std::size_t connections = 10'000;            ///< accepted, in all
  std::size_t connections_per_peer = 256;      ///< from one address; loopback excepted
  std::size_t requests_in_flight = 128;        ///< a connection; the next gets TRANSIENT
  std::size_t own_requests_in_flight = 100;    ///< our client holds back (opens another) from here
  std::size_t buffered_oneways = 512;          ///< a full queue stops reading, then drops
  std::size_t peer_message_errors_logged = 1;  ///< a minute and connection

  // Patience.
  Duration connect_timeout = std::chrono::seconds(10);
  Duration call_timeout = std::chrono::seconds(60);
  Duration partial_header_timeout = std::chrono::seconds(5);
  Duration body_timeout = std::chrono::seconds(30);      ///< restarts on progress, see body_rate
  Duration fragment_timeout = std::chrono::seconds(30);  ///< restarts on progress, see body_rate
  std::size_t body_rate = 16 * 1024;                     ///< least octets a second of a body
  Duration idle_timeout = std::chrono::seconds(180);
  Duration surplus_log_interval = std::chrono::minutes(1);
  Duration accept_backoff = std::chrono::milliseconds(100);  ///< after EMFILE

  // Retries: only TRANSIENT and COMM_FAILURE that surely did not execute.
  unsigned retries = 3;
  Duration retry_window = std::chrono::seconds(1);
  unsigned location_forwards = 16;  ///< in one chain
  unsigned naming_hops = 16;        ///< foreign contexts visited by one resolve
};

}  // namespace corbel

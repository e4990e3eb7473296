#pragma once

#include <corbel/stub/encoder.hpp>

#include <memory>
#include <vector>

namespace corbel::cdr {

/// An encoder borrowed from a small store of the thread's own, so that a call allocates nothing
/// once the thread has made one. Nested calls on a thread get one each. Threads: ends on the thread
/// it began on.
class EncoderLease {
 public:
  EncoderLease() : encoder_(take()) {}
  ~EncoderLease() { give_back(std::move(encoder_)); }
  EncoderLease(const EncoderLease&) = delete;
  EncoderLease& operator=(const EncoderLease&) = delete;

  Encoder& operator*() noexcept { return *encoder_; }
  Encoder* operator->() noexcept { return encoder_.get(); }

 private:
  using Store = std::vector<std::unique_ptr<Encoder>>;
  static Store& store() {
    thread_local Store encoders;
    return encoders;
  }
  static std::unique_ptr<Encoder> take() {
    auto& encoders = store();
    if (encoders.empty()) return std::make_unique<Encoder>();
    auto encoder = std::move(encoders.back());
    encoders.pop_back();
    encoder->set_encoding({});
    return encoder;
  }
  static void give_back(std::unique_ptr<Encoder> encoder) {
    constexpr std::size_t kKept = 4;
    encoder->clear();  // for the next one; gives up memory above its usual size
    encoder->allow_references(false);
    auto& encoders = store();
    if (encoders.size() < kKept) encoders.push_back(std::move(encoder));
  }

  std::unique_ptr<Encoder> encoder_;
};

}  // namespace corbel::cdr

#pragma once

#include <corbel/stub/encoder.hpp>
#include <corbel/stub/proxy_base.hpp>

#include <orb/ior/code_sets.hpp>

#include <cstdint>
#include <vector>

namespace corbel::invocation {

/// The arguments of an asynchronous call, encoded while the caller's still live: in every form that
/// a forward may ask for, as far as that is known before. Most arguments are the same octets for
/// every server, since they hold no text that versions or code sets write differently.
/// Threads: one at a time.
class EncodedArguments {
 public:
  /// Which servers a form is to suit.
  enum class Aim : std::uint8_t {
    all,  ///< looks whether it suits others too, which takes longer
    one,  ///< those of its encoding
  };

  /// Sees to a form for this encoding, unless one fits already. Throws what the encoder throws.
  void encode(stub::EncodeArguments encode, const cdr::Encoding& encoding, Aim aim = Aim::all);
  /// The same where the call may never come to need it. Without that form when the arguments
  /// cannot be encoded so.
  void try_encode(stub::EncodeArguments encode, const cdr::Encoding& encoding);

  /// The form to send in this version with these code sets. It begins at an 8-octet boundary, in
  /// whatever message. Null: none, the arguments have to be encoded anew.
  const cdr::Encoder* find(GiopVersion version,
                           const ior::TransmissionCodeSets& sets) const noexcept;

 private:
  struct Form {
    cdr::Encoder octets;
    /// May hold wide text, which differs between versions. False: surely not.
    bool wide = false;
    /// May hold text beyond ASCII, which differs between code sets. False: surely not.
    bool narrow = false;

    bool fits(const cdr::Encoding& wanted) const noexcept;
    bool fits_but_for_chars(const cdr::Encoding& wanted) const noexcept;
  };

  const Form* find(const cdr::Encoding& wanted) const noexcept;
  static Form make_form(stub::EncodeArguments encode, const cdr::Encoding& encoding, Aim aim);
  static bool is_the_same(const Form& form, stub::EncodeArguments encode, cdr::CodeSet chars);

  std::vector<Form> forms_;
};

}  // namespace corbel::invocation

#include <orb/invocation/encoded_arguments.hpp>

#include <corbel/exceptions.hpp>

#include <orb/cdr/code_set.hpp>
#include <orb/cdr/encoder_lease.hpp>

#include <cstring>
#include <functional>
#include <utility>

namespace corbel::invocation {

namespace {

// Larger arguments are not searched for text beyond ASCII: to encode them once more, without the
// octets that are only lent, takes less.
constexpr std::size_t kSearchedAtMost = 4096;

bool may_hold_wide_text(const cdr::Encoding& encoding) noexcept {
  return encoding.version >= kGiop1_1 && encoding.wchars != cdr::CodeSet::none;
}

bool is_ascii(const cdr::Encoder& octets) noexcept {
  const auto all = octets.octets();
  const std::string_view text(reinterpret_cast<const char*>(all.data()), all.size());
  return cdr::ascii_prefix(text) == text.size();
}

cdr::Encoder encoded(stub::EncodeArguments encode, const cdr::Encoding& encoding) {
  cdr::Encoder octets(encoding);
  if (encoding.version == kGiop1_1) octets.note_cuts();
  encode(octets);
  return octets;
}

}  // namespace

bool EncodedArguments::Form::fits_but_for_chars(const cdr::Encoding& wanted) const noexcept {
  const auto& have = octets.encoding();
  return !wide || (have.version == wanted.version && have.wchars == wanted.wchars);
}

bool EncodedArguments::Form::fits(const cdr::Encoding& wanted) const noexcept {
  return (!narrow || octets.encoding().chars == wanted.chars) && fits_but_for_chars(wanted);
}

// Wide text is refused where no code set was agreed on for it: what can be encoded so holds none.
EncodedArguments::Form EncodedArguments::make_form(stub::EncodeArguments encode,
                                                   const cdr::Encoding& encoding, Aim aim) {
  const auto form = [](cdr::Encoder octets, bool wide) {
    const bool narrow = octets.size() > kSearchedAtMost || !is_ascii(octets);
    return Form{std::move(octets), wide, narrow};
  };
  const bool perhaps_wide = may_hold_wide_text(encoding);
  if (perhaps_wide && aim == Aim::all) {
    auto narrow_only = encoding;
    narrow_only.wchars = cdr::CodeSet::none;
    try {
      return form(encoded(encode, narrow_only), false);
    } catch (const SystemException&) {
      // Whatever else is wrong, the next attempt says.
    }
  }
  return form(encoded(encode, encoding), perhaps_wide);
}

// Text that another code set writes otherwise changes its size, which is written before it, and is
// converted: it never is among the octets that are lent.
bool EncodedArguments::is_the_same(const Form& form, stub::EncodeArguments encode,
                                   cdr::CodeSet chars) {
  auto encoding = form.octets.encoding();
  encoding.chars = chars;
  cdr::EncoderLease other;
  other->set_encoding(encoding);
  other->allow_references(true);
  encode(*other);
  if (other->size() != form.octets.size()) return false;
  const auto own = other->octets();
  const auto* octets = form.octets.octets().data();
  std::vector<std::span<const std::byte>> pieces;
  other->segments(pieces);
  for (const auto piece : pieces) {
    const bool lent = std::less<>()(piece.data(), own.data()) ||
                      !std::less<>()(piece.data(), own.data() + own.size());
    if (!lent && std::memcmp(piece.data(), octets, piece.size()) != 0) return false;
    octets += piece.size();
  }
  return true;
}

void EncodedArguments::encode(stub::EncodeArguments encode, const cdr::Encoding& encoding,
                              Aim aim) {
  if (find(encoding) != nullptr) return;
  for (auto& form : forms_) {
    if (!form.narrow || !form.fits_but_for_chars(encoding)) continue;
    form.narrow = !is_the_same(form, encode, encoding.chars);
    if (!form.narrow) return;
  }
  forms_.push_back(make_form(encode, encoding, aim));
}

void EncodedArguments::try_encode(stub::EncodeArguments encode, const cdr::Encoding& encoding) {
  const bool wide = !forms_.empty() && forms_.front().wide;
  if (wide && !may_hold_wide_text(encoding)) return;
  try {
    this->encode(encode, encoding);
  } catch (const SystemException&) {
    // The next call hears it, should this one be forwarded to such a server.
  }
}

const EncodedArguments::Form* EncodedArguments::find(const cdr::Encoding& wanted) const noexcept {
  for (const auto& form : forms_) {
    if (form.fits(wanted)) return &form;
  }
  return nullptr;
}

const cdr::Encoder* EncodedArguments::find(GiopVersion version,
                                           const ior::TransmissionCodeSets& sets) const noexcept {
  const auto* form = find({cdr::kNativeOrder, version, sets.chars, sets.wchars});
  return form != nullptr ? &form->octets : nullptr;
}

}  // namespace corbel::invocation

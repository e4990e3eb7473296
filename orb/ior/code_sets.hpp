#pragma once

#include <corbel/stub/encoding.hpp>

#include <optional>
#include <string>
#include <vector>

namespace corbel::ior {

/// What a server says about one kind of character (CONV_FRAME::CodeSetComponent).
struct CodeSetComponent {
  cdr::CodeSet native = cdr::CodeSet::none;
  std::vector<cdr::CodeSet> conversion;
  bool operator==(const CodeSetComponent&) const = default;
};

/// The content of a TAG_CODE_SETS component.
struct CodeSetInfo {
  CodeSetComponent chars;
  CodeSetComponent wchars;
  bool operator==(const CodeSetInfo&) const = default;
};

/// Ours: UTF-8, able to convert ISO-8859-1; UTF-16.
const CodeSetInfo& own_code_sets();

/// What a connection uses (TCS-C and TCS-W). The default is what holds without negotiation.
struct TransmissionCodeSets {
  cdr::CodeSet chars = cdr::CodeSet::iso8859_1;
  cdr::CodeSet wchars = cdr::CodeSet::none;
  bool operator==(const TransmissionCodeSets&) const = default;
};

/// Chooses the transmission code sets for a server, as CORBA 3.3 part 2, 7.10.2.6 says. A server
/// without native set of a kind gets the default of that kind. nullopt: raise CODESET_INCOMPATIBLE.
std::optional<TransmissionCodeSets> negotiate_code_sets(const CodeSetInfo& server);

/// Whether our encoder and decoder can do them; false for a CodeSets context to refuse.
bool can_transmit(const TransmissionCodeSets& chosen) noexcept;

/// "UTF-8 (0x05010001)", "0x00010020".
std::string to_string(cdr::CodeSet code_set);

}  // namespace corbel::ior

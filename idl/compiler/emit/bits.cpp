#include <algorithm>

#include "idl/compiler/emit/emitters.hpp"
#include "idl/compiler/emit/reserved_words.hpp"
#include "idl/compiler/emit/tree.hpp"

// Bitmasks and bitsets of IDL 4.2. Both travel as the smallest unsigned integer that holds them.
namespace corbel::idl {
namespace {

unsigned word_bits(unsigned bits) { return bits <= 8 ? 8 : bits <= 16 ? 16 : bits <= 32 ? 32 : 64; }

std::string word_type(unsigned bits) { return "uint" + std::to_string(word_bits(bits)) + "_t"; }

const char* word_kind(unsigned bits) {
  switch (word_bits(bits)) {
    case 8:
      return "TCKind::tk_octet";
    case 16:
      return "TCKind::tk_ushort";
    case 32:
      return "TCKind::tk_ulong";
    default:
      return "TCKind::tk_ulonglong";
  }
}

/// The C++ names of flags or fields: keywords and `reserved` ones get underscores.
template <class Part>
std::vector<std::string> part_names(const std::vector<Part>& parts,
                                    const std::set<std::string>& reserved) {
  std::set<std::string> used;
  for (const Part& part : parts) used.insert(part.name);
  std::vector<std::string> names;
  for (const Part& part : parts) {
    std::string name = part.name;
    if (is_reserved_word(name) || reserved.contains(name)) {
      do {
        name += '_';
      } while (used.contains(name));
      used.insert(name);
    }
    names.push_back(name);
  }
  return names;
}

std::vector<std::string> flag_names(const Emission& emission, const Bitmask& definition) {
  return part_names(definition.flags, {emission.names.of(definition), "Bitmask", "Flag"});
}

std::string bit_text(const BitFlag& flag) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text(1, kDigits[1U << flag.position % 4]);
  return "0x" + text + std::string(flag.position / 4U, '0');
}

/// A named field of a bitset with its place in the word.
struct PlacedField {
  std::string name;
  const BitField* source;
  unsigned position;
};

/// Those of the bases come first, as in a struct; `next` is the first bit after them all.
void place_fields(const Emission& emission, const Bitset& definition,
                  std::vector<PlacedField>& fields, unsigned& next) {
  if (definition.base != nullptr) place_fields(emission, *definition.base, fields, next);
  const auto names = part_names(definition.fields, {emission.names.of(definition)});
  for (std::size_t i = 0; i < names.size(); ++i) {
    const BitField& field = definition.fields[i];
    if (!field.name.empty()) fields.push_back({names[i], &field, next});
    next += field.width;
  }
}

unsigned total_bits(const Emission& emission, const Bitset& definition) {
  std::vector<PlacedField> fields;
  unsigned bits = 0;
  place_fields(emission, definition, fields, bits);
  return bits;
}

std::string field_type(const Emission& emission, const BitField& field, const Place& place) {
  if (field.type != nullptr) return emission.types.name(*field.type, place);
  if (field.width == 1) return "bool";
  return emission.names.std_prefix() + word_type(field.width);
}

void implement_word_type(const Emission& emission, Writer& writer, const Declaration& definition,
                         unsigned bits) {
  implement_type_code(emission, writer, emission.names.reference(definition, {.in_corbel = true}),
                      "TypeCode::alias(\v" + quoted(definition.repository_id) + ",\f" +
                          quoted(definition.name) + ",\f" + word_kind(bits) + ")");
}

}  // namespace

std::uint64_t word_size(const Bitmask& definition) { return word_bits(definition.bound) / 8; }

std::uint64_t word_size(const Bitset& definition) {
  unsigned bits = 0;
  for (const Bitset* at = &definition; at != nullptr; at = at->base) {
    for (const BitField& field : at->fields) bits += field.width;
  }
  return word_bits(bits) / 8;
}

void declare_bitmask(const Emission& emission, Writer& writer, const Bitmask& definition) {
  const Names& names = emission.names;
  const std::string& name = names.of(definition);
  const std::string base = names.corbel_prefix() + "Bitmask<" + name + ",\f" + names.std_prefix() +
                           word_type(definition.bound) + ">";
  const std::vector<std::string> flags = flag_names(emission, definition);
  write_origin(writer, definition);
  writer.line("struct " + declared_name(emission, definition) + "\f: " + base + " {");
  writer.indent();
  writer.line("using " + base + "::Bitmask;");
  for (std::size_t i = 0; i < flags.size(); ++i) {
    write_documentation(writer, definition.flags[i].documentation);
    writer.line("static constexpr Flag " + flags[i] + "{" + bit_text(definition.flags[i]) + "};");
  }
  writer.outdent();
  writer.line("};");
}

std::string flag_list(const Bitmask& definition) {
  std::vector<std::string> flags;
  for (const BitFlag& flag : definition.flags) {
    flags.push_back("{" + quoted(flag.name) + ",\f" + bit_text(flag) + "}");
  }
  return "{" + join(flags) + "}";
}

void implement_bitmask(const Emission& emission, Writer& writer, const Bitmask& definition) {
  const std::string type = emission.names.reference(definition, {.in_corbel = true});
  const std::string word = "std::" + word_type(definition.bound);
  writer.blank();
  writer.line("// " + origin(definition));
  writer.function(
      "void Type<" + type + ">::encode(\vcdr::Encoder& encoder,\fconst " + type + "& value)",
      {"encoder.write(static_cast<" + word + ">(value));"});
  writer.function("void Type<" + type + ">::decode(\vcdr::Decoder& decoder,\f" + type + "& value)",
                  {"stub::decode_bitmask<" + word + ">(decoder, value, " +
                   std::to_string(definition.bound) + ");"});
  implement_word_type(emission, writer, definition, definition.bound);
}

void declare_bitset(const Emission& emission, Writer& writer, const Bitset& definition) {
  const Names& names = emission.names;
  const auto fields = part_names(definition.fields, {names.of(definition)});
  write_origin(writer, definition);
  writer.line("struct " + declared_name(emission, definition) +
              (definition.base == nullptr
                   ? ""
                   : "\f: " + names.reference(*definition.base, {scope_of(definition)})) +
              " {");
  writer.indent();
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const BitField& field = definition.fields[i];
    if (field.name.empty()) continue;
    write_documentation(writer, field.documentation);
    writer.line(field_type(emission, field, {&definition}) + " " + fields[i] + "{};  // " +
                std::to_string(field.width) + (field.width == 1 ? " bit" : " bits"));
  }
  writer.blank();
  writer.line("bool operator==(const " + names.of(definition) + "&) const;");
  writer.outdent();
  writer.line("};");
}

void define_bitset(const Emission& emission, Writer& writer, const Bitset& definition) {
  writer.in_namespace(emission.names.enclosing_namespace(definition));
  writer.blank();
  writer.line("// " + origin(definition));
  writer.line("bool " + class_path(emission.names, definition) + "::operator==(\vconst " +
              emission.names.of(definition) + "&) const = default;");
}

void implement_bitset(const Emission& emission, Writer& writer, const Bitset& definition) {
  const std::string type = emission.names.reference(definition, {.in_corbel = true});
  const unsigned bits = total_bits(emission, definition);
  std::vector<PlacedField> fields;
  unsigned next = 0;
  place_fields(emission, definition, fields, next);
  std::vector<std::string> encode{"std::uint64_t word = 0;"};
  const bool named = !fields.empty();
  std::vector<std::string> decode{(named ? "const std::uint64_t word = " : "") +
                                  std::string("decoder.read<std::") + word_type(bits) + ">();"};
  for (const PlacedField& field : fields) {
    const std::string place = "word,\f" + std::to_string(field.position) + ",\f" +
                              std::to_string(field.source->width) + ",\fvalue." + field.name;
    encode.push_back("stub::put_bits(\v" + place + ",\f" + quoted(field.source->name) + ");");
    decode.push_back("stub::get_bits(\v" + place + ");");
  }
  encode.push_back("encoder.write(static_cast<std::" + word_type(bits) + ">(word));");
  writer.blank();
  writer.line("// " + origin(definition));
  writer.function("void Type<" + type + ">::encode(\vcdr::Encoder& encoder,\fconst " + type + "&" +
                      (named ? " value)" : ")"),
                  encode);
  writer.function("void Type<" + type + ">::decode(\vcdr::Decoder& decoder,\f" + type + "&" +
                      (named ? " value)" : ")"),
                  decode);
  implement_word_type(emission, writer, definition, bits);
}

}  // namespace corbel::idl

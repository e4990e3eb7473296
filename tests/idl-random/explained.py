"""Where corbel-idl and omniidl judge differently, and why.

Each entry: the reason; our verdict, a pattern for our message, one for omniidl's messages and one for the file
(all are searched for; "" fits everything).
"""

EXPLAINED = {
    "IDL 4.2 lets a union switch on wchar and octet": (
        "accepted", "", "Syntax error in union", r"switch \( (wchar|octet)"),
    "omniidl cannot compute the least long long": (
        "accepted", "", "Value too large for long long", "- 1"),
    "omniidl computes in 32 bits, and takes some differences for overflows": (
        "accepted", "", "(Result of .* overflows|Integer literal is too large for unsigned long)", ""),
    "omniidl takes ~0 for a number above 0": (
        "accepted", "", "Value too large for (short|long)", "~"),
    "a parameter hides a type of its name from the parameters after it": (
        "refused", "expected a type, found the parameter", "", ""),
    "a constant is no type": (
        "refused", "expected a type, found the constant", "", ""),
    "a truncatable valuetype needs a base with state to be truncated to": (
        "refused", "truncatable needs a base with state", "", ""),
    "a fixed-point constant must fit into its type": (
        "refused", "digits in front of the point", "", ""),
    "IDL 3.x does not ask for an order of supported interfaces": (
        "accepted", "", "is non-abstract but is not specified first", ""),
    "omniidl does not look whether a struct announced inside of a valuetype is ever defined": (
        "refused", "struct '.*' is announced here, but never defined", "", r"valuetype [^}]*\bstruct \w+ ;"),
    "omniidl only warns when a name in use is announced as a valuetype": (
        "refused", "redefinition of", "attempt to re-register", r"valuetype \w+ ;"),
    "omniidl takes a #pragma for a definition, so that a module of nothing else is not empty": (
        "refused", "a module cannot be empty", "", r"module \w+ \{\n#pragma [^\n]*\n\} ;"),
    "omniidl takes a #pragma for a definition that an interface must not end with": (
        "accepted", "", "Syntax error in interface body", r";\n#pragma [^\n]*\n\} ;"),
    "omniidl takes a #pragma for a definition that a union must not end with": (
        "accepted", "", "Syntax error in union declaration", r"union [^}]*;\n#pragma [^\n]*\n\} ;"),
    "omniidl lets an interface use an inherited type of its own name, but not one that differs in case": (
        "accepted", "", r"Use of '\w+' clashes with identifier '\w+'", r"interface \w+ : "),
    "omniidl takes x ^ -1 for a number above 0": (
        "accepted", "", "Value too large for (short|long)", r"\^ - 1"),
    "CORBA::Principal went with CORBA 2.3": (
        "refused", "no member 'Principal'", "", ""),
}

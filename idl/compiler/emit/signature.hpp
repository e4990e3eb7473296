#pragma once

#include <string>
#include <vector>

#include "idl/compiler/emit/emission.hpp"

namespace corbel::idl {

/// The four functions that stand for one method.
enum class Form {
  kProxy,         ///< double withdraw(double amount)
  kProxyAsync,    ///< Reply<double> async_withdraw(double amount)
  kServant,       ///< double withdraw(double amount)
  kServantAsync,  ///< void async_withdraw(double amount, Responder<double> responder)
};

inline bool is_async(Form form) { return form == Form::kProxyAsync || form == Form::kServantAsync; }

/// What an asynchronous form gives: the result, or the struct of results of an operation with out
/// parameters.
std::string async_value(const Emission& emission, const Method& method, const Place& place);
/// The codec for it.
std::string async_codec(const Emission& emission, const Method& method, const Place& place);

/// "double", "corbel::Reply<double>", "void".
std::string return_type(const Emission& emission, const Method& method, Form form,
                        const Place& place);
/// The arguments that the form takes: all, or those that travel to the servant.
std::vector<const Argument*> arguments_of(const Method& method, Form form);
/// "(std::string_view name, double amount)" with places to break.
std::string parameter_list(const Emission& emission, const Method& method, Form form,
                           const Place& place);
/// The same without names, for functions that do nothing with them.
std::string unnamed_parameters(const Emission& emission, const Method& method, Form form,
                               const Place& place);
/// "name, amount": passes on what parameter_list() declares.
std::string forwarded(const Emission& emission, const Method& method, Form form);

/// A proxy function also takes braces where sequences are lent: the parameters of that overload,
/// empty if there is nothing to overload, and the arguments it passes on.
std::string braces_parameters(const Emission& emission, const Method& method, Form form,
                              const Place& place);
std::string braces_arguments(const Emission& emission, const Method& method, Form form,
                             const Place& place);

}  // namespace corbel::idl

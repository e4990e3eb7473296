#pragma once

#include <google/protobuf/descriptor.h>

#include <string>
#include <vector>

namespace corbel::protoc {

/// A message that a method throws.
struct Raised {
  std::string cpp_name;       ///< "::bank::InsufficientFunds"
  std::string proto_name;     ///< "bank.InsufficientFunds"
  std::string repository_id;  ///< "IDL:bank/InsufficientFunds:1.0"
};

/// One method, as both files write it.
struct Method {
  std::string proto_name;  ///< "Withdraw", also on the wire
  std::string cpp_name;    ///< the same unless C++ cannot say it
  std::string async_name;  ///< "async_Withdraw"
  std::string constant;    ///< "account_Withdraw", the operation's constant
  std::string request;     ///< "::bank::WithdrawRequest"
  std::string response;    ///< "void" if one-way
  std::vector<Raised> raises;
  std::vector<std::string> documentation;
  int line = 0;
  bool oneway = false;
};

/// One service.
struct Service {
  std::string proto_name;     ///< "bank.Account"
  std::string cpp_name;       ///< "Account"
  std::string servant;        ///< "Servant"
  std::string qualified;      ///< "::bank::Account"
  std::string repository_id;  ///< "IDL:bank/Account:1.0"
  std::vector<Method> methods;
  std::vector<std::string> documentation;
  int line = 0;
};

/// A .proto file that holds services.
struct File {
  std::string path;                     ///< "bank/account.proto"
  std::string stem;                     ///< "bank/account"
  std::vector<std::string> namespaces;  ///< "bank"
  std::vector<Service> services;
};

/// Describes the services of a file. What cannot be generated is added to `errors`, a line each:
/// "bank/account.proto:12:3: rpc Watch streams its responses: ...".
File describe(const google::protobuf::FileDescriptor& file, std::vector<std::string>& errors);

}  // namespace corbel::protoc

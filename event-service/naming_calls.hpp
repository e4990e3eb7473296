#pragma once

#include <corbel/naming.hpp>
#include <corbel/orb.hpp>

#include <chrono>
#include <functional>
#include <span>
#include <string>

namespace corbel::event_service {

/// What came of one try to have a name as it should be.
struct NamingAnswer {
  enum class Kind {
    done,      ///< the name is as it should be
    restored,  ///< it was gone and is bound again
    replaced,  ///< somebody else's reference stands there now
    later,     ///< it may work when tried again
    never,     ///< trying again cannot help
  };
  Kind kind = Kind::done;
  std::string why{};  ///< of later and never
};

/// Binds names in a naming service, one try each; throws nothing. Threads: any.
class NamingCalls {
 public:
  /// `naming` is a reference's text. Throws BadParam if it is no such text.
  NamingCalls(Orb& orb, std::string naming);

  /// Replaces whatever is there.
  NamingAnswer bind(const std::string& name, const Object& object) const;
  /// Looks whether the name is still bound to the object; binds it again if nothing is there.
  NamingAnswer keep(const std::string& name, const Object& object) const;
  /// Takes the name away if one of our own objects is bound to it.
  NamingAnswer unbind(const std::string& name, std::span<const Object> own) const;

  const std::string& naming() const noexcept { return naming_; }

 private:
  NamingAnswer attempt(const std::function<NamingAnswer(const Naming&)>& operation) const;

  Orb& orb_;
  const std::string naming_;
};

}  // namespace corbel::event_service

#pragma once

#include <values.hh>

#include <string>

/// What omniORB's client and server make of the valuetypes with operations.
class FaceCard final : public virtual OBV_vals::Card,
                       public virtual CORBA::DefaultValueRefCountBase {
 public:
  FaceCard() = default;
  FaceCard(const char* a_face, CORBA::Long a_rank) {
    face(a_face);
    rank(a_rank);
  }
  char* show() override {
    return CORBA::string_dup((std::string(face()) + " " + std::to_string(rank())).c_str());
  }
  vals::Card* _copy_value() override { return new FaceCard(face(), rank()); }
};

class FaceCardFactory final : public virtual CORBA::ValueFactoryBase {
 public:
  CORBA::ValueBase* create_for_unmarshal() override { return new FaceCard; }
};

class PaperTag final : public virtual OBV_vals::Tag,
                       public virtual CORBA::DefaultValueRefCountBase {
 public:
  PaperTag() = default;
  explicit PaperTag(const char* a_text) { text(a_text); }
  char* describe() override { return CORBA::string_dup((std::string("tag ") + text()).c_str()); }
  vals::Tag* _copy_value() override { return new PaperTag(text()); }
};

class PaperTagFactory final : public virtual CORBA::ValueFactoryBase {
 public:
  CORBA::ValueBase* create_for_unmarshal() override { return new PaperTag; }
};

inline void register_factory(CORBA::ORB_ptr orb, const char* id, CORBA::ValueFactory factory) {
  CORBA::ValueFactory replaced = orb->register_value_factory(id, factory);
  if (replaced != nullptr) replaced->_remove_ref();
  factory->_remove_ref();
}

inline void register_factories(CORBA::ORB_ptr orb) {
  register_factory(orb, "IDL:vals/Node:1.0", new vals::Node_init);
  register_factory(orb, "IDL:vals/Base:1.0", new vals::Base_init);
  register_factory(orb, "IDL:vals/Derived:1.0", new vals::Derived_init);
  register_factory(orb, "IDL:vals/Cut:1.0", new vals::Cut_init);
  register_factory(orb, "IDL:vals/Card:1.0", new FaceCardFactory);
  register_factory(orb, "IDL:vals/Tag:1.0", new PaperTagFactory);
}

/// Another holder of the value.
template <class Value>
Value* held(Value* value) {
  CORBA::add_ref(value);
  return value;
}

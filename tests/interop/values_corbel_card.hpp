#pragma once

#include <values.idl.hpp>

#include <cstdint>
#include <string>
#include <utility>

/// What Corbel's client and server make of the valuetypes with operations.
class FaceCard final : public vals::Card {
 public:
  FaceCard() = default;
  FaceCard(std::string a_face, std::int32_t a_rank) : vals::Card(std::move(a_face), a_rank) {}
  std::string show() override { return face + " " + std::to_string(rank); }
};

class PaperTag final : public vals::Tag {
 public:
  PaperTag() = default;
  explicit PaperTag(std::string a_text) : vals::Tag(std::move(a_text)) {}
  std::string describe() override { return "tag " + text; }
};

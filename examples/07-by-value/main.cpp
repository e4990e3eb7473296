#include <corbel/orb.hpp>

#include <planner.idl.hpp>

#include <iostream>

class PlannerServant final : public planning::Planner::Servant {
 public:
  planning::Route and_back(const planning::Route& way) override {
    planning::Route both = way;
    both.legs.insert(both.legs.end(), way.legs.rbegin(), way.legs.rend());
    return both;
  }
};

void serve(corbel::Orb& orb) {
  auto adapter = orb.create_adapter("planner");
  const auto planner = adapter.activate<planning::Planner>(std::make_shared<PlannerServant>());
  adapter.activate_requests();
  std::cout << to_string(planner) << std::endl;
  orb.run();
}

void travel(const planning::Planner& planner) {
  planning::Route way;
  way.legs = {std::make_shared<trips::Walk>(1.5), std::make_shared<trips::Train>("S1", 0.5)};
  const planning::Route both = planner.and_back(way);
  for (const auto& leg : both.legs) std::cout << leg->text() << ": " << leg->hours() << " h\n";
  // The same object twice on the way is the same object twice on arrival.
  std::cout << both.hours() << " h; trains are " << (both.legs[1] == both.legs[2] ? "one" : "two")
            << " object" << std::endl;
}

// Usage: by-value [PLANNER]   without a reference it serves.
int main(int argc, char** argv) try {
  corbel::Orb orb(argc, argv);
  orb.shutdown_on_signals();
  if (argc < 2) {
    serve(orb);
  } else {
    travel(orb.object<planning::Planner>(argv[1]));
  }
  return 0;
} catch (const std::exception& error) {
  std::cerr << "by-value: " << error.what() << '\n';
  return 1;
}

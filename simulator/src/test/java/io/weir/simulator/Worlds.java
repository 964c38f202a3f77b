package io.weir.simulator;

import io.weir.simulator.visit.Catalog;
import io.weir.simulator.visit.Profile;
import io.weir.simulator.visit.Traffic;
import io.weir.simulator.visit.VisitSeeds;
import io.weir.simulator.visit.World;

/** The world of the resources, for tests of the packages below. */
public final class Worlds {
  private Worlds() {}

  public static Traffic.Model model(VisitSeeds seeds) {
    Profile profile = Resources.profile();
    World world = Resources.world();
    return new Traffic.Model(profile, world, new Catalog(profile, world), seeds);
  }
}

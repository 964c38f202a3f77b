package io.weir.simulator.visit;

import io.weir.simulator.json.JsonBuffer;
import org.jspecify.annotations.Nullable;

/** The end of each event of a visitor: address, machine and consent; and the place they tell. */
final class Tail {
  /** The address of the shop's own people. */
  private static final String OWN = "192.0.2.";

  /** Half of the network 2001:db8 has a place, which is this one. */
  private static final int PLACED = 0x8000;

  private static final String PLACE = "US";
  private static final String CITY = "San Francisco";

  private final JsonBuffer json = new JsonBuffer(400);
  private @Nullable String place;
  private @Nullable String city;

  Tail(World.Agent agent, World.Country country, Chance chance, boolean isInternal) {
    json.put(",\"schema_version\":1,\"ip_address\":\"");
    address(country, chance, isInternal);
    json.put("\",\"user_agent\":\"").put(agent.userAgent()).put('"');
    if (!agent.device().equals(World.BOT) && chance.happens(0.6)) {
      json.put(",\"browser\":\"").put(agent.browser()).put("\",\"os\":\"").put(agent.os());
      json.put("\",\"device\":\"").put(agent.device()).put('"');
    }
    if (chance.happens(0.5)) {
      json.put(",\"country\":\"").put(country.code()).put('"');
      place = place == null ? country.code() : place;
    }
    if (chance.happens(0.4)) {
      json.put(",\"consent\":{\"analytics\":true,\"marketing\":");
      json.put(chance.happens(0.6) ? "true" : "false").put('}');
    }
    json.put('}');
  }

  private void address(World.Country country, Chance chance, boolean isInternal) {
    if (chance.happens(0.04)) {
      long network = chance.bits() & 0xFFFF;
      int host = chance.below(65_000) + 1;
      place = network < PLACED ? PLACE : null;
      city = network < PLACED ? CITY : null;
      if (isInternal) {
        json.put(OWN).number(host % 256);
      } else {
        json.put("2001:db8:").hex(network, 4).put("::").hex(host, 4);
      }
    } else {
      int third = chance.below(256);
      int fourth = 1 + chance.below(254);
      place = country.code();
      city = country.cities().get(third / 64);
      json.put(isInternal ? OWN : country.network() + '.' + third + '.').number(fourth);
    }
  }

  byte[] json() {
    return json.copy();
  }

  @Nullable String place() {
    return place;
  }

  @Nullable String city() {
    return city;
  }
}

package io.weir.simulator.visit;

import io.weir.simulator.json.JsonBuffer;

/** Writes the origin of a visit in the two ways that trackers use. */
final class CampaignWriter {
  void tag(World.Campaign campaign, char first, JsonBuffer out) {
    out.put(first).put("utm_source=").put(campaign.source());
    out.put("&utm_medium=").put(campaign.medium());
    out.put("&utm_campaign=").put(campaign.name());
  }

  void object(World.Campaign campaign, JsonBuffer out) {
    out.put(",\"campaign\":{\"source\":\"").put(campaign.source());
    out.put("\",\"medium\":\"").put(campaign.medium());
    out.put("\",\"name\":\"").put(campaign.name()).put("\"}");
  }
}

package io.weir.model.feature;

import io.weir.contract.avro.Session;
import io.weir.model.feature.ClickRates.Table;
import org.jspecify.annotations.Nullable;

/**
 * The smoothed shares of sessions that converted, by campaign and by landing page, that belong to a
 * model.
 */
public record SessionRates(Table campaign, Table landing) {
  /** No share is known. */
  public static final SessionRates NONE = new SessionRates(Table.NOTHING, Table.NOTHING);

  /** The shares that one session sees. */
  public record Seen(float campaign, float landing) {
    /** No share is known. */
    public static final Seen NOTHING = new Seen(Float.NaN, Float.NaN);
  }

  public Seen of(Session session) {
    return new Seen(campaign.rate(campaign(session)), landing.rate(landing(session)));
  }

  /** The campaign's name, else its source; null if the session has no campaign. */
  public static @Nullable String campaign(Session session) {
    String name = blankless(session.getCampaignName());
    return name == null ? blankless(session.getCampaignSource()) : name;
  }

  /** The first page; null if no event names one. */
  public static @Nullable String landing(Session session) {
    return blankless(session.getEntryPage());
  }

  private static @Nullable String blankless(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }
}

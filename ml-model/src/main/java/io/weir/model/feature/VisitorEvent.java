package io.weir.model.feature;

import io.weir.contract.avro.EnrichedEvent;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An event as the click model reads it.
 *
 * @param position the place of the ad on the page
 * @param page the path of the page
 * @param hasCampaign whether the event names a campaign, with a medium or without
 */
public record VisitorEvent(
    String type,
    long time,
    @Nullable String ad,
    @Nullable String position,
    @Nullable String page,
    @Nullable String device,
    @Nullable String browser,
    @Nullable String os,
    @Nullable String country,
    @Nullable String referrerClass,
    @Nullable String campaignMedium,
    boolean hasCampaign) {
  private static final String POSITION = "position";

  public static VisitorEvent of(EnrichedEvent event) {
    boolean hasCampaign =
        event.getCampaignSource() != null
            || event.getCampaignMedium() != null
            || event.getCampaignName() != null;
    return new VisitorEvent(
        event.getEventType(),
        event.getEventTime(),
        blankless(event.getAdId()),
        event.getProperties() == null ? null : blankless(event.getProperties().get(POSITION)),
        blankless(event.getUrlPath()),
        lower(event.getDevice()),
        lower(event.getBrowser()),
        SessionFeatures.os(lower(event.getOs())),
        lower(event.getCountry()),
        lower(event.getReferrerClass()),
        lower(event.getCampaignMedium()),
        hasCampaign);
  }

  /** An ad was shown. */
  public boolean isImpression() {
    return type.equals("ad_impression");
  }

  public boolean isClick() {
    return type.equals("ad_click");
  }

  private static @Nullable String blankless(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  private static @Nullable String lower(@Nullable String value) {
    return value == null ? null : value.toLowerCase(Locale.ROOT);
  }
}

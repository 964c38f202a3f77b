package io.weir.ingest.event;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a raw event that a source can fill; names and limits are those of the wire
 * contract.
 */
public enum Field {
  EVENT_ID(Kind.TEXT, 100),
  EVENT_TYPE(Kind.TYPE, 40),
  EVENT_TIME(Kind.TIME, 0),
  SENT_AT(Kind.TIME, 0),
  RECEIVED_AT(Kind.TIME, 0),
  ANONYMOUS_ID(Kind.IDENTITY, 128),
  USER_ID(Kind.IDENTITY, 255),
  SESSION_ID(Kind.TEXT, 128),
  APP_ID(Kind.TEXT, 255),
  URL(Kind.TEXT, 10_000),
  REFERRER(Kind.TEXT, 10_000),
  PAGE_TITLE(Kind.TEXT, 2_000),
  IP_ADDRESS(Kind.TEXT, 45),
  USER_AGENT(Kind.TEXT, 1_024),
  BROWSER(Kind.TEXT, 64),
  OS(Kind.TEXT, 64),
  DEVICE(Kind.TEXT, 64),
  COUNTRY(Kind.TEXT, 64),
  ORDER_ID(Kind.TEXT, 128),
  VALUE(Kind.AMOUNT, 0),
  CURRENCY(Kind.CURRENCY, 3),
  AD_ID(Kind.TEXT, 128),
  CAMPAIGN_SOURCE(Kind.CAMPAIGN, 255),
  CAMPAIGN_MEDIUM(Kind.CAMPAIGN, 255),
  CAMPAIGN_NAME(Kind.CAMPAIGN, 255),
  CAMPAIGN_TERM(Kind.CAMPAIGN, 255),
  CAMPAIGN_CONTENT(Kind.CAMPAIGN, 255),
  CAMPAIGN_CLICK_ID(Kind.CAMPAIGN, 255),
  CONSENT_ANALYTICS(Kind.CONSENT, 0),
  CONSENT_MARKETING(Kind.CONSENT, 0),
  PRODUCT_ID(Kind.PRODUCT, 128),
  PRODUCT_NAME(Kind.PRODUCT, 255),
  PRODUCT_CATEGORY(Kind.PRODUCT, 255),
  PRODUCT_BRAND(Kind.PRODUCT, 255),
  PRODUCT_PRICE(Kind.PRODUCT, 0),
  PRODUCT_QUANTITY(Kind.PRODUCT, 0);

  /** The way in which a field's value is checked and written. */
  enum Kind {
    TEXT,
    TYPE,
    TIME,
    IDENTITY,
    AMOUNT,
    CURRENCY,
    CAMPAIGN,
    CONSENT,
    PRODUCT
  }

  private static final Map<String, Field> NAMES = new HashMap<>();

  static {
    for (Field field : values()) {
      NAMES.put(field.title(), field);
    }
  }

  private final Kind kind;
  private final int limit;

  Field(Kind kind, int limit) {
    this.kind = kind;
    this.limit = limit;
  }

  Kind kind() {
    return kind;
  }

  int limit() {
    return limit;
  }

  /** The name in mappings, for example {@code event_time} or {@code campaign_source}. */
  public String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The key in the JSON of the event or of the object the field belongs to. */
  String key() {
    String title = title();
    return kind == Kind.CAMPAIGN || kind == Kind.CONSENT
        ? title.substring(title.indexOf('_') + 1)
        : title;
  }

  public boolean isTime() {
    return kind == Kind.TIME;
  }

  /** The field of that title, or null. */
  public static @Nullable Field titled(String title) {
    return NAMES.get(title);
  }
}

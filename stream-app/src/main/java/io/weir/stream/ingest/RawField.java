package io.weir.stream.ingest;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of the raw event. Aliases are other names of a field; its own name wins over them. */
enum RawField {
  EVENT_ID("event_id", "messageId"),
  EVENT_TYPE("event_type"),
  EVENT_TIME("event_time", "originalTimestamp", "event_timestamp", "timestamp"),
  SENT_AT("sent_at", "sentAt"),
  RECEIVED_AT("received_at"),
  ANONYMOUS_ID("anonymous_id", "anonymousId"),
  USER_ID("user_id", "userId"),
  SESSION_ID("session_id", "sessionId"),
  APP_ID("app_id"),
  SCHEMA_VERSION("schema_version"),
  URL("url", "page_url"),
  REFERRER("referrer"),
  PAGE_TITLE("page_title"),
  IP_ADDRESS("ip_address", "ip"),
  USER_AGENT("user_agent"),
  BROWSER("browser"),
  OS("os"),
  DEVICE("device"),
  COUNTRY("country"),
  PRODUCTS("products"),
  PRODUCT_ID("product_id"),
  ORDER_ID("order_id"),
  VALUE("value"),
  CURRENCY("currency"),
  AD_ID("ad_id"),
  CAMPAIGN("campaign"),
  CONSENT("consent"),
  PROPERTIES("properties");

  static final int SLOTS;
  private static final Map<String, Name> NAMES = new HashMap<>();

  static {
    int slot = 0;
    for (RawField field : values()) {
      for (int i = 0; i < field.names.length; i++) {
        NAMES.put(field.names[i], new Name(field, slot, field.names.length - i));
      }
      slot++;
    }
    SLOTS = slot;
  }

  /**
   * A name of a field.
   *
   * @param slot the same for all names of a field, below {@link #SLOTS}
   * @param rank from 1; where several names of one field appear, the highest wins
   */
  record Name(RawField field, int slot, int rank) {}

  @SuppressWarnings("ImmutableEnumChecker") // written once, read only by the static block above
  private final String[] names;

  RawField(String... names) {
    this.names = names;
  }

  static @Nullable Name named(String name) {
    return NAMES.get(name);
  }
}

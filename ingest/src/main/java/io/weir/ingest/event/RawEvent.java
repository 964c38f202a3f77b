package io.weir.ingest.event;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event under construction from one record of a source; reused from record to record. */
public final class RawEvent {
  /** A property; its value is bare JSON if it is a number, true or false in the source. */
  record Property(String name, String value, boolean isBare) {}

  private final Map<Field, String> texts = new EnumMap<>(Field.class);
  private long eventTime = Times.INVALID;
  private long sentAt = Times.INVALID;
  private long receivedAt = Times.INVALID;
  private final List<Property> properties = new ArrayList<>();
  private final List<Product> products = new ArrayList<>();

  public void clear() {
    texts.clear();
    eventTime = Times.INVALID;
    sentAt = Times.INVALID;
    receivedAt = Times.INVALID;
    properties.clear();
    products.clear();
  }

  /** Sets the field; null, empty text and a lone dash count as absent. */
  public void set(Field field, @Nullable String value) {
    if (value == null || value.isEmpty() || value.equals("-")) {
      texts.remove(field);
    } else {
      texts.put(field, value);
    }
  }

  /** Sets the field if it has no value so far. */
  public void setIfAbsent(Field field, @Nullable String value) {
    if (!texts.containsKey(field)) {
      set(field, value);
    }
  }

  public @Nullable String get(Field field) {
    return texts.get(field);
  }

  public void setTime(Field field, long epochMillis) {
    switch (field) {
      case EVENT_TIME -> eventTime = epochMillis;
      case SENT_AT -> sentAt = epochMillis;
      case RECEIVED_AT -> receivedAt = epochMillis;
      default -> throw new IllegalArgumentException(field.title() + " is no time");
    }
  }

  /** Epoch milliseconds, or {@link Times#INVALID}. */
  public long time(Field field) {
    return switch (field) {
      case EVENT_TIME -> eventTime;
      case SENT_AT -> sentAt;
      case RECEIVED_AT -> receivedAt;
      default -> throw new IllegalArgumentException(field.title() + " is no time");
    };
  }

  /** Adds a text as a property. */
  public void property(String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      properties.add(new Property(name, value, false));
    }
  }

  /** Adds a number, true or false as a property. */
  public void bareProperty(String name, String value) {
    properties.add(new Property(name, value, true));
  }

  public void add(Product product) {
    products.add(product);
  }

  public List<Product> products() {
    return products;
  }

  List<Property> properties() {
    return properties;
  }

  /** The key of the record: {@code anonymous_id}, else {@code user_id}. */
  public @Nullable String visitor() {
    String anonymous = get(Field.ANONYMOUS_ID);
    return anonymous != null ? anonymous : get(Field.USER_ID);
  }
}

package io.weir.stream.ingest;

import com.fasterxml.jackson.core.JsonToken;
import io.weir.contract.RejectReason;
import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.Product;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts each field of a raw event where it belongs. The limits are those of the wire contract. */
final class EventFields {
  private static final int MAX_PROPERTIES = 25;

  private EnrichedEvent event = new EnrichedEvent();
  private @Nullable String productId;
  private TextReader texts = TextReader.PLAIN;

  EnrichedEvent start(TextReader reader) {
    texts = reader;
    event = new EnrichedEvent();
    event.setEventTime(FieldReader.ABSENT);
    event.setProducts(List.of());
    event.setProperties(Map.of());
    event.setExtras(Map.of());
    productId = null;
    return event;
  }

  void finish() {
    // The shorthand for a single product; a list says more and wins.
    if (productId != null && event.getProducts().isEmpty()) {
      Product product = new Product();
      product.setProductId(productId);
      product.setQuantity(1);
      var products = new ArrayList<Product>(1);
      products.add(product);
      event.setProducts(products);
    }
  }

  void read(Tokens tokens, RawField field, String name) throws IOException, Refusal {
    switch (field) {
      case EVENT_ID -> event.setEventId(texts.text(tokens, name, 100));
      case EVENT_TYPE -> event.setEventType(texts.text(tokens, name, 40));
      case EVENT_TIME -> event.setEventTime(FieldReader.time(tokens, name));
      case SENT_AT -> event.setSentAt(boxed(FieldReader.storableTime(tokens, name)));
      case RECEIVED_AT -> event.setReceivedAt(boxed(FieldReader.storableTime(tokens, name)));
      case ANONYMOUS_ID -> event.setAnonymousId(texts.text(tokens, name, 128));
      case USER_ID -> event.setUserId(texts.text(tokens, name, 255));
      case SESSION_ID -> event.setClientSessionId(texts.text(tokens, name, 128));
      case APP_ID -> event.setAppId(texts.text(tokens, name, 255));
      case SCHEMA_VERSION -> event.setSchemaVersion(FieldReader.integer(tokens, name, 0));
      case PRODUCTS -> event.setProducts(ProductFields.read(tokens, texts));
      case PRODUCT_ID -> productId = texts.text(tokens, name, 128);
      case ORDER_ID -> event.setOrderId(texts.text(tokens, name, 128));
      case VALUE -> event.setValueE4(boxed(FieldReader.money(tokens, name)));
      case CURRENCY -> event.setCurrency(currency(tokens, name));
      case AD_ID -> event.setAdId(texts.text(tokens, name, 128));
      case CAMPAIGN -> campaign(tokens);
      case CONSENT -> consent(tokens);
      case PROPERTIES -> event.setProperties(properties(tokens));
      default -> readSurroundings(tokens, field, name);
    }
  }

  private void readSurroundings(Tokens tokens, RawField field, String name)
      throws IOException, Refusal {
    switch (field) {
      case URL -> event.setUrl(texts.text(tokens, name, 10_000));
      case REFERRER -> event.setReferrer(texts.text(tokens, name, 10_000));
      case PAGE_TITLE -> event.setPageTitle(texts.text(tokens, name, 2_000));
      case IP_ADDRESS -> event.setIpAddress(texts.text(tokens, name, 45));
      case USER_AGENT -> event.setUserAgent(texts.text(tokens, name, 1_024));
      case BROWSER -> event.setBrowserHint(texts.text(tokens, name, 64));
      case OS -> event.setOsHint(texts.text(tokens, name, 64));
      case DEVICE -> event.setDeviceHint(texts.text(tokens, name, 64));
      case COUNTRY -> event.setCountryHint(texts.text(tokens, name, 64));
      default -> throw new IllegalStateException("no place for " + field);
    }
  }

  static @Nullable Long boxed(long value) {
    return value == FieldReader.ABSENT ? null : value;
  }

  private @Nullable String currency(Tokens tokens, String name) throws IOException, Refusal {
    String text = texts.text(tokens, name, 64);
    if (text == null) {
      return null;
    }
    boolean isCode = text.length() == 3;
    for (int i = 0; isCode && i < 3; i++) {
      isCode = text.charAt(i) >= 'A' && text.charAt(i) <= 'Z';
    }
    if (!isCode) {
      throw Refusal.of(RejectReason.BAD_VALUE, name, "is no ISO 4217 code such as EUR", text);
    }
    return text;
  }

  private void campaign(Tokens tokens) throws IOException, Refusal {
    if (!entersObject(tokens, "campaign")) {
      return;
    }
    while (tokens.next() == JsonToken.FIELD_NAME) {
      String name = tokens.name();
      tokens.next();
      switch (name) {
        case "source" -> event.setCampaignSource(texts.text(tokens, "campaign.source", 255));
        case "medium" -> event.setCampaignMedium(texts.text(tokens, "campaign.medium", 255));
        case "name" -> event.setCampaignName(texts.text(tokens, "campaign.name", 255));
        case "term" -> event.setCampaignTerm(texts.text(tokens, "campaign.term", 255));
        case "content" -> event.setCampaignContent(texts.text(tokens, "campaign.content", 255));
        case "click_id" -> event.setCampaignClickId(texts.text(tokens, "campaign.click_id", 255));
        default -> extra(tokens, "campaign." + name);
      }
    }
  }

  private void consent(Tokens tokens) throws IOException, Refusal {
    if (!entersObject(tokens, "consent")) {
      return;
    }
    while (tokens.next() == JsonToken.FIELD_NAME) {
      String name = tokens.name();
      tokens.next();
      switch (name) {
        case "analytics" ->
            event.setConsentAnalytics(FieldReader.flag(tokens, "consent.analytics"));
        case "marketing" ->
            event.setConsentMarketing(FieldReader.flag(tokens, "consent.marketing"));
        default -> extra(tokens, "consent." + name);
      }
    }
  }

  private static Map<String, String> properties(Tokens tokens) throws IOException, Refusal {
    if (!entersObject(tokens, "properties")) {
      return Map.of();
    }
    var properties = new HashMap<String, String>();
    while (tokens.next() == JsonToken.FIELD_NAME) {
      String name = tokens.name();
      JsonToken token = tokens.next();
      if (token.isStructStart()) {
        throw FieldReader.wrongType(tokens, "properties." + name, "a single value");
      }
      if (properties.size() == MAX_PROPERTIES) {
        throw new Refusal(
            RejectReason.TOO_MANY, "properties has more than " + MAX_PROPERTIES + " keys");
      }
      if (token != JsonToken.VALUE_NULL
          && properties.put(ExtraText.storable(name), ExtraText.storable(tokens.text())) != null) {
        throw new Refusal(
            RejectReason.DUPLICATE_KEY, "the key properties." + name + " appears twice");
      }
    }
    return properties;
  }

  /** Keeps a field that the contract does not know, as text. */
  void extra(Tokens tokens, String name) throws IOException, Refusal {
    String text = ExtraText.of(tokens);
    if (event.getExtras().isEmpty()) {
      event.setExtras(new HashMap<>());
    }
    if (text != null && event.getExtras().put(ExtraText.storable(name), text) != null) {
      throw new Refusal(RejectReason.DUPLICATE_KEY, "the key " + name + " appears twice");
    }
  }

  /** Returns false for null; refuses every other value that is not an object. */
  static boolean entersObject(Tokens tokens, String field) throws Refusal {
    if (tokens.current() == JsonToken.VALUE_NULL) {
      return false;
    }
    if (tokens.current() != JsonToken.START_OBJECT) {
      throw FieldReader.wrongType(tokens, field, "an object");
    }
    return true;
  }
}

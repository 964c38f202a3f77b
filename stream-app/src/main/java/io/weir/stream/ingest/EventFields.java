package io.weir.stream.ingest;

import com.fasterxml.jackson.core.JsonParser;
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

  EnrichedEvent start(byte[] document) {
    texts = TextReader.of(document);
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

  void read(JsonParser json, Field field, String name) throws IOException, Refusal {
    switch (field) {
      case EVENT_ID -> event.setEventId(texts.text(json, name, 100));
      case EVENT_TYPE -> event.setEventType(texts.text(json, name, 40));
      case EVENT_TIME -> event.setEventTime(FieldReader.time(json, name));
      case SENT_AT -> event.setSentAt(boxed(FieldReader.time(json, name)));
      case RECEIVED_AT -> event.setReceivedAt(boxed(FieldReader.time(json, name)));
      case ANONYMOUS_ID -> event.setAnonymousId(texts.text(json, name, 128));
      case USER_ID -> event.setUserId(texts.text(json, name, 255));
      case SESSION_ID -> event.setClientSessionId(texts.text(json, name, 128));
      case APP_ID -> event.setAppId(texts.text(json, name, 255));
      case SCHEMA_VERSION -> event.setSchemaVersion(FieldReader.integer(json, name, 0));
      case PRODUCTS -> event.setProducts(ProductFields.read(json, texts));
      case PRODUCT_ID -> productId = texts.text(json, name, 128);
      case ORDER_ID -> event.setOrderId(texts.text(json, name, 128));
      case VALUE -> event.setValueE4(boxed(FieldReader.money(json, name)));
      case CURRENCY -> event.setCurrency(currency(json, name));
      case AD_ID -> event.setAdId(texts.text(json, name, 128));
      case CAMPAIGN -> campaign(json);
      case CONSENT -> consent(json);
      case PROPERTIES -> event.setProperties(properties(json));
      default -> readSurroundings(json, field, name);
    }
  }

  private void readSurroundings(JsonParser json, Field field, String name)
      throws IOException, Refusal {
    switch (field) {
      case URL -> event.setUrl(texts.text(json, name, 10_000));
      case REFERRER -> event.setReferrer(texts.text(json, name, 10_000));
      case PAGE_TITLE -> event.setPageTitle(texts.text(json, name, 2_000));
      case IP_ADDRESS -> event.setIpAddress(texts.text(json, name, 45));
      case USER_AGENT -> event.setUserAgent(texts.text(json, name, 1_024));
      case BROWSER -> event.setBrowserHint(texts.text(json, name, 64));
      case OS -> event.setOsHint(texts.text(json, name, 64));
      case DEVICE -> event.setDeviceHint(texts.text(json, name, 64));
      case COUNTRY -> event.setCountryHint(texts.text(json, name, 64));
      default -> throw new IllegalStateException("no place for " + field);
    }
  }

  static @Nullable Long boxed(long value) {
    return value == FieldReader.ABSENT ? null : value;
  }

  private @Nullable String currency(JsonParser json, String name) throws IOException, Refusal {
    String text = texts.text(json, name, 64);
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

  private void campaign(JsonParser json) throws IOException, Refusal {
    if (!entersObject(json, "campaign")) {
      return;
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "source" -> event.setCampaignSource(texts.text(json, "campaign.source", 255));
        case "medium" -> event.setCampaignMedium(texts.text(json, "campaign.medium", 255));
        case "name" -> event.setCampaignName(texts.text(json, "campaign.name", 255));
        case "term" -> event.setCampaignTerm(texts.text(json, "campaign.term", 255));
        case "content" -> event.setCampaignContent(texts.text(json, "campaign.content", 255));
        case "click_id" -> event.setCampaignClickId(texts.text(json, "campaign.click_id", 255));
        default -> extra(json, "campaign." + name);
      }
    }
  }

  private void consent(JsonParser json) throws IOException, Refusal {
    if (!entersObject(json, "consent")) {
      return;
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "analytics" -> event.setConsentAnalytics(FieldReader.flag(json, "consent.analytics"));
        case "marketing" -> event.setConsentMarketing(FieldReader.flag(json, "consent.marketing"));
        default -> extra(json, "consent." + name);
      }
    }
  }

  private static Map<String, String> properties(JsonParser json) throws IOException, Refusal {
    if (!entersObject(json, "properties")) {
      return Map.of();
    }
    var properties = new HashMap<String, String>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken token = json.nextToken();
      if (token.isStructStart()) {
        throw FieldReader.wrongType(json, "properties." + name, "a single value");
      }
      if (properties.size() == MAX_PROPERTIES) {
        throw new Refusal(
            RejectReason.TOO_MANY, "properties has more than " + MAX_PROPERTIES + " keys");
      }
      if (token != JsonToken.VALUE_NULL
          && properties.put(ExtraText.storable(name), ExtraText.storable(json.getText())) != null) {
        throw new Refusal(
            RejectReason.DUPLICATE_KEY, "the key properties." + name + " appears twice");
      }
    }
    return properties;
  }

  /** A field the contract does not know: kept as text. */
  void extra(JsonParser json, String name) throws IOException, Refusal {
    String text = ExtraText.of(json);
    if (event.getExtras().isEmpty()) {
      event.setExtras(new HashMap<>());
    }
    if (text != null && event.getExtras().put(ExtraText.storable(name), text) != null) {
      throw new Refusal(RejectReason.DUPLICATE_KEY, "the key " + name + " appears twice");
    }
  }

  /** False for null; refuses anything but an object. */
  static boolean entersObject(JsonParser json, String field) throws Refusal {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return false;
    }
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw FieldReader.wrongType(json, field, "an object");
    }
    return true;
  }
}

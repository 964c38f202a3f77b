package io.weir.peers.flink;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Parses, validates and enriches a record once, in the source. */
final class ClickParser implements KafkaRecordDeserializationSchema<RawRecord> {
  private static final long serialVersionUID = 1L;
  private static final Set<String> TYPES =
      Set.of(
          "page_view", "product_view", "search", "add_to_cart", "remove_from_cart", "checkout",
          "purchase", "ad_impression", "ad_click");

  /** The first match names the browser. */
  private static final List<String[]> BROWSERS =
      List.of(
          new String[] {"Edg/", "Edge"},
          new String[] {"Firefox/", "Firefox"},
          new String[] {"Chrome/", "Chrome"},
          new String[] {"Safari/", "Safari"},
          new String[] {"bot", "Bot"});

  private final boolean keepsBytes;
  private transient ObjectReader reader;

  /** {@code keepsBytes}: for the bronze files, which hold key and value as they came. */
  ClickParser(boolean keepsBytes) {
    this.keepsBytes = keepsBytes;
  }

  /** The JSON of a click. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  static final class Json {
    public String eventId;
    public String eventType;
    public String eventTime;
    public String userId;
    public String sessionId;
    public String url;
    public String referrer;
    public String userAgent;
    public String ipAddress;
    public JsonProduct[] products;
  }

  /** The JSON of a product. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  static final class JsonProduct {
    public String productId;
    public String category;
    public double price;
    public int quantity;
  }

  @Override
  public TypeInformation<RawRecord> getProducedType() {
    return TypeInformation.of(RawRecord.class);
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<RawRecord> out) {
    var raw = new RawRecord();
    raw.partition = record.partition();
    raw.offset = record.offset();
    raw.appendTime = record.timestamp();
    if (keepsBytes) {
      raw.key = new String(record.key(), StandardCharsets.UTF_8);
      raw.value = record.value();
    }
    raw.click = parsed(record);
    out.collect(raw);
  }

  private ParsedClick parsed(ConsumerRecord<byte[], byte[]> record) {
    try {
      Json json = reader().readValue(record.value());
      if (json.eventTime == null || !isComplete(json)) {
        return null;
      }
      ParsedClick click = click(json);
      click.eventTime = Instant.parse(json.eventTime).toEpochMilli();
      click.partition = record.partition();
      click.offset = record.offset();
      click.appendTime = record.timestamp();
      return click;
    } catch (IOException | DateTimeException e) {
      return null;
    }
  }

  private ObjectReader reader() {
    if (reader == null) {
      reader =
          new ObjectMapper()
              .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
              .readerFor(Json.class);
    }
    return reader;
  }

  private static boolean isComplete(Json json) {
    return json.eventId != null
        && json.userId != null
        && json.url != null
        && json.eventType != null
        && TYPES.contains(json.eventType);
  }

  private static ParsedClick click(Json json) {
    var click = new ParsedClick();
    click.eventId = json.eventId;
    click.eventType = json.eventType;
    click.userId = json.userId;
    click.sessionId = text(json.sessionId);
    click.url = json.url;
    click.referrer = text(json.referrer);
    click.userAgent = text(json.userAgent);
    click.ipAddress = text(json.ipAddress);
    click.browser = browser(click.userAgent);
    click.products = products(json.products);
    addPage(click);
    return click;
  }

  private static String text(String orNull) {
    return orNull == null ? "" : orNull;
  }

  /** Splits the URL by hand: a URI object for each event costs more than the rest of the parser. */
  private static void addPage(ParsedClick click) {
    int scheme = click.url.indexOf("://");
    int path = scheme < 0 ? -1 : click.url.indexOf('/', scheme + 3);
    if (path < 0) {
      click.domain = "";
      click.pagePath = "";
      return;
    }
    int query = click.url.indexOf('?', path);
    click.domain = click.url.substring(scheme + 3, path);
    click.pagePath = click.url.substring(path, query < 0 ? click.url.length() : query);
  }

  private static String browser(String agent) {
    for (String[] browser : BROWSERS) {
      if (agent.contains(browser[0])) {
        return browser[1];
      }
    }
    return "Other";
  }

  private static ParsedClick.Product[] products(JsonProduct[] json) {
    var products = new ParsedClick.Product[json == null ? 0 : json.length];
    for (int i = 0; i < products.length; i++) {
      products[i] = new ParsedClick.Product();
      products[i].id = text(json[i].productId);
      products[i].category = text(json[i].category);
      products[i].price = json[i].price;
      products[i].quantity = json[i].quantity;
    }
    return products;
  }
}

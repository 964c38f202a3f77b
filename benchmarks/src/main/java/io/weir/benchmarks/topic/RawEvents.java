package io.weir.benchmarks.topic;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;

/** Raw events of about 500 bytes as a shop sends them: seeded, so the same on every run. */
public final class RawEvents {
  public static final long NOON = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();

  private static final String[] TYPES = {
    "page_view", "page_view", "product_view", "product_view", "add_to_cart", "search"
  };
  private static final int AGENTS = 150;
  private static final int PRODUCTS = 5_000;

  private RawEvents() {}

  public static byte[][] make(int count, int visitors) {
    var random = new Random(42);
    byte[][] events = new byte[count][];
    for (int i = 0; i < count; i++) {
      events[i] =
          event(random, i, visitor(random.nextInt(visitors)), "p/" + i, NOON - 3_600_000 + i * 10L);
    }
    return events;
  }

  public static String visitor(int number) {
    return "a%015x".formatted(number);
  }

  /** An event on the page of some product. */
  public static byte[] view(Random random, long number, String visitor, long time) {
    return event(random, number, visitor, "p/" + random.nextInt(PRODUCTS), time);
  }

  /**
   * @param number makes its id unique
   */
  public static byte[] event(Random random, long number, String visitor, String page, long time) {
    String type = TYPES[random.nextInt(TYPES.length)];
    int product = random.nextInt(PRODUCTS);
    return """
    {"event_id":"01955f2a-%08x-7000-8000-%012x","event_type":"%s","event_time":"%s",\
    "anonymous_id":"%s","session_id":"s-%x","url":"https://www.shop.example/%s?utm_source=news&utm_campaign=spring",\
    "referrer":"https://www.google.com/search?q=shoes","page_title":"Product %d","ip_address":"198.51.100.%d",\
    "user_agent":"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/%d.0.0.0 Safari/537.36",\
    "products":[{"product_id":"p%d","category":"shoes","brand":"Acme","price":%d.99,"quantity":1}]}\
    """
        .formatted(
            number,
            random.nextLong(1L << 48),
            type,
            Instant.ofEpochMilli(time),
            visitor,
            number,
            page,
            product,
            random.nextInt(256),
            random.nextInt(AGENTS),
            product,
            random.nextInt(300))
        .getBytes(StandardCharsets.UTF_8);
  }
}

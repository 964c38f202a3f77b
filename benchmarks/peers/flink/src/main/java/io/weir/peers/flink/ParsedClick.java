package io.weir.peers.flink;

/** A valid click with its enrichments. Flink's serializer wants public fields and no constructor. */
public class ParsedClick {
  public String eventId;
  public String eventType;
  public String userId;
  public String sessionId;
  public String url;
  public String domain;
  public String pagePath;
  public String referrer;
  public String userAgent;
  public String browser;
  public String ipAddress;
  public long eventTime;
  public long offset;
  public long appendTime;
  public int partition;
  public Product[] products;

  /** A product of a click. */
  public static class Product {
    public String id;
    public String category;
    public double price;
    public int quantity;
  }
}

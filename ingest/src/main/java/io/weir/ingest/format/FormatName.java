package io.weir.ingest.format;

/** The formats that the option {@code --format} knows. */
public enum FormatName {
  JSONL("JSON lines"),
  CSV("CSV with a header"),
  COMBINED("combined log of a web server"),
  GA4("Google Analytics 4, BigQuery export"),
  SEGMENT("Segment"),
  SNOWPLOW("Snowplow, enriched");

  private final String title;

  FormatName(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }
}

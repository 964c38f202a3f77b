package io.weir.peers.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.regexp_extract;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The raw topic as tables: records as they came, and valid clicks with their enrichments. */
final class Clicks {
  private static final String FIELDS =
      "event_id STRING, event_type STRING, event_time TIMESTAMP, user_id STRING, session_id STRING,"
          + " url STRING, referrer STRING, user_agent STRING, ip_address STRING,"
          + " products ARRAY<STRUCT<product_id: STRING, category: STRING, price: DOUBLE,"
          + " quantity: INT>>";
  private static final Object[] TYPES = {
    "page_view", "product_view", "search", "add_to_cart", "remove_from_cart", "checkout",
    "purchase", "ad_impression", "ad_click"
  };

  private Clicks() {}

  private static Dataset<Row> topic(SparkSession spark) {
    return spark
        .readStream()
        .format("kafka")
        .option("kafka.bootstrap.servers", System.getenv("BOOTSTRAP"))
        .option("subscribe", System.getenv("TOPIC"))
        .option("startingOffsets", "earliest")
        .load();
  }

  static Dataset<Row> bronze(SparkSession spark) {
    return topic(spark)
        .selectExpr(
            "CAST(key AS STRING) AS key",
            "value",
            "partition AS kafka_partition",
            "offset AS kafka_offset",
            "unix_millis(timestamp) AS kafka_ts_ms");
  }

  /**
   * Parses through a generator: with the usual {@code select(from_json(…)).filter(…)} the optimizer
   * pushes the filter below the parser and parses the JSON again for each field it tests, which
   * costs a fifth of the speed.
   */
  static Dataset<Row> valid(SparkSession spark) {
    Dataset<Row> parsed =
        topic(spark)
            .selectExpr(
                "inline(array(named_struct('click', from_json(CAST(value AS STRING), '"
                    + FIELDS
                    + "'))))",
                "partition AS kafka_partition",
                "offset AS kafka_offset",
                "timestamp");
    return parsed
        .filter(isPresent("event_id").and(isPresent("user_id")).and(isPresent("url")))
        .filter(isPresent("event_time").and(col("click.event_type").isin(TYPES)))
        .select(
            col("click.*"),
            regexp_extract(col("click.url"), "^https?://([^/]+)", 1).as("domain"),
            regexp_extract(col("click.url"), "^https?://[^/]+([^?]*)", 1).as("page_path"),
            browser(col("click.user_agent")).as("browser"),
            col("kafka_partition"),
            col("kafka_offset"),
            expr("unix_millis(timestamp)").as("kafka_ts_ms"))
        .withWatermark("event_time", "10 minutes")
        .dropDuplicatesWithinWatermark(new String[] {"event_id"});
  }

  private static Column isPresent(String field) {
    return col("click." + field).isNotNull();
  }

  private static Column browser(Column agent) {
    return when(agent.contains("Edg/"), "Edge")
        .when(agent.contains("Firefox/"), "Firefox")
        .when(agent.contains("Chrome/"), "Chrome")
        .when(agent.contains("Safari/"), "Safari")
        .when(agent.contains("bot"), "Bot")
        .otherwise("Other");
  }
}

package io.weir.peers.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.session_window;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.delta.tables.DeltaTable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** SessionTable: windows with a gap of 30 minutes, merged into a Delta table. */
final class SessionTable {
  private static final String REVENUE =
      "aggregate(products, 0L, (sum, each) ->"
          + " sum + CAST(round(each.price * 100) AS BIGINT) * each.quantity)";

  private SessionTable() {}

  static Dataset<Row> of(Dataset<Row> clicks) {
    return clicks
        .withColumn("revenue", when(is("purchase"), expr(REVENUE)).otherwise(lit(0L)))
        .groupBy(session_window(col("event_time"), "30 minutes"), col("user_id"))
        .agg(
            min("event_time").as("first_event"),
            max("event_time").as("last_event"),
            count(lit(1)).as("events"),
            size(collect_set("page_path")).as("unique_pages"),
            sum(when(is("add_to_cart"), 1L).otherwise(0L)).as("add_to_cart"),
            sum(when(is("purchase"), 1L).otherwise(0L)).as("purchases"),
            sum("revenue").as("revenue_cents"))
        .withColumn("session_start", col("session_window.start"))
        .withColumn("session_end", col("session_window.end"))
        .drop("session_window");
  }

  private static Column is(String type) {
    return col("event_type").equalTo(type);
  }

  /** Merges a batch: a batch that is processed again after a crash changes nothing. */
  static void merge(Dataset<Row> batch, String table) {
    if (!DeltaTable.isDeltaTable(batch.sparkSession(), table)) {
      batch.write().format("delta").option("compression", "zstd").save(table);
      return;
    }
    DeltaTable.forPath(batch.sparkSession(), table)
        .as("table")
        .merge(
            batch.as("batch"),
            "table.user_id = batch.user_id AND table.session_start = batch.session_start")
        .whenMatched()
        .updateAll()
        .whenNotMatched()
        .insertAll()
        .execute();
  }
}

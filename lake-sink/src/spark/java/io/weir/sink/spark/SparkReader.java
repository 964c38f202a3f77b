package io.weir.sink.spark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Spark behind a pipe. Arguments are Spark's settings, {@code name=value}; each line of the input
 * is a query, answered by the first column of its rows, a line each, and by {@link #END}.
 */
public final class SparkReader {
  static final String END = "--";

  private SparkReader() {}

  public static void main(String[] settings) throws IOException {
    var builder = SparkSession.builder().master("local[1]").appName("weir");
    for (String setting : settings) {
      int middle = setting.indexOf('=');
      builder.config(setting.substring(0, middle), setting.substring(middle + 1));
    }
    var queries = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (SparkSession spark = builder.getOrCreate()) {
      System.out.println(END);
      for (String query = queries.readLine(); query != null; query = queries.readLine()) {
        for (Row row : spark.sql(query).collectAsList()) {
          System.out.println(row.getString(0));
        }
        System.out.println(END);
      }
    }
  }
}

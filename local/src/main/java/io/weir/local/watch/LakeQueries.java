package io.weir.local.watch;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.local.platform.Catalogue;
import io.weir.local.process.Captured;
import io.weir.local.process.LogFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Queries the lake through the SQL command of lake-tools. */
public final class LakeQueries {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final Catalogue catalogue;

  public LakeQueries(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** Whether the session and its score are committed, and some raw and enriched events as well. */
  public boolean hasSession(String sessionKey) throws InterruptedException {
    String key = "'" + sessionKey.replace("'", "''") + "'";
    String query =
        "SELECT least((SELECT count(*) FROM bronze.raw_events),"
            + " (SELECT count(*) FROM silver.events),"
            + (" (SELECT count(*) FROM silver.sessions WHERE session_key = " + key + "),")
            + (" (SELECT count(*) FROM silver.scores WHERE session_key = " + key + ")) AS rows");
    return number(query).orElse(0) > 0;
  }

  /** The first value of the first row; empty if the query cannot be answered now. */
  public OptionalLong number(String query) throws InterruptedException {
    for (long value : row(query).values()) {
      return OptionalLong.of(value);
    }
    return OptionalLong.empty();
  }

  /** The numbers of the first row by column; empty if the query cannot be answered now. */
  public Map<String, Long> row(String query) throws InterruptedException {
    LogFile log = catalogue.home().log("sql");
    Captured result = Captured.of(catalogue.lakeTool(List.of("sql", query, "--json")), log);
    return result.exitCode() == 0 ? firstRow(result.output()) : Map.of();
  }

  static Map<String, Long> firstRow(String json) {
    try {
      JsonNode document = JSON.readTree(json);
      var row = new LinkedHashMap<String, Long>();
      (document.isArray() ? document.path(0) : document)
          .properties()
          .forEach(field -> row.put(field.getKey(), field.getValue().asLong()));
      return row;
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not the JSON of a query's rows: " + json, e);
    }
  }
}

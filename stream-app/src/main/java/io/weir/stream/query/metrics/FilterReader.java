package io.weir.stream.query.metrics;

import io.weir.contract.GoldKey.Dimension;
import io.weir.stream.query.metrics.MetricQuery.Filter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;

/** Reads filters as callers write them: {@code country:DE}, or {@code country!:DE} for all but. */
final class FilterReader {
  private static final String PARAMETER = "filter";
  private static final int LONGEST_VALUE = 512;

  private FilterReader() {}

  /**
   * The filters, each once.
   *
   * @param dimension finds a dimension by its name, or refuses the query
   */
  static List<Filter> read(List<String> texts, Function<String, Dimension> dimension) {
    var filters = new LinkedHashMap<Dimension, Filter>();
    for (String text : texts) {
      Filter filter = filter(text, dimension);
      Filter other = filters.put(filter.dimension(), filter);
      if (other != null && !other.equals(filter)) {
        throw RefusedQuery.of(
            PARAMETER,
            text,
            "stands beside another filter of its dimension; one for each is right");
      }
    }
    return List.copyOf(filters.values());
  }

  private static Filter filter(String text, Function<String, Dimension> dimension) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw RefusedQuery.of(PARAMETER, text, "is not a dimension, a colon and a value");
    }
    String value = text.substring(colon + 1);
    if (value.getBytes(StandardCharsets.UTF_8).length > LONGEST_VALUE) {
      throw RefusedQuery.of(
          PARAMETER,
          text,
          "has a value of more than " + LONGEST_VALUE + " bytes; no value is longer");
    }
    String name = text.substring(0, colon);
    boolean isNot = name.endsWith(Filter.NOT);
    return new Filter(
        dimension.apply(isNot ? name.substring(0, name.length() - 1) : name), value, isNot);
  }
}

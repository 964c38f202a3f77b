package io.weir.stream.query.metrics;

import io.weir.contract.GoldKey.Dimension;
import io.weir.stream.query.metrics.MetricQuery.Filter;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Conditions on rows of {@code bi.fact_session}: each property has a value, or has it not. */
public final class SessionFilters {
  private final List<Filter> filters;

  private SessionFilters(List<Filter> filters) {
    this.filters = filters;
  }

  /**
   * Reads filters as callers write them.
   *
   * @throws RefusedQuery if one is not of a property that rows of sessions have
   */
  public static SessionFilters read(List<String> texts) {
    List<Filter> filters = FilterReader.read(texts, SessionFilters::dimension);
    for (Filter filter : filters) {
      if (filter.value().indexOf('\0') >= 0) {
        throw new RefusedQuery(
            "filter by %s: no value has a NUL".formatted(filter.dimension().code()));
      }
    }
    return new SessionFilters(filters);
  }

  private static Dimension dimension(String name) {
    return dimensions().stream()
        .filter(each -> each.code().equals(name))
        .findFirst()
        .orElseThrow(() ->
            RefusedQuery.of(
                "filter",
                name,
                "is none of "
                    + dimensions().stream()
                        .map(Dimension::code)
                        .collect(Collectors.joining(", "))));
  }

  private static List<Dimension> dimensions() {
    return Arrays.stream(Dimension.values())
        .filter(each -> each != Dimension.ALL && SessionColumns.has(each))
        .toList();
  }

  /** The filters as callers write them. */
  public List<String> texts() {
    return filters.stream().map(Filter::text).toList();
  }

  /** The values for {@link #sql}, in their order. */
  public List<String> values() {
    return filters.stream().map(Filter::value).toList();
  }

  /** The conditions, each after {@code AND} and with a parameter for its value. */
  public String sql() {
    return conditions(_ -> "?");
  }

  /** The same conditions with the values in them, for people who run them again. */
  public String shown() {
    return conditions(filter -> "'" + filter.value().replace("'", "''") + "'");
  }

  private String conditions(Function<Filter, String> value) {
    return filters.stream()
        .map(each ->
            "\n  AND "
                + SessionColumns.of(each.dimension())
                + (each.isNot() ? " <> " : " = ")
                + value.apply(each))
        .collect(Collectors.joining());
  }
}

package io.weir.stream.query.metrics;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a query as a caller wrote them.
 *
 * @param filters all of which must hold
 */
public record MetricRequest(
    @Nullable String from,
    @Nullable String to,
    @Nullable String grain,
    @Nullable String zone,
    @Nullable String by,
    List<String> filters,
    @Nullable String bots,
    @Nullable String compare,
    @Nullable String top) {

  /** A request without parameters. */
  public static final MetricRequest USUAL =
      new MetricRequest(null, null, null, null, null, List.of(), null, null, null);

  public MetricRequest {
    filters = List.copyOf(filters);
  }

  /** The parameters as the query part of an address. */
  String encoded() {
    var given = new ArrayList<String>();
    add(given, "from", from);
    add(given, "to", to);
    add(given, "grain", grain);
    add(given, "zone", zone);
    add(given, "by", by);
    filters.forEach(filter -> add(given, "filter", filter));
    add(given, "bots", bots);
    add(given, "compare", compare);
    return String.join("&", given);
  }

  private static void add(List<String> given, String parameter, @Nullable String value) {
    if (value != null) {
      given.add(parameter + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
  }
}

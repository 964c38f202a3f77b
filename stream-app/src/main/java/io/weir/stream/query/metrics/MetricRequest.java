package io.weir.stream.query.metrics;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The parameters of a query as a caller wrote them. */
public record MetricRequest(
    @Nullable String from,
    @Nullable String to,
    @Nullable String grain,
    @Nullable String zone,
    @Nullable String by,
    @Nullable String filter,
    @Nullable String bots,
    @Nullable String compare,
    @Nullable String top) {

  /** A request without parameters. */
  public static final MetricRequest USUAL =
      new MetricRequest(null, null, null, null, null, null, null, null, null);

  /** The parameters as the query part of an address. */
  String encoded() {
    var given = new LinkedHashMap<String, @Nullable String>();
    given.put("from", from);
    given.put("to", to);
    given.put("grain", grain);
    given.put("zone", zone);
    given.put("by", by);
    given.put("filter", filter);
    given.put("bots", bots);
    given.put("compare", compare);
    return given.entrySet().stream()
        .filter(each -> each.getValue() != null)
        .map(MetricRequest::encoded)
        .collect(Collectors.joining("&"));
  }

  private static String encoded(Map.Entry<String, @Nullable String> parameter) {
    String value = String.valueOf(parameter.getValue());
    return parameter.getKey() + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}

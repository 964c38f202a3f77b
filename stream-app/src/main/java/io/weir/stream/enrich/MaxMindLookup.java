package io.weir.stream.enrich;

import com.maxmind.db.Reader;
import io.weir.stream.enrich.GeoLookup.Place;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds places in a file of MaxMind's format. Reads the nested records of GeoIP2 ({@code
 * country.iso_code}) and the flat records of other makers ({@code country_code}).
 */
public final class MaxMindLookup implements GeoLookup {
  private static final String[] FLAT_COUNTRY = {"country_code", "country", "countryCode"};
  private static final String[] FLAT_REGION = {
    "region_code", "state1", "region", "region_name", "subdivision"
  };

  private final Reader reader;

  public MaxMindLookup(Reader reader) {
    this.reader = reader;
  }

  @Override
  public Place find(InetAddress address) throws IOException {
    Map<?, ?> found = reader.get(address, Map.class);
    return found == null ? Place.UNKNOWN : place(found);
  }

  private static Place place(Map<?, ?> found) {
    return new Place(
        found.get("country") instanceof Map<?, ?> country
            ? text(country, "iso_code")
            : text(found, FLAT_COUNTRY),
        found.get("subdivisions") instanceof List<?> subdivisions
            ? region(subdivisions)
            : text(found, FLAT_REGION),
        found.get("city") instanceof Map<?, ?> city ? name(city) : text(found, "city"));
  }

  private static @Nullable String region(List<?> subdivisions) {
    if (subdivisions.isEmpty() || !(subdivisions.getFirst() instanceof Map<?, ?> largest)) {
      return null;
    }
    String code = text(largest, "iso_code");
    return code == null ? name(largest) : code;
  }

  private static @Nullable String name(Map<?, ?> place) {
    return place.get("names") instanceof Map<?, ?> names ? text(names, "en") : null;
  }

  private static @Nullable String text(Map<?, ?> record, String... keys) {
    for (String key : keys) {
      if (record.get(key) instanceof String text && !text.isEmpty()) {
        return text;
      }
    }
    return null;
  }
}

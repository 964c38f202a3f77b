package io.weir.stream.enrich;

import java.io.IOException;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Finds the place of an address. Serves many threads. */
@FunctionalInterface
public interface GeoLookup {
  /** Throws an exception if the source is damaged there. */
  Place find(InetAddress address) throws IOException;

  /**
   * The place of an address.
   *
   * @param country ISO 3166 with two letters
   * @param region the code of the subdivision where the source has codes, else its name
   */
  record Place(@Nullable String country, @Nullable String region, @Nullable String city) {
    public static final Place UNKNOWN = new Place(null, null, null);
  }
}

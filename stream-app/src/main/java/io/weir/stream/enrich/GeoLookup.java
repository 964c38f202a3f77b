package io.weir.stream.enrich;

import java.io.IOException;
import java.net.InetAddress;

/** Finds the place of an address. Serves many threads. */
@FunctionalInterface
public interface GeoLookup {
  /** Throws where the source is damaged at that place. */
  Place find(InetAddress address) throws IOException;
}

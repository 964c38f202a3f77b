package io.weir.stream.enrich;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.stream.enrich.GeoLookup.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Country, region and city of the client's address. The source can be exchanged while events flow;
 * without one the fields stay empty.
 */
public final class Geo implements Enricher {
  private static final int REMEMBERED = 8_192;

  private volatile @Nullable RecentCache<Place> places;

  /** Replaces the source and forgets the answers of the former one. */
  public void use(GeoLookup source) {
    places = new RecentCache<>(REMEMBERED, text -> find(source, text));
  }

  public boolean hasSource() {
    return places != null;
  }

  private static Place find(GeoLookup source, String text) {
    InetAddress address = IpLiteral.parse(text);
    if (address == null) {
      return Place.UNKNOWN;
    }
    try {
      return source.find(address);
    } catch (IOException e) {
      throw new UncheckedIOException("the geo file is damaged", e);
    }
  }

  @Override
  public boolean enrich(EnrichedEvent event) {
    RecentCache<Place> known = places;
    String address = event.getIpAddress();
    if (known == null || address == null) {
      return false;
    }
    Place place = known.get(address);
    event.setCountry(place.country());
    event.setRegion(place.region());
    event.setCity(place.city());
    return place.country() != null;
  }
}

package io.weir.stream.enrich;

import org.jspecify.annotations.Nullable;

/**
 * Where an address is.
 *
 * @param country ISO 3166 with two letters
 * @param region the code of the subdivision where the source has codes, else its name
 */
public record Place(@Nullable String country, @Nullable String region, @Nullable String city) {
  public static final Place UNKNOWN = new Place(null, null, null);
}

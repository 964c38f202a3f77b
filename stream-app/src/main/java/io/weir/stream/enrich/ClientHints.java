package io.weir.stream.enrich;

import io.weir.contract.avro.EnrichedEvent;
import org.jspecify.annotations.Nullable;

/**
 * Fills browser, system, device and country from the producer's hints, in standard names, where
 * nothing better is known.
 */
final class ClientHints implements Enricher {
  @Override
  public boolean enrich(EnrichedEvent event) {
    boolean isFilled = false;
    if (isGap(event.getBrowser(), event.getBrowserHint())) {
      event.setBrowser(StandardNames.browser(event.getBrowserHint()));
      isFilled = true;
    }
    if (isGap(event.getOs(), event.getOsHint())) {
      event.setOs(StandardNames.os(event.getOsHint()));
      isFilled = true;
    }
    if (isGap(event.getDevice(), event.getDeviceHint())) {
      event.setDevice(StandardNames.device(event.getDeviceHint()));
      isFilled = true;
    }
    if (isGap(event.getCountry(), event.getCountryHint())) {
      event.setCountry(StandardNames.country(event.getCountryHint()));
      isFilled = true;
    }
    return isFilled;
  }

  private static boolean isGap(@Nullable String known, @Nullable String hint) {
    return known == null && hint != null;
  }
}

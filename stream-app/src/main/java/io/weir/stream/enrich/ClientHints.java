package io.weir.stream.enrich;

import io.weir.contract.avro.EnrichedEvent;

/**
 * Takes what the producer says of browser, system, device and country where nothing better is
 * known.
 */
final class ClientHints implements Enricher {
  @Override
  public void enrich(EnrichedEvent event) {
    if (event.getBrowser() == null) {
      event.setBrowser(event.getBrowserHint());
    }
    if (event.getOs() == null) {
      event.setOs(event.getOsHint());
    }
    if (event.getDevice() == null) {
      event.setDevice(event.getDeviceHint());
    }
    if (event.getCountry() == null) {
      event.setCountry(event.getCountryHint());
    }
  }
}

package io.weir.stream.enrich;

import io.weir.contract.avro.EnrichedEvent;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Anonymises the client's address. A text that is not an address is removed. */
final class IpAnonymisation implements Enricher {
  private final Function<String, @Nullable String> replacement;

  private IpAnonymisation(Function<String, @Nullable String> replacement) {
    this.replacement = replacement;
  }

  static IpAnonymisation truncating() {
    return new IpAnonymisation(IpLiteral::truncated);
  }

  static IpAnonymisation dropping() {
    return new IpAnonymisation(_ -> null);
  }

  static IpAnonymisation pseudonymous(Pseudonyms pseudonyms) {
    return new IpAnonymisation(pseudonyms::of);
  }

  @Override
  public boolean enrich(EnrichedEvent event) {
    String address = event.getIpAddress();
    if (address == null) {
      return false;
    }
    event.setIpAddress(replacement.apply(address));
    return true;
  }

  @Override
  public boolean isProtective() {
    return true;
  }
}

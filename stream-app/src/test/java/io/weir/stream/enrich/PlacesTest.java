package io.weir.stream.enrich;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.maxmind.db.Reader;
import io.weir.contract.avro.EnrichedEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlacesTest {
  private final Geo geo = new Geo();

  private void use(Map<String, ?> place) throws IOException {
    byte[] file = new MmdbWriter("Test").put("203.0.113.0/24", place).bytes();
    geo.use(new MaxMindLookup(new Reader(new ByteArrayInputStream(file))));
  }

  private EnrichedEvent enriched(String address) {
    EnrichedEvent event = Clicks.withAddress(address);
    geo.enrich(event);
    return event;
  }

  @Test
  void nestedRecord_givesCodesAndTheEnglishCity() throws IOException {
    use(
        Map.of(
            "country", Map.of("iso_code", "AU"),
            "subdivisions", List.of(Map.of("iso_code", "VIC")),
            "city", Map.of("names", Map.of("en", "Melbourne"))));

    EnrichedEvent event = enriched("203.0.113.9");

    assertThat(event.getCountry()).isEqualTo("AU");
    assertThat(event.getRegion()).isEqualTo("VIC");
    assertThat(event.getCity()).isEqualTo("Melbourne");
  }

  @Test
  void flatRecord_givesWhatItHas() throws IOException {
    use(Map.of("country_code", "AU", "state1", "Victoria", "city", "Melbourne"));

    EnrichedEvent event = enriched("203.0.113.9");

    assertThat(event.getCountry()).isEqualTo("AU");
    assertThat(event.getRegion()).isEqualTo("Victoria");
    assertThat(event.getCity()).isEqualTo("Melbourne");
  }

  @Test
  void recordWithoutPlace_givesNothing() throws IOException {
    use(Map.of("autonomous_system_organization", "Example Networks"));

    assertThat(enriched("203.0.113.9").getCountry()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"198.51.100.1", "no address", "", "300.1.1.1", "localhost", "fe80::1%eth9"})
  void unknownAddress_hasNoPlace(String address) throws IOException {
    use(Map.of("country_code", "AU"));

    assertThat(enriched(address).getCountry()).isNull();
  }

  @Test
  void withoutSource_nothingChanges() {
    EnrichedEvent event = Clicks.withAddress("203.0.113.9");
    event.setCountry("XX");

    assertThat(geo.enrich(event)).isFalse();
    assertThat(event.getCountry()).isEqualTo("XX");
  }

  @Test
  void otherSource_isAskedAgain() throws IOException {
    use(Map.of("country_code", "AU"));
    assertThat(enriched("203.0.113.9").getCountry()).isEqualTo("AU");

    use(Map.of("country_code", "NZ"));

    assertThat(enriched("203.0.113.9").getCountry()).isEqualTo("NZ");
  }

  @Test
  void damagedSource_isAFailureOfTheEnrichment() {
    geo.use(_ -> {
      throw new IOException("bad pointer");
    });

    assertThatThrownBy(() -> enriched("203.0.113.9"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("geo file is damaged");
  }
}

package io.weir.stream.enrich;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.maxmind.db.Reader;
import io.weir.contract.avro.EnrichedEvent;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * The file of invented places is made from {@code demo-places.csv}. After a change of the list, run
 * the tests once with {@code -Dweir.write-demo-places=true}.
 */
class DemoPlacesTest {
  private static final Path FILE = Path.of("src/main/resources/enrich/demo.mmdb");

  private static List<String[]> places() throws IOException {
    try (InputStream bytes = DemoPlacesTest.class.getResourceAsStream("/enrich/demo-places.csv");
        var lines =
            new BufferedReader(new InputStreamReader(Objects.requireNonNull(bytes), UTF_8))) {
      var places = new ArrayList<String[]>();
      for (String line : lines.readAllLines()) {
        if (!line.startsWith("#") && !line.isBlank()) {
          places.add(line.split(",", -1));
        }
      }
      return places;
    }
  }

  private static byte[] made() throws IOException {
    var writer = new MmdbWriter("Weir-Demo-City");
    for (String[] place : places()) {
      // Maps of one entry: their order, and with it the file, is always the same.
      var names = Map.of("names", Map.of("en", place[3]));
      var record = new LinkedHashMap<String, Object>();
      record.put("country", Map.of("iso_code", place[1]));
      record.put("subdivisions", List.of(Map.of("iso_code", place[2])));
      record.put("city", names);
      writer.put(place[0], record);
    }
    return writer.bytes();
  }

  @Test
  void file_isWhatTheListSays() throws IOException {
    byte[] made = made();
    if (Boolean.getBoolean("weir.write-demo-places")) {
      Files.write(FILE, made);
    }

    assertThat(Files.readAllBytes(FILE)).isEqualTo(made);
  }

  @Test
  void everyNetwork_isFound() throws IOException {
    var geo = new Geo();
    geo.use(new MaxMindLookup(new Reader(new ByteArrayInputStream(made()))));

    for (String[] place : places()) {
      EnrichedEvent event = Clicks.withAddress(place[0].substring(0, place[0].indexOf('/')));
      geo.enrich(event);
      assertThat(event.getCountry()).as(place[0]).isEqualTo(place[1]);
      assertThat(event.getRegion()).as(place[0]).isEqualTo(place[2]);
      assertThat(event.getCity()).as(place[0]).isEqualTo(place[3]);
    }
  }
}

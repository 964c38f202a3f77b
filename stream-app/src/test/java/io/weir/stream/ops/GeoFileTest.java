package io.weir.stream.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.stream.enrich.Geo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeoFileTest {
  private static final String KNOWN = "203.0.113.9";

  @TempDir private Path folder;
  private final Geo geo = new Geo();
  private Path path = Path.of("");
  private GeoFile file = new GeoFile(path, geo);

  @BeforeEach
  void place() {
    path = folder.resolve("places.mmdb");
    file = new GeoFile(path, geo);
  }

  private @Nullable String country() {
    var event = new EnrichedEvent();
    event.setIpAddress(KNOWN);
    geo.enrich(event);
    return event.getCountry();
  }

  private static byte[] good() throws IOException {
    try (InputStream bytes = GeoFile.class.getResourceAsStream("/enrich/demo.mmdb")) {
      return Objects.requireNonNull(bytes).readAllBytes();
    }
  }

  /** Writes the file with its own time of change; the length may be that of the file before. */
  private void write(byte[] bytes, long second) throws IOException {
    Files.write(path, bytes);
    Files.setLastModifiedTime(path, FileTime.fromMillis(second * 1_000));
  }

  @Test
  void missingFile_leavesFieldsEmptyUntilItAppears() throws IOException {
    assertThat(file.check()).isFalse();
    assertThat(country()).isNull();

    write(good(), 1);

    assertThat(file.check()).isTrue();
    assertThat(country()).isEqualTo("AU");
  }

  @Test
  void unchangedFile_isNotReadAgain() throws IOException {
    write(good(), 1);

    assertThat(file.check()).isTrue();
    assertThat(file.check()).isFalse();
  }

  @Test
  void replacedFile_isInUseFromTheNextCheck() throws IOException {
    write(good(), 1);
    file.check();

    byte[] other =
        new String(good(), StandardCharsets.ISO_8859_1)
            .replace("AU", "NZ")
            .getBytes(StandardCharsets.ISO_8859_1);
    write(other, 2);

    assertThat(file.check()).isTrue();
    assertThat(country()).isEqualTo("NZ");
  }

  @Test
  void brokenFile_leavesFieldsEmpty() throws IOException {
    write("no database".getBytes(StandardCharsets.UTF_8), 1);

    assertThat(file.check()).isFalse();
    assertThat(country()).isNull();
  }

  @Test
  void brokenReplacement_keepsTheGoodOneAndIsRecoveredFrom() throws IOException {
    write(good(), 1);
    file.check();

    write(Arrays.copyOf(good(), good().length / 2), 2);
    assertThat(file.check()).isFalse();
    assertThat(country()).isEqualTo("AU");

    write(good(), 3);
    assertThat(file.check()).isTrue();
    assertThat(country()).isEqualTo("AU");
  }

  @Test
  void fileOverwrittenInPlace_doesNotDisturbTheOneInUse() throws IOException {
    write(good(), 1);
    file.check();

    Files.write(path, new byte[good().length], StandardOpenOption.WRITE);

    assertThat(country()).isEqualTo("AU");
  }

  @Test
  void deletedFile_keepsTheGoodOne() throws IOException {
    write(good(), 1);
    file.check();

    Files.delete(path);

    assertThat(file.check()).isFalse();
    assertThat(country()).isEqualTo("AU");
  }

  @Test
  void folderInsteadOfAFile_leavesFieldsEmpty() {
    var wrong = new GeoFile(folder, geo);

    assertThat(wrong.check()).isFalse();
    assertThat(country()).isNull();
  }
}

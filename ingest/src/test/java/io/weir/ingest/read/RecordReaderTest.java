package io.weir.ingest.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.ingest.event.EventIds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordReaderTest {
  @TempDir private Path folder = Path.of("");

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("file"), bytes);
  }

  private static byte[] packed(byte[] bytes) throws IOException {
    var out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static List<String> records(Path file, boolean isQuoted) {
    try (var reader = new RecordReader(Content.open(file), isQuoted)) {
      var records = new ArrayList<String>();
      while (reader.next()) {
        records.add(reader.line() + ":" + new String(reader.copy(), UTF_8));
      }
      return records;
    }
  }

  @Test
  void lines_withAnyEnding_andWithoutMark() throws IOException {
    Path file = file("\ufeffa\r\n\n\nb\nc".getBytes(UTF_8));

    assertThat(records(file, false)).containsExactly("1:a", "4:b", "5:c");
  }

  @Test
  void packedMembers_areOneContent() throws IOException {
    var both = new ByteArrayOutputStream();
    both.writeBytes(packed("a\nb".getBytes(UTF_8)));
    both.writeBytes(packed("c\n".getBytes(UTF_8)));

    assertThat(records(file(both.toByteArray()), false)).containsExactly("1:a", "2:bc");
  }

  @Test
  void truncatedPackedFile_givesWhatIsThere() throws IOException {
    byte[] lines = "line of some length\n".repeat(50_000).getBytes(UTF_8);
    byte[] packed = packed(lines);
    Path file = file(Arrays.copyOf(packed, packed.length / 2));

    try (var reader = new RecordReader(Content.open(file), false)) {
      long count = 0;
      while (reader.next()) {
        count++;
      }
      assertThat(count).isBetween(1L, 49_999L);
      assertThat(reader.isTruncated()).isTrue();
    }
  }

  @Test
  void endlessLine_isPassedOver_withBoundedMemory() throws IOException {
    // 64 MB unpacked, 64 KB packed, no line break.
    Path file = folder.resolve("bomb.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      byte[] block = new byte[1 << 20];
      for (int i = 0; i < 64; i++) {
        out.write(block);
      }
      out.write("\nlast".getBytes(UTF_8));
    }

    try (var reader = new RecordReader(Content.open(file), false)) {
      assertThat(reader.next()).isTrue();
      assertThat(reader.isTooLong()).isTrue();
      assertThat(reader.record().length).isLessThanOrEqualTo(2 * RecordReader.LONGEST);
      assertThat(reader.next()).isTrue();
      assertThat(new String(reader.copy(), UTF_8)).isEqualTo("last");
    }
  }

  @Test
  void lineBreakInQuotes_belongsToTheRecord() throws IOException {
    Path file = file("a,\"x\ny\"\nb,c\n".getBytes(UTF_8));

    assertThat(records(file, true)).containsExactly("1:a,\"x\ny\"", "3:b,c");
  }

  @Test
  void quoteInsideAField_isNoneOfTheRecord() throws IOException {
    Path file = file("a\tb\n1\t27\" x\n2\ty \"\n3\t\"\"\n4\tz\"\"\n".getBytes(UTF_8));

    assertThat(records(file, true))
        .containsExactly("1:a\tb", "2:1\t27\" x", "3:2\ty \"", "4:3\t\"\"", "5:4\tz\"\"");
  }

  @Test
  void doubledQuotes_areTextOfAQuotedField() throws IOException {
    Path file = file("\ufeff\"a \"\"b\"\"\nc\",\"\"\"d\ne\"\nf\n".getBytes(UTF_8));

    assertThat(records(file, true)).containsExactly("1:\"a \"\"b\"\"\nc\",\"\"\"d\ne\"", "4:f");
  }

  @Test
  void quoteThatIsNeverClosed_endsAfterAHundredLines() throws IOException {
    Path file = file(("a,\"x\n" + "b,c\n".repeat(150)).getBytes(UTF_8));

    assertThat(records(file, true)).hasSize(1 + 51);
  }

  @Test
  void fingerprint_isOfAllBytesUpToTheRecord() throws IOException {
    byte[] bytes = "first\r\nsecond\nthird".getBytes(UTF_8);

    try (var reader = new RecordReader(Content.open(file(bytes)), false)) {
      reader.next();
      reader.next();
      assertThat(reader.offset()).isEqualTo(14);
      assertThat(reader.contentEnd()).isEqualTo(13);
      assertThat(reader.fingerprint())
          .isEqualTo(HexFormat.of().formatHex(EventIds.sha256().digest(Arrays.copyOf(bytes, 14))));
      reader.next();
      assertThat(reader.isTerminated()).isFalse();
      assertThat(reader.fingerprint())
          .isEqualTo(HexFormat.of().formatHex(EventIds.sha256().digest(bytes)));
    }
  }

  @Test
  void otherPackings_areRefusedWithAWayOut() throws IOException {
    Path zip = file("PK\u0003\u0004".getBytes(UTF_8));

    assertThatThrownBy(() -> Content.open(zip)).hasMessageContaining("zip", "unpack");
    Path utf16 = file(new byte[] {(byte) 0xff, (byte) 0xfe, 'a', 0});
    assertThatThrownBy(() -> Content.open(utf16)).hasMessageContaining("iconv");
  }
}

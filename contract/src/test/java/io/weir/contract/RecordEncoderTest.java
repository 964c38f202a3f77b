package io.weir.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

/** The same bytes as Avro's own encoder. */
class RecordEncoderTest {
  private final RecordEncoder encoder = new RecordEncoder();

  private static byte[] byAvro(String text) throws IOException {
    var out = new ByteArrayOutputStream();
    BinaryEncoder avro = EncoderFactory.get().binaryEncoder(out, null);
    avro.writeString(text);
    avro.writeInt(7);
    avro.flush();
    return out.toByteArray();
  }

  private byte[] encoded(String text) throws IOException {
    encoder.reset();
    encoder.writeString(text);
    encoder.writeInt(7);
    return encoder.toBytes();
  }

  @Test
  void texts_areAvros() throws IOException {
    for (String text :
        List.of(
            "",
            "a",
            "\0",
            "é",
            "é\0",
            "\0é",
            "aé",
            "€",
            "😀",
            "a😀",
            "\ud800",
            "ÿ",
            "é".repeat(63))) {
      assertThat(encoded(text)).as(text).isEqualTo(byAvro(text));
    }
  }

  @Test
  void textsOfAllLengths_areAvros() throws IOException {
    var random = new Random(4);
    for (int length = 0; length < 3_000; length += 1 + length / 50) {
      for (int bound : new int[] {0x80, 0x100, 0x800, 0xd800}) {
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
          text.append((char) random.nextInt(random.nextInt(20) == 0 ? bound : 0x80));
        }

        assertThat(encoded(text.toString())).isEqualTo(byAvro(text.toString()));
      }
    }
  }
}

package io.weir.stream.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextReaderTest {
  @Test
  void documentOfAsciiWithoutEscape_isPlain() {
    var ascii = new StringBuilder();
    for (char c = 1; c < 0x80; c++) {
      ascii.append(c == '\\' ? '/' : c);
      assertThat(TextReader.of(ascii.toString().getBytes(UTF_8))).isEqualTo(TextReader.PLAIN);
    }
  }

  @Test
  void escapeOrOtherCharacterAnywhere_isSeen() {
    for (int length = 1; length <= 40; length++) {
      for (int at = 0; at < length; at++) {
        for (byte odd : new byte[] {'\\', (byte) 0x80, (byte) 0xed, (byte) 0xff}) {
          byte[] document = "[]]".repeat(length).substring(0, length).getBytes(UTF_8);
          document[at] = odd;
          assertThat(TextReader.of(document)).isEqualTo(TextReader.ANY);
        }
      }
    }
  }
}

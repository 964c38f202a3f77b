package io.weir.tools.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class BytesTextTest {

  @Test
  void utf8_isText_otherBytesAreHexadecimal() {
    assertThat(BytesText.of(ByteBuffer.wrap("ä\n".getBytes(UTF_8)))).isEqualTo("ä\n");
    assertThat(BytesText.of(ByteBuffer.wrap(new byte[] {'a', -1}))).isEqualTo("0x61ff");
    assertThat(BytesText.of(null)).isEqualTo("(none)");
  }

  @Test
  void whatATerminalWouldObey_isWrittenOut() {
    assertThat(BytesText.visible("a\u001b[31m\tb\0")).isEqualTo("a\\u001b[31m\tb\\u0000");
  }
}

package io.weir.tools.replay;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Prints bytes for a person: as text if they are UTF-8, otherwise hexadecimal, without control
 * characters that a terminal would obey.
 */
final class BytesText {
  private BytesText() {}

  static String of(@Nullable ByteBuffer bytes) {
    if (bytes == null) {
      return "(none)";
    }
    try {
      return visible(StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate()).toString());
    } catch (CharacterCodingException e) {
      var raw = new byte[bytes.remaining()];
      bytes.duplicate().get(raw);
      return "0x" + HexFormat.of().formatHex(raw);
    }
  }

  /** Escapes control characters except tab and line feed, e.g. {@code \}{@code u001b}. */
  static String visible(String text) {
    var visible = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) && c != '\n' && c != '\t') {
        visible.append("\\u").append(HexFormat.of().toHexDigits(c));
      } else {
        visible.append(c);
      }
    }
    return visible.toString();
  }
}

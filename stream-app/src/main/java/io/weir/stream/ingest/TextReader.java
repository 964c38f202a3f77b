package io.weir.stream.ingest;

import com.fasterxml.jackson.core.JsonToken;
import io.weir.contract.RejectReason;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Reads the texts of a document, or refuses them. Null and empty text count as absent. */
enum TextReader {
  /** Reads documents of ASCII without an escape: every text in them can be stored. */
  PLAIN(true),
  ANY(false);

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
  private static final long LOW_BITS = 0x0101_0101_0101_0101L;
  private static final long ESCAPES = LOW_BITS * '\\';

  private final boolean isPlain;

  TextReader(boolean isPlain) {
    this.isPlain = isPlain;
  }

  static TextReader of(byte[] document) {
    int at = 0;
    for (; at + Long.BYTES <= document.length; at += Long.BYTES) {
      long eight = (long) LONG.get(document, at);
      // The subtraction sets the highest bit of a zero byte, and perhaps of the next higher byte.
      long escapes = eight ^ ESCAPES;
      if (((eight | ((escapes - LOW_BITS) & ~escapes)) & HIGH_BITS) != 0) {
        return ANY;
      }
    }
    for (; at < document.length; at++) {
      if (document[at] < 0 || document[at] == '\\') {
        return ANY;
      }
    }
    return PLAIN;
  }

  @Nullable String text(Tokens tokens, String field, int limit) throws IOException, Refusal {
    JsonToken token = tokens.current();
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (token != JsonToken.VALUE_STRING) {
      throw FieldReader.wrongType(tokens, field, "text");
    }
    // The length is checked first: an over-long text need not become a string.
    if (tokens.textLength() > limit) {
      throw new Refusal(
          RejectReason.TOO_LONG,
          field + " has " + tokens.textLength() + " characters, at most " + limit + " are allowed");
    }
    String text = tokens.text();
    if (!isPlain && !isStorable(text)) {
      throw new Refusal(
          RejectReason.BAD_VALUE, field + " contains NUL or half of a surrogate pair");
    }
    return text.isEmpty() ? null : text;
  }

  /** Whether it can be stored: PostgreSQL takes no NUL, UTF-8 no half of a surrogate pair. */
  static boolean isStorable(String text) {
    for (int i = 0; i < text.length(); i++) {
      // One comparison lets nearly every character pass: all but NUL, surrogates and those above.
      if ((char) (text.charAt(i) - 1) >= Character.MIN_SURROGATE - 1) {
        return isStorableFrom(text, i);
      }
    }
    return true;
  }

  private static boolean isStorableFrom(String text, int start) {
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return false;
      }
      if (Character.isSurrogate(c)) {
        boolean isPair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!isPair) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}

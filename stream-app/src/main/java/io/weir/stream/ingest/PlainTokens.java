package io.weir.stream.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a document that {@link TextReader#PLAIN} reads, straight from its bytes. Accepts
 * only what is certainly well-formed and throws for everything else. The caller then asks Jackson,
 * which finds the fault, or finds none.
 */
final class PlainTokens implements Tokens {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
  private static final long QUOTES = ONES * '"';
  private static final long SPACES = ONES * ' ';

  private static final byte[] TRUE = "true".getBytes(ISO_8859_1);
  private static final byte[] FALSE = "false".getBytes(ISO_8859_1);
  private static final byte[] NULL = "null".getBytes(ISO_8859_1);

  /** Well below the parser's limit, and below the 32 bits of {@link #open}. */
  private static final int MAX_DEPTH = 30;

  /** Any number with so many digits fits a long. */
  private static final int MAX_DIGITS = 18;

  private static final int END = -1;

  private final IOException unusual = new IOException("this document needs the parser");
  private final PlainNames names = new PlainNames();

  private byte[] bytes = {};
  private int at;
  private int start;
  private int end;
  private int depth;

  /** The open containers, the innermost in the lowest bit: 1 for an object, 0 for an array. */
  private int open;

  private JsonToken current = JsonToken.NOT_AVAILABLE;
  private String name = "";

  void start(byte[] document) {
    bytes = document;
    at = 0;
    depth = 0;
    open = 0;
    current = JsonToken.NOT_AVAILABLE;
    names.restart();
  }

  @Override
  public @Nullable JsonToken next() throws IOException {
    int c = visible();
    if (current == JsonToken.FIELD_NAME) {
      current = value(c);
    } else if (depth > 0) {
      current = inside(c);
    } else if (current == JsonToken.NOT_AVAILABLE && c == '{') {
      current = opened(1, JsonToken.START_OBJECT);
    } else if (current == JsonToken.END_OBJECT && c == END) {
      return null;
    } else {
      throw unusual;
    }
    return current;
  }

  /** The next byte that is not white space. */
  private int visible() {
    for (; at < bytes.length; at++) {
      int c = bytes[at];
      if (c > ' ' || (c != ' ' && c != '\n' && c != '\r' && c != '\t')) {
        return c;
      }
    }
    return END;
  }

  private JsonToken inside(int first) throws IOException {
    int c = first;
    boolean isObject = (open & 1) != 0;
    if (c == (isObject ? '}' : ']')) {
      at++;
      depth--;
      open >>>= 1;
      return isObject ? JsonToken.END_OBJECT : JsonToken.END_ARRAY;
    }
    if (!current.isStructStart()) {
      if (c != ',') {
        throw unusual;
      }
      at++;
      c = visible();
    }
    return isObject ? fieldName(c) : value(c);
  }

  private JsonToken fieldName(int c) throws IOException {
    if (c != '"') {
      throw unusual;
    }
    String guess = names.guess(bytes, at);
    if (guess != null) {
      name = guess;
      at += guess.length() + 3;
      return JsonToken.FIELD_NAME;
    }
    quoted();
    name = names.learn(text());
    if (visible() != ':') {
      throw unusual;
    }
    at++;
    return JsonToken.FIELD_NAME;
  }

  private JsonToken value(int c) throws IOException {
    return switch (c) {
      case '"' -> quoted();
      case '{' -> opened(1, JsonToken.START_OBJECT);
      case '[' -> opened(0, JsonToken.START_ARRAY);
      case 't' -> word(TRUE, JsonToken.VALUE_TRUE);
      case 'f' -> word(FALSE, JsonToken.VALUE_FALSE);
      case 'n' -> word(NULL, JsonToken.VALUE_NULL);
      default -> number(c);
    };
  }

  private JsonToken opened(int bit, JsonToken token) throws IOException {
    if (depth == MAX_DEPTH) {
      throw unusual;
    }
    at++;
    depth++;
    open = open << 1 | bit;
    return token;
  }

  private JsonToken word(byte[] word, JsonToken token) throws IOException {
    start = at;
    end = at + word.length;
    if (end > bytes.length || !Arrays.equals(bytes, start, end, word, 0, word.length)) {
      throw unusual;
    }
    at = end;
    return token;
  }

  private JsonToken number(int c) throws IOException {
    start = at;
    if (c == '-') {
      at++;
    }
    int first = at;
    int whole = digits();
    boolean isUsual = whole == 1 || (whole > 1 && whole <= MAX_DIGITS && bytes[first] != '0');
    boolean isWhole = at == bytes.length || bytes[at] != '.';
    if (!isWhole) {
      at++;
      isUsual &= digits() > 0;
    }
    if (!isUsual) {
      throw unusual;
    }
    end = at;
    return isWhole ? JsonToken.VALUE_NUMBER_INT : JsonToken.VALUE_NUMBER_FLOAT;
  }

  private int digits() {
    int first = at;
    while (at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    return at - first;
  }

  /** Reads from one quote to the next, eight bytes at a time. No byte is above 0x7f here. */
  private JsonToken quoted() throws IOException {
    start = at + 1;
    int i = start;
    for (; i + Long.BYTES <= bytes.length; i += Long.BYTES) {
      long eight = (long) LONG.get(bytes, i);
      // The subtraction sets the highest bit of a quote, and of a byte below the space.
      if (((((eight ^ QUOTES) - ONES) | (eight - SPACES)) & HIGH_BITS) != 0) {
        break;
      }
    }
    while (i < bytes.length && bytes[i] != '"' && bytes[i] >= ' ') {
      i++;
    }
    if (i == bytes.length || bytes[i] != '"') {
      throw unusual;
    }
    end = i;
    at = i + 1;
    return JsonToken.VALUE_STRING;
  }

  @Override
  public JsonToken current() {
    return current;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String text() {
    return new String(bytes, start, end - start, ISO_8859_1);
  }

  @Override
  public int textLength() {
    return end - start;
  }

  @Override
  public NumberType numberType() {
    long number = longValue();
    return number == (int) number ? NumberType.INT : NumberType.LONG;
  }

  @Override
  public long longValue() {
    boolean isNegative = bytes[start] == '-';
    long number = 0;
    for (int i = isNegative ? start + 1 : start; i < end; i++) {
      number = number * 10 + (bytes[i] - '0');
    }
    return isNegative ? -number : number;
  }

  @Override
  public void skipChildren() throws IOException {
    if (current.isStructStart()) {
      int outside = depth - 1;
      while (depth > outside) {
        next();
      }
    }
  }

  @Override
  public String structure() throws IOException {
    int from = at - 1;
    skipChildren();
    return ExtraText.copied(bytes, from, at - from);
  }
}

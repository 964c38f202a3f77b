package io.weir.simulator.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A buffer for JSON that grows as needed and is reused. Texts are written without escaping. */
public final class JsonBuffer {
  private static final byte[] HEX = ascii("0123456789abcdef");
  private static final long DAY = 86_400_000;

  private byte[] bytes;
  private int length;
  private long writtenDay = Long.MIN_VALUE;
  private final byte[] dayText = new byte[11];

  public JsonBuffer(int capacity) {
    bytes = new byte[capacity];
  }

  /** The bytes of a text, for constants. */
  public static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return length;
  }

  public JsonBuffer clear() {
    length = 0;
    return this;
  }

  public byte[] copy() {
    return Arrays.copyOf(bytes, length);
  }

  public JsonBuffer put(byte[] text) {
    return put(text, text.length);
  }

  public JsonBuffer put(byte[] text, int count) {
    return put(text, 0, count);
  }

  public JsonBuffer put(byte[] text, int start, int count) {
    room(count);
    System.arraycopy(text, start, bytes, length, count);
    length += count;
    return this;
  }

  /** Appends a text that is not known in advance; constants go through {@link #ascii}. */
  public JsonBuffer put(String text) {
    return put(ascii(text));
  }

  public JsonBuffer put(char oneByte) {
    room(1);
    bytes[length++] = (byte) oneByte;
    return this;
  }

  /** Appends a number that is not negative. */
  public JsonBuffer number(long value) {
    if (value < 0) {
      throw new IllegalArgumentException("negative: " + value);
    }
    int digits = 1;
    for (long rest = value / 10; rest > 0; rest /= 10) {
      digits++;
    }
    return digits(value, digits);
  }

  /** Appends hundredths as an exact decimal. */
  public JsonBuffer cents(long value) {
    return number(value / 100).put('.').digits(value % 100, 2);
  }

  /** Appends the lowest {@code digits} hexadecimal digits. */
  public JsonBuffer hex(long value, int digits) {
    room(digits);
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
      bytes[length++] = HEX[(int) (value >>> shift) & 15];
    }
    return this;
  }

  public JsonBuffer uuid(long high, long low) {
    hex(high >>> 32, 8).put('-').hex(high >>> 16, 4).put('-').hex(high, 4).put('-');
    return hex(low >>> 48, 4).put('-').hex(low, 12);
  }

  /** Appends epoch milliseconds as RFC 3339 in UTC with milliseconds. */
  public JsonBuffer instant(long time) {
    long day = Math.floorDiv(time, DAY);
    if (day != writtenDay) {
      writeDay(day);
    }
    int rest = (int) (time - day * DAY);
    put(dayText);
    digits(rest / 3_600_000, 2).put(':').digits(rest / 60_000 % 60, 2).put(':');
    return digits(rest / 1000 % 60, 2).put('.').digits(rest % 1000, 3).put('Z');
  }

  /*
   * Converts days to a date of the proleptic Gregorian calendar. Years begin in March, so that the
   * leap day is the last day of a year (Howard Hinnant, "chrono-compatible low-level date
   * algorithms").
   */
  private void writeDay(long day) {
    long shifted = day + 719_468;
    long era = Math.floorDiv(shifted, 146_097L);
    long dayOfEra = shifted - era * 146_097;
    long yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    long monthFromMarch = (5 * dayOfYear + 2) / 153;
    long dayOfMonth = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
    long month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
    long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
    int start = length;
    digits(year, 4).put('-').digits(month, 2).put('-').digits(dayOfMonth, 2).put('T');
    System.arraycopy(bytes, start, dayText, 0, dayText.length);
    length = start;
    writtenDay = day;
  }

  private JsonBuffer digits(long value, int count) {
    room(count);
    long rest = value;
    for (int i = length + count - 1; i >= length; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += count;
    return this;
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}

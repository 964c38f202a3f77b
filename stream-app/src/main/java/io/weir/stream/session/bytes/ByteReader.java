package io.weir.stream.session.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what {@link ByteWriter} wrote. */
public final class ByteReader {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** So many bytes of a number have 63 bits and fit a long. */
  private static final int SURE_BYTES = 9;

  private final byte[] bytes;
  private int position;

  public ByteReader(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Whether all bytes have been read. */
  public boolean isAtEnd() {
    return position == bytes.length;
  }

  public int varint() {
    return (int) varlong();
  }

  public long varlong() {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = bytes[position++];
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  public long signed() {
    long value = varlong();
    return (value >>> 1) ^ -(value & 1);
  }

  /** A number of any size. */
  public BigInteger signedOfAnySize() {
    int start = position;
    long value = signed();
    if (position - start <= SURE_BYTES) {
      return BigInteger.valueOf(value);
    }
    BigInteger all = BigInteger.ZERO;
    for (int i = position - 1; i >= start; i--) {
      all = all.shiftLeft(7).or(BigInteger.valueOf(bytes[i] & 0x7f));
    }
    BigInteger half = all.shiftRight(1);
    return all.testBit(0) ? half.not() : half;
  }

  public int reference() {
    return varint() - 1;
  }

  public long fixed() {
    long value = (long) LONG.get(bytes, position);
    position += Long.BYTES;
    return value;
  }

  /** Whether the counted row of fixed numbers that comes next has this value. */
  public boolean hasFixed(long value) {
    int size = varint() * Long.BYTES;
    int end = position + size;
    for (int at = position; at < end; at += Long.BYTES) {
      if ((long) LONG.get(bytes, at) == value) {
        return true;
      }
    }
    return false;
  }

  public byte[] bytes() {
    int length = varint();
    byte[] value = Arrays.copyOfRange(bytes, position, position + length);
    position += length;
    return value;
  }

  public String text() {
    int length = varint();
    var text = new String(bytes, position, length, StandardCharsets.UTF_8);
    position += length;
    return text;
  }
}

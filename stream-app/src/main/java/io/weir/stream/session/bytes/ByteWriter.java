package io.weir.stream.session.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Appends numbers and texts to a byte array that grows. */
public final class ByteWriter {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] bytes;
  private int size;

  public ByteWriter(int capacity) {
    this.bytes = new byte[capacity];
  }

  public void varint(int value) {
    varlong(value & 0xffff_ffffL);
  }

  public void varlong(long value) {
    // One byte is the usual case: a reference, a type, a small number.
    if ((value & ~0x7fL) == 0 && size < bytes.length) {
      bytes[size++] = (byte) value;
      return;
    }
    room(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /** Writes a number of either sign; a small magnitude takes few bytes. */
  public void signed(long value) {
    varlong((value << 1) ^ (value >> 63));
  }

  /** Writes a number of any size, one that fits a long like {@link #signed(long)}. */
  public void signed(BigInteger value) {
    if (value.bitLength() < Long.SIZE) {
      signed(value.longValue());
      return;
    }
    BigInteger rest = value.signum() < 0 ? value.not().shiftLeft(1).setBit(0) : value.shiftLeft(1);
    room(rest.bitLength() / 7 + 1);
    for (; rest.bitLength() > 7; rest = rest.shiftRight(7)) {
      bytes[size++] = (byte) (rest.intValue() | 0x80);
    }
    bytes[size++] = rest.byteValue();
  }

  /** Writes a number from -1 on; -1 stands for none. */
  public void reference(int number) {
    varint(number + 1);
  }

  public void fixed(long value) {
    room(Long.BYTES);
    LONG.set(bytes, size, value);
    size += Long.BYTES;
  }

  public void text(String text) {
    bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  public void bytes(byte[] value) {
    varint(value.length);
    room(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
  }

  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  private void room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }
  }
}

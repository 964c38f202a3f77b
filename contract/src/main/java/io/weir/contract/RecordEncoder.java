package io.weir.contract;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.avro.io.BinaryEncoder;

/** Avro's binary encoding into one array that is used again: no lock, no copy of each string. */
final class RecordEncoder extends BinaryEncoder {
  private static final int LONGEST_NUMBER = 10;

  private byte[] bytes = new byte[1024];
  private int size;

  void reset() {
    size = 0;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  private void room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
    }
  }

  @Override
  protected void writeZero() {
    room(1);
    bytes[size++] = 0;
  }

  @Override
  public int bytesBuffered() {
    return size;
  }

  @Override
  public void writeBoolean(boolean value) {
    room(1);
    bytes[size++] = (byte) (value ? 1 : 0);
  }

  /** Branches of unions and small counts, one byte each, are most of what is written. */
  @Override
  public void writeInt(int value) {
    int zigzag = (value << 1) ^ (value >> 31);
    if ((zigzag & ~0x7f) == 0 && size < bytes.length) {
      bytes[size++] = (byte) zigzag;
    } else {
      writeLong(value);
    }
  }

  @Override
  public void writeLong(long value) {
    room(LONGEST_NUMBER);
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7fL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  @Override
  public void writeFloat(float value) {
    room(Float.BYTES);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(size, value);
    size += Float.BYTES;
  }

  @Override
  public void writeDouble(double value) {
    room(Double.BYTES);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putDouble(size, value);
    size += Double.BYTES;
  }

  @Override
  public void writeFixed(byte[] from, int start, int length) {
    room(length);
    System.arraycopy(from, start, bytes, size, length);
    size += length;
  }

  @Override
  public void writeString(String text) {
    // The JDK copies ASCII, which nearly all text is, in one go; a loop over the characters is
    // slower than the array it would save.
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    writeInt(utf8.length);
    writeFixed(utf8, 0, utf8.length);
  }

  @Override
  public void flush() {
    // There is nowhere to flush to.
  }
}

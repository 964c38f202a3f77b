package io.weir.contract;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.avro.io.BinaryEncoder;

/**
 * Encodes records in Avro's binary form into one reusable array, without a lock and without a copy
 * of each string.
 */
final class RecordEncoder extends BinaryEncoder {
  private static final int LONGEST_NUMBER = 10;

  /** A byte that UTF-8 never contains. */
  private static final byte NO_UTF_8 = (byte) 0xff;

  private byte[] bytes = new byte[1024];
  private MemorySegment segment = MemorySegment.ofArray(bytes);
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
      segment = MemorySegment.ofArray(bytes);
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

  /**
   * Writes most values in one byte: branches of unions and small counts are the most frequent ones.
   */
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

  /** Writes ASCII text, which is nearly all text, without a copy: each character is one byte. */
  @Override
  public void writeString(String text) {
    int before = size;
    int length = text.length();
    room(LONGEST_NUMBER + 3 * length + 2);
    writeInt(length);
    int behind = size + length + 1;
    bytes[behind] = NO_UTF_8;
    segment.setString(size, text, StandardCharsets.UTF_8);
    if (bytes[behind] == NO_UTF_8) {
      size += length;
    } else {
      // The text took more than one byte for each character and the zero behind them: it is not
      // ASCII.
      size = before;
      writeLonger(text);
    }
  }

  private void writeLonger(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    writeInt(utf8.length);
    writeFixed(utf8, 0, utf8.length);
  }

  @Override
  public void flush() {
    // There is no stream behind this encoder to flush.
  }
}

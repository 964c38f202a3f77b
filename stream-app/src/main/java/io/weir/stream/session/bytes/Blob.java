package io.weir.stream.session.bytes;

/**
 * Bytes that never change. Small ones lie in the visitor's own record; the store keeps large ones
 * as parts, records of their own that are written once.
 */
public final class Blob {
  /** The part number of bytes that lie in the visitor's own record. */
  public static final int INSIDE = 0;

  private final byte[] bytes;
  private int part;

  public Blob(byte[] bytes) {
    this(bytes, INSIDE);
  }

  private Blob(byte[] bytes, int part) {
    this.bytes = bytes;
    this.part = part;
  }

  public byte[] bytes() {
    return bytes;
  }

  /** The part's number, {@link #INSIDE} if the bytes are no part. */
  public int part() {
    return part;
  }

  public boolean isApart() {
    return part != INSIDE;
  }

  public void putApart(int number) {
    part = number;
  }

  /**
   * @param isWhole whether to write the bytes themselves even if the store keeps them apart
   */
  public void write(ByteWriter out, boolean isWhole) {
    out.varint(isWhole ? INSIDE : part);
    if (isWhole || !isApart()) {
      out.bytes(bytes);
    }
  }

  public static Blob read(ByteReader in, PartReader parts) {
    int part = in.varint();
    return part == INSIDE ? new Blob(in.bytes()) : new Blob(parts.read(part), part);
  }
}

package io.weir.stream.session.codec;

import io.weir.stream.session.bytes.PartStore;
import io.weir.stream.session.visitor.VisitorState;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** The records of one visitor as the store would have them. */
public final class StoredParts implements PartStore {
  public final Map<Integer, byte[]> parts = new HashMap<>();
  private byte[] own = VisitorStateCodec.encode(new VisitorState());
  private int largest;
  private long written;

  public void store(VisitorState state) {
    own = VisitorStateCodec.encode(state, this);
    count(own);
    VisitorStateCodec.deleteStale(state, this);
  }

  public VisitorState load() {
    return VisitorStateCodec.decode(own, this);
  }

  /** The bytes of the largest record that was ever written. */
  public int largest() {
    return largest;
  }

  /** The bytes of all records that were ever written. */
  public long written() {
    return written;
  }

  public byte[] own() {
    return own;
  }

  private void count(byte[] record) {
    largest = Math.max(largest, record.length);
    written += record.length;
  }

  @Override
  public byte[] read(int part) {
    return Objects.requireNonNull(parts.get(part));
  }

  @Override
  public void write(int part, byte[] bytes) {
    count(bytes);
    parts.put(part, bytes);
  }

  @Override
  public void delete(int part) {
    parts.remove(part);
  }
}

package io.weir.stream.processor.visitors;

import io.weir.stream.session.bytes.PartStore;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueStore;

/** The parts of one visitor, in the store of visitors under keys that no visitor can have. */
public record VisitorParts(String visitor, KeyValueStore<String, byte[]> store)
    implements PartStore {
  /** Separates id and part. An id never contains it: validation refuses such an event. */
  private static final char SEPARATOR = '\0';

  /** Reads a part. It is missing only between two changes of a copy that is being restored. */
  @Override
  public byte[] read(int part) {
    byte[] bytes = store.get(key(part));
    if (bytes == null) {
      throw new InvalidStateStoreException("part " + part + " of a visitor is not there");
    }
    return bytes;
  }

  @Override
  public void write(int part, byte[] bytes) {
    store.put(key(part), bytes);
  }

  @Override
  public void delete(int part) {
    store.delete(key(part));
  }

  /** Whether the key is that of a part. */
  public static boolean isNoVisitor(String id) {
    return id.indexOf(SEPARATOR) >= 0;
  }

  private String key(int part) {
    return visitor + SEPARATOR + part;
  }
}

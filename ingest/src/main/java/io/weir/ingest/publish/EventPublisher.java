package io.weir.ingest.publish;

/** A target of events. It waits when the target is slower than the files. */
public interface EventPublisher extends AutoCloseable {
  void publish(byte[] key, byte[] value);

  /** Returns when the target has stored everything that was published so far. */
  void flush();

  /** The number of partitions of the raw topic. */
  int partitions();

  /** May be called twice. */
  @Override
  void close();
}

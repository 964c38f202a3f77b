package io.weir.ingest.publish;

/** Where events go. Waits when the target is slower than the files. */
public interface EventPublisher extends AutoCloseable {
  void publish(byte[] key, byte[] value);

  /** Returns when everything published so far is safely with the target. */
  void flush();

  /** How many partitions the raw topic has. */
  int partitions();

  /** May be called twice. */
  @Override
  void close();
}

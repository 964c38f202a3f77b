package io.weir.sink.write;

import io.weir.lake.commit.Changes;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Collects records until they are committed. */
public interface RowWriter {

  void write(ConsumerRecord<byte[], byte[]> record);

  /** The bytes of the collected records, which count towards {@link RollPolicy#bytes}. */
  long bytes();

  /** Closes the open files. A second call returns the same changes. */
  Changes close();

  /** Starts anew after the changes were committed. */
  void committed();

  /** Deletes the files and starts anew. The changes are not in the table and never will be. */
  void discard();

  /** Starts anew and leaves the files where they are, because the table may have them. */
  void abandon();

  /** Drops caches of the table, which may be stale after partitions were assigned or revoked. */
  void reassigned();
}

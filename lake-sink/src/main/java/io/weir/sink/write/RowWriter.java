package io.weir.sink.write;

import io.weir.lake.commit.Changes;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Collects records until they are committed. */
public interface RowWriter {

  void write(ConsumerRecord<byte[], byte[]> record);

  /** What has been collected, in bytes that count towards the size to roll at. */
  long bytes();

  /** Closes what is open. A second call returns the same changes. */
  Changes close();

  /** The changes are in the table: start anew. */
  void committed();

  /** The changes are not in the table and never will be: delete the files, start anew. */
  void discard();

  /** Nobody may ever know: leave the files where they are, start anew. */
  void abandon();

  /** Partitions came or went: what is remembered of the table may be out of date. */
  void reassigned();
}

package io.weir.sink.loop;

import io.weir.process.LogVisitor;
import io.weir.process.trace.Trace;
import io.weir.process.trace.TraceLines;
import io.weir.process.trace.Tracing;
import io.weir.sink.write.UnreadableRecordException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The followed records of the next commit. Each gets a step when its row is certainly there. */
final class TracedRows {
  /** A commit may hold millions of rows; so many of them are followed. */
  static final int MOST = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(TracedRows.class);

  private final Tracing tracing;
  private final String table;
  private final List<Row> rows = new ArrayList<>();

  private record Row(Trace trace, String topic, long since) {}

  TracedRows(Tracing tracing, String table) {
    this.tracing = tracing;
    this.table = table;
  }

  void add(ConsumerRecord<byte[], byte[]> record) {
    Trace trace = tracing.follow(record.headers());
    if (trace != null && rows.size() < MOST) {
      rows.add(new Row(trace, record.topic(), record.timestamp()));
    }
  }

  void committed() {
    for (Row row : rows) {
      row.trace()
          .step("commit " + table, row.since(), "weir.table", table, "weir.topic", row.topic());
    }
    rows.clear();
  }

  /** Logs that the table stops at a record, with the ids of its trace and its visitor. */
  void stopped(UnreadableRecordException at) {
    Trace trace = tracing.follow(at.record().headers());
    try (TraceLines _ = trace == null ? null : trace.lines()) {
      LogVisitor.add(at.record().key(), LOG.atError()).log("{} stops: {}", table, at.getMessage());
    }
  }

  /** The rows are read and written again. */
  void dropped() {
    rows.clear();
  }
}

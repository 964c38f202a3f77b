package io.weir.sink.loop;

import io.weir.lake.commit.Committer;
import io.weir.process.trace.Tracing;
import io.weir.sink.ops.LoopHealth;
import io.weir.sink.ops.LoopMeters;
import io.weir.sink.write.RollPolicy;
import io.weir.sink.write.RowWriter;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;

/** The parts of a loop except its consumer. */
public record LoopParts(
    String topic,
    RowWriter writer,
    Committer committer,
    RollPolicy roll,
    Clock clock,
    Supplier<UUID> ids,
    LoopHealth health,
    LoopMeters meters,
    boolean acceptsLostOffsets,
    Supplier<String> topicId,
    Tracing tracing) {

  /** Returns the same parts with another committer. */
  public LoopParts committingWith(Committer other) {
    return new LoopParts(
        topic,
        writer,
        other,
        roll,
        clock,
        ids,
        health,
        meters,
        acceptsLostOffsets,
        topicId,
        tracing);
  }
}

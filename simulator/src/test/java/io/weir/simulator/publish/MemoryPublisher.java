package io.weir.simulator.publish;

import io.weir.process.kafka.EventPublisher;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps the published records in memory. */
public final class MemoryPublisher implements EventPublisher {
  private final List<Sent> sent = new ArrayList<>();
  private final int partitions;

  public MemoryPublisher(int partitions) {
    this.partitions = partitions;
  }

  /** A record. */
  public record Sent(@Nullable String key, String value) {}

  public List<Sent> sent() {
    return sent;
  }

  @Override
  public void publish(byte @Nullable [] key, byte[] value, int length) {
    String text = new String(Arrays.copyOf(value, length), StandardCharsets.UTF_8);
    sent.add(new Sent(key == null ? null : new String(key, StandardCharsets.UTF_8), text));
  }

  @Override
  public void idle() {}

  @Override
  public void flush() {}

  @Override
  public int partitions() {
    return partitions;
  }

  @Override
  public void close() {}
}

package io.weir.process.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.VisitorPartition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ClosingEventsTest {
  private final ClosingEvents closing = new ClosingEvents("page_ping", "weir-test");

  /** Keeps what it gets. */
  private static final class Kept implements EventPublisher {
    private final int partitions;
    private final List<String> keys = new ArrayList<>();
    private final List<String> values = new ArrayList<>();
    private int flushed;

    Kept(int partitions) {
      this.partitions = partitions;
    }

    @Override
    public void publish(byte @Nullable [] key, byte[] value, int length) {
      keys.add(key == null ? "" : new String(key, UTF_8));
      values.add(new String(value, 0, length, UTF_8));
    }

    @Override
    public void idle() {}

    @Override
    public void flush() {
      flushed = values.size();
    }

    @Override
    public int partitions() {
      return partitions;
    }

    @Override
    public void close() {}
  }

  @Test
  void events_coverEveryPartitionOnce() {
    var publisher = new Kept(7);

    int sent = closing.send(publisher, 1_000);

    assertThat(sent).isEqualTo(7);
    assertThat(publisher.flushed).isEqualTo(7);
    assertThat(publisher.keys)
        .extracting(key -> VisitorPartition.of(key, 7))
        .containsExactly(0, 1, 2, 3, 4, 5, 6);
  }

  @Test
  void event_isValidAndAtTheTimeGiven() {
    var publisher = new Kept(1);

    closing.send(publisher, 1_000);

    assertThat(publisher.keys).containsExactly("weir-closing-0");
    assertThat(publisher.values)
        .containsExactly(
            "{\"event_id\":\"weir-closing-0-1000\",\"event_type\":\"page_ping\","
                + "\"event_time\":\"1970-01-01T00:00:01.000Z\","
                + "\"anonymous_id\":\"weir-closing-0\",\"app_id\":\"weir-test\"}");
  }
}

package io.weir.simulator.publish;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.VisitorPartition;
import io.weir.simulator.Reader;
import org.junit.jupiter.api.Test;

class ClosingEventsTest {
  @Test
  void events_coverEveryPartitionOnce() {
    var publisher = new MemoryPublisher(7);

    int sent = ClosingEvents.send(publisher, 1_000);

    assertThat(sent).isEqualTo(7);
    assertThat(publisher.sent())
        .extracting(record -> VisitorPartition.of(requireNonNull(record.key()), 7))
        .containsExactly(0, 1, 2, 3, 4, 5, 6);
  }

  @Test
  void event_isValidAndAtTheTimeGiven() {
    var publisher = new MemoryPublisher(1);

    ClosingEvents.send(publisher, 1_000);

    Reader.Event event = Reader.read(publisher.sent().getFirst().value()).orElseThrow();
    assertThat(event.type()).isEqualTo("page_ping");
    assertThat(event.time()).isEqualTo(1_000);
    assertThat(event.visitor())
        .isEqualTo(publisher.sent().getFirst().key())
        .startsWith("weir-closing-");
  }
}

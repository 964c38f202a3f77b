package io.weir.ingest.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.ingest.event.Skip;
import io.weir.ingest.event.Times;
import io.weir.ingest.format.FormatName;
import io.weir.ingest.format.Formats;
import io.weir.ingest.format.MapRules;
import io.weir.ingest.run.EventConverter;
import io.weir.testkit.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PartitionQueuesTest {
  private static final Instant NOW = Instant.parse("2026-01-10T00:00:00Z");
  private static final TopicPartition A = new TopicPartition("clicks", 0);
  private static final TopicPartition B = new TopicPartition("clicks", 1);
  private final PartitionQueues queues = new PartitionQueues(new ManualClock(NOW));

  private void read(TopicPartition partition, Instant time) throws Skip {
    byte[] record =
        "{\"ts\":%d,\"visitor_id\":\"v\",\"event\":\"page\"}"
            .formatted(time.toEpochMilli())
            .getBytes(StandardCharsets.UTF_8);
    var format =
        new Formats(MapRules.NONE, new Times(ZoneOffset.UTC), "", false)
            .make(FormatName.JSONL, List.of(record));
    var place = new EventConverter.Place("id", Times.INVALID);
    var event = new EventConverter("").convert(record, record.length, place, format);
    queues.add(partition, new Waiting(event, new OffsetAndMetadata(1)));
  }

  private void skip(TopicPartition partition) {
    queues.add(partition, new Waiting(null, new OffsetAndMetadata(1)));
  }

  private static Instant before(long hours) {
    return NOW.minus(Duration.ofHours(hours));
  }

  private List<TopicPartition> turns(TopicPartition... unread) {
    var turns = new ArrayList<TopicPartition>();
    for (var next = queues.poll(Set.of(unread)); next != null; next = queues.poll(Set.of(unread))) {
      turns.add(next.partition());
    }
    return turns;
  }

  @Test
  void oldestEvent_goesFirst() throws Skip {
    read(A, before(40));
    read(A, before(20));
    read(B, before(30));

    assertThat(turns()).containsExactly(A, B, A);
    assertThat(queues.isEmpty()).isTrue();
  }

  @Test
  void eventThatIsFarAhead_waitsForThePartitionThatHasMoreToRead() throws Skip {
    read(A, before(40));
    read(B, before(90));
    assertThat(turns(A, B)).containsExactly(B);

    read(B, before(41));
    assertThat(turns(A, B)).containsExactly(B, A);
  }

  @Test
  void partitionThatWasNotReadYet_holdsTheOthers_untilItHasNothing() throws Skip {
    read(A, before(40));
    assertThat(turns(B)).isEmpty();

    assertThat(turns()).containsExactly(A);
  }

  @Test
  void recordThatIsSkipped_waitsForNobody_andSaysNothingOfTheTime() throws Skip {
    skip(A);
    read(A, before(40));
    assertThat(turns(A, B)).containsExactly(A);

    skip(B);
    assertThat(turns(A, B)).containsExactly(B);
    assertThat(turns(A)).containsExactly(A);
  }

  @Test
  void eventOfTheFuture_countsAsOfNow() throws Skip {
    read(B, NOW);
    assertThat(turns(A)).isEmpty();
    assertThat(turns()).containsExactly(B);

    read(A, NOW.plus(Duration.ofDays(36_500)));
    assertThat(turns(B)).containsExactly(A);
  }

  @Test
  void fullQueue_isReadLater_andAForgottenOneIsEmpty() throws Skip {
    for (int i = 0; i < 500; i++) {
      read(A, before(1));
    }
    assertThat(queues.full()).containsExactly(A);

    queues.drop(Set.of(A));
    assertThat(queues.full()).isEmpty();
    assertThat(queues.isEmpty()).isTrue();
  }
}

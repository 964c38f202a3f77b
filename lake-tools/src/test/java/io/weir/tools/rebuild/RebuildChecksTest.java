package io.weir.tools.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.process.StartupException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class RebuildChecksTest {
  private static final RebuildName NAME = new RebuildName("rebuild");

  @Test
  void partitionThatTheTopicWouldNotHave_isRefused() {
    assertThatThrownBy(() -> RebuildTopics.requireRoom(Set.of(0, 4), 4, NAME))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("partition 4")
        .hasMessageContaining("rebuild.raw would get 4 partitions")
        .hasMessageContaining("WEIR_TOPIC_PARTITIONS")
        .hasMessageEndingWith(": 5");
  }

  @Test
  void emptyLakeAndAllPartitions_haveRoom() {
    assertThatCode(() -> RebuildTopics.requireRoom(Set.of(), 4, NAME)).doesNotThrowAnyException();
    assertThatCode(() -> RebuildTopics.requireRoom(Set.of(3), 4, NAME)).doesNotThrowAnyException();
  }

  @Test
  void load_waitsUntilStreamAppHasStartedAndRead() throws InterruptedException {
    Iterator<Long> answers = List.of(LoadCommand.NOT_STARTED, 7L, 0L).iterator();
    LongSupplier unread = answers::next;

    assertThat(LoadCommand.awaitRead(unread, System.nanoTime() + Long.MAX_VALUE / 2)).isZero();
    assertThat(answers).isExhausted();
  }

  @Test
  void load_saysAtTheDeadlineWhatIsLeft() throws InterruptedException {
    long past = System.nanoTime() - 1;

    assertThat(LoadCommand.awaitRead(() -> LoadCommand.NOT_STARTED, past))
        .isEqualTo(LoadCommand.NOT_STARTED);
    assertThat(LoadCommand.awaitRead(() -> 7, past)).isEqualTo(7);
  }

  @Test
  void topicThatGrows_isNotStill() {
    var place = new TopicPartition("cells", 0);
    Iterator<Long> ends = List.of(1L, 1L, 2L, 2L, 2L).iterator();
    Iterator<Long> seconds = List.of(0L, 2L, 4L, 6L, 7L).iterator();
    var still =
        new Stillness(
            () -> Map.of(place, ends.next()), () -> Duration.ofSeconds(seconds.next()).toNanos());

    assertThat(Stream.generate(still::getAsBoolean).limit(5))
        .containsExactly(false, false, false, false, true);
  }
}

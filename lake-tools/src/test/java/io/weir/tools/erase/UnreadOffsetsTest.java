package io.weir.tools.erase;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.Topics;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class UnreadOffsetsTest {
  private static final Topics TOPICS = Topics.of("shop", 2, (short) 1, Duration.ofDays(1));
  private static final TopicPartition SESSIONS = new TopicPartition("shop.sessions", 0);
  private static final TopicPartition EVENTS = new TopicPartition("shop.events", 0);
  private static final TopicPartition OTHER_EVENTS = new TopicPartition("shop.events", 1);

  @Test
  void streamsOfMlScoring_areNamedWithWhatTheyHaveNotRead_ifTheyHaveReadAtAll() {
    Map<String, Map<TopicPartition, Long>> read =
        Map.of(
            "shop-scoring", Map.of(SESSIONS, 70L),
            "shop-scoring-clicks", Map.of(EVENTS, 30L));

    assertThat(unread(read))
        .isEqualTo(
            Map.of(
                "ml-scoring's group shop-scoring", 0L,
                // Twenty are left of one partition, and all 45 of the one without an offset.
                "ml-scoring's group shop-scoring-clicks", 65L));
  }

  @Test
  void recordsSinceTheCommandBegan_doNotCount() {
    assertThat(unread(Map.of("shop-scoring-challenger", Map.of(SESSIONS, 71L))).values())
        .containsExactly(0L);
  }

  private static Map<String, Long> unread(Map<String, Map<TopicPartition, Long>> read) {
    var groups =
        new ScoringGroups(ScoringGroups.of(TOPICS), group -> read.getOrDefault(group, Map.of()));
    return new UnreadOffsets(
            TOPICS,
            Map.of(SESSIONS, 0L, EVENTS, 0L, OTHER_EVENTS, 5L),
            Map.of(SESSIONS, 70L, EVENTS, 50L, OTHER_EVENTS, 50L),
            groups)
        .unreadByScoring();
  }
}

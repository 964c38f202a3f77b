package io.weir.ingest.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventIdsTest {
  private static List<String> ids(String application, String... records) {
    var ids = new EventIds(application);
    ids.startFile();
    return Stream.of(records).map(record -> id(ids, record)).toList();
  }

  private static String id(EventIds ids, String record) {
    byte[] bytes = record.getBytes(StandardCharsets.UTF_8);
    return ids.next(bytes, bytes.length);
  }

  @Test
  void sameFile_givesTheSameIds() {
    assertThat(ids("", "a", "b", "a")).isEqualTo(ids("", "a", "b", "a"));
  }

  @Test
  void equalRecordsOfAFile_areTwoEvents() {
    List<String> ids = ids("", "a", "a", "b", "a");

    assertThat(new HashSet<>(ids)).hasSize(4);
    assertThat(ids.get(1)).isEqualTo(ids.getFirst() + "-2");
    assertThat(ids.get(3)).isEqualTo(ids.getFirst() + "-3");
  }

  @Test
  void otherApplication_hasOtherEvents() {
    assertThat(ids("shop", "a")).isNotEqualTo(ids("blog", "a"));
  }

  @Test
  void equalRecordsWithinAGeneration_areFound() {
    var ids = new EventIds("");
    ids.startFile();
    String first = id(ids, "a");
    for (int i = 0; i < EventIds.GENERATION; i++) {
      var _ = id(ids, "other " + i);
    }

    assertThat(id(ids, "a")).isEqualTo(first + "-2");
  }
}

package io.weir.tools.erase;

import io.weir.contract.Topic;
import io.weir.contract.Topics;
import io.weir.lake.commit.CommittedOffsets;
import io.weir.lake.table.LakeTables;
import io.weir.lake.table.TableSpec;
import io.weir.process.StartupException;
import io.weir.process.VisibleTopics;
import io.weir.tools.settings.ToolSettings;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * The end offsets of topics at one moment, to compare with what the tables have read. Unread
 * records may bring a person back. The difference is in offsets, so marks of transactions count
 * too.
 */
final class UnreadOffsets {
  private final Topics topics;
  private final Map<TopicPartition, Long> first;
  private final Map<TopicPartition, Long> end;
  private final ScoringGroups groups;

  UnreadOffsets(
      Topics topics,
      Map<TopicPartition, Long> first,
      Map<TopicPartition, Long> end,
      ScoringGroups groups) {
    this.topics = topics;
    this.first = first;
    this.end = end;
    this.groups = groups;
  }

  static UnreadOffsets now(Admin admin, ToolSettings at) {
    Topics topics = at.topics();
    try {
      List<TopicPartition> partitions = partitions(admin, at);
      var groups = ScoringGroups.visible(admin, at);
      return new UnreadOffsets(
          topics,
          offsets(admin, partitions, OffsetSpec.earliest()),
          offsets(admin, partitions, OffsetSpec.latest()),
          groups);
    } catch (ExecutionException e) {
      throw new StartupException(
          "Kafka does not report the ends of its topics: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartupException("interrupted; repeat the command", e);
    }
  }

  /**
   * The tables and the streams of ml-scoring that have not read up to these ends, with the number
   * of unread offsets.
   */
  Map<String, Long> unread(Catalog catalog, GoldErasure gold) throws SQLException {
    var unread = new LinkedHashMap<String, Long>();
    for (Map.Entry<TableSpec, Topic> each : lake().entrySet()) {
      Table table = catalog.loadTable(each.getKey().identifier());
      Map<Integer, Long> next = CommittedOffsets.newest(table).offsets().next();
      unread.put(each.getKey().fullName(), behind(each.getValue(), next));
    }
    Map<String, Map<Integer, Long>> relations = gold.positions();
    gold()
        .forEach((view, topic) ->
            unread.put("gold." + view, behind(topic, relations.getOrDefault(view, Map.of()))));
    unread.putAll(unreadByScoring());
    unread.values().removeIf(offsets -> offsets == 0);
    return unread;
  }

  /** A score of an old record is a new record about its person. */
  Map<String, Long> unreadByScoring() {
    var unread = new LinkedHashMap<String, Long>();
    for (ScoringGroups.Group each : groups.all()) {
      Map<TopicPartition, Long> read = groups.read(each);
      if (!read.isEmpty()) {
        // A partition without an offset of its own was not read at all.
        long offsets =
            each.topics().stream().mapToLong(topic -> behind(topic, ofTopic(topic, read))).sum();
        unread.put("ml-scoring's group " + each.name(), offsets);
      }
    }
    return unread;
  }

  private static Map<Integer, Long> ofTopic(Topic topic, Map<TopicPartition, Long> read) {
    var next = new HashMap<Integer, Long>();
    read.forEach((partition, offset) -> {
      if (partition.topic().equals(topic.name())) {
        next.put(partition.partition(), offset);
      }
    });
    return next;
  }

  private Map<TableSpec, Topic> lake() {
    return Map.of(
        LakeTables.RAW_EVENTS, topics.raw(),
        LakeTables.REJECTED, topics.rejected(),
        LakeTables.EVENTS, topics.events(),
        LakeTables.LATE, topics.late(),
        LakeTables.EVENT_PRODUCTS, topics.events(),
        LakeTables.SESSIONS, topics.sessions(),
        LakeTables.SESSION_CHANGES, topics.sessions(),
        LakeTables.SCORES, topics.scores(),
        LakeTables.AD_SCORES, topics.clickScores(),
        LakeTables.RETURN_SCORES, topics.returnScores());
  }

  private Map<String, Topic> gold() {
    return Map.of(
        "session_metrics", topics.sessions(),
        "session_scores", topics.scores(),
        "challenger_scores", topics.challengerScores(),
        "click_scores", topics.clickScores(),
        "session_return_scores", topics.returnScores(),
        "identities", topics.identities());
  }

  private long behind(Topic topic, Map<Integer, Long> next) {
    long sum = 0;
    for (Map.Entry<TopicPartition, Long> each : end.entrySet()) {
      TopicPartition partition = each.getKey();
      if (partition.topic().equals(topic.name())) {
        long begins = first.getOrDefault(partition, 0L);
        sum += Math.max(0, each.getValue() - next.getOrDefault(partition.partition(), begins));
      }
    }
    return sum;
  }

  private static List<TopicPartition> partitions(Admin admin, ToolSettings at) {
    List<String> names = at.topics().all().stream().map(Topic::name).toList();
    return new VisibleTopics(admin, at.rights())
        .of(names).values().stream()
            .flatMap(topic ->
                topic.partitions().stream()
                    .map(each -> new TopicPartition(topic.name(), each.partition())))
            .toList();
  }

  private static Map<TopicPartition, Long> offsets(
      Admin admin, List<TopicPartition> partitions, OffsetSpec spec)
      throws ExecutionException, InterruptedException {
    var asked = new HashMap<TopicPartition, OffsetSpec>();
    partitions.forEach(each -> asked.put(each, spec));
    var found = new HashMap<TopicPartition, Long>();
    admin
        .listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
        .all()
        .get()
        .forEach((partition, offset) -> found.put(partition, offset.offset()));
    return found;
  }
}

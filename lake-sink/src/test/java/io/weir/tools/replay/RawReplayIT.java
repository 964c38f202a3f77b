package io.weir.tools.replay;

import static io.weir.tools.Commands.with;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.Topic;
import io.weir.lake.table.LakeTables;
import io.weir.process.TopicProvisioner;
import io.weir.sink.Lake;
import io.weir.sink.Servers;
import io.weir.sink.TestSink;
import io.weir.sink.loop.SinkLoop;
import io.weir.sink.loop.TableFeed;
import io.weir.sink.loop.Until;
import io.weir.tools.Commands;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Servers.class)
class RawReplayIT {
  private static final int PARTITIONS = 4;

  @Test
  void everyRecord_isTheSame_inTheSameOrder(Lake lake) throws Exception {
    TestSink factory = lake.factory(Clock.systemUTC());
    Topic raw = lake.topics().raw();
    String other = lake.prefix() + "-rebuild.raw";
    int rows = 3000;
    for (int i = 0; i < rows; i++) {
      lake.sendSoon(record(raw.name(), i));
      if (i % 1000 == 999) {
        lake.flush();
        take(lake, factory, i + 1);
      }
    }
    make(lake, other);

    String dry = run(lake, 0, "--from", "1h", "--to", "0s", "--topic", other, "--dry-run");
    String done = run(lake, 0, "--from", "1h", "--to", "0s", "--topic", other);

    assertThat(dry).contains("would send 3000 to " + other);
    assertThat(done).contains("replay 100%", "sent 3000 to " + other + "\n");
    List<List<String>> before = read(lake, raw.name(), rows);
    List<List<String>> after = read(lake, other, rows);
    for (int partition = 0; partition < PARTITIONS; partition++) {
      var marked = new ArrayList<String>();
      for (int i = 0; i < before.get(partition).size(); i++) {
        String mark = raw.name() + "-" + partition + "-" + i;
        marked.add(before.get(partition).get(i) + " weir-replayed-from=" + mark);
      }
      assertThat(after.get(partition)).isNotEmpty().isEqualTo(marked);
    }
  }

  @Test
  void filterLimitAndTimes_select(Lake lake) throws Exception {
    TestSink factory = lake.factory(Clock.systemUTC());
    Topic raw = lake.topics().raw();
    String other = lake.prefix() + "-part.raw";
    lake.produce(
        raw,
        1,
        "{\"event_type\":\"purchase\",\"n\":1}".getBytes(UTF_8),
        "{\"event_type\":\"page_view\",\"n\":1}".getBytes(UTF_8),
        "{\"x\":{\"event_type\":\"purchase\"},\"n\":1}".getBytes(UTF_8),
        "purchase".getBytes(UTF_8),
        "{\"event_type\":\"purchase\",\"n\":2}".getBytes(UTF_8));
    take(lake, factory, 5);
    make(lake, other);

    String[] lastHour = {"--from", "1h", "--to", "0s", "--topic", other};
    assertThat(run(lake, 0, with(lastHour, "--filter", "event_type=purchase", "--filter", "n=2")))
        .contains("sent 1 to ");
    assertThat(run(lake, 0, with(lastHour, "--filter", "event_type=purchase", "--dry-run")))
        .contains("would send 2 to ");
    assertThat(run(lake, 0, with(lastHour, "--limit", "4"))).contains("sent 4 to ");
    assertThat(run(lake, 0, "--from", "2h", "--to", "1h", "--topic", other)).contains("sent 0 to ");
    assertThat(read(lake, other, 5).get(1).getFirst())
        .startsWith("null={\"event_type\":\"purchase\",\"n\":2} weir-replayed-from=");
  }

  @Test
  void wrongTarget_isOneLine(Lake lake) {
    lake.factory(Clock.systemUTC());
    String raw = lake.topics().raw().name();
    String events = lake.topics().events().name();
    String[] times = {"--from", "1h", "--to", "0s", "--topic"};

    assertThat(run(lake, 2, with(times, raw)).lines())
        .singleElement()
        .asString()
        .contains(raw + " is read by Weir right now", "--into-live");
    assertThat(run(lake, 0, with(times, raw, "--into-live"))).contains("sent 0 to " + raw);
    assertThat(run(lake, 2, with(times, events, "--into-live")).lines())
        .singleElement()
        .asString()
        .contains(events + " is written by Weir itself");
    assertThat(run(lake, 2, with(times, "nowhere")).lines())
        .singleElement()
        .asString()
        .contains("--topic nowhere does not exist");
    assertThat(run(lake, 2, "--from", "1h", "--to", "2h", "--topic", "x"))
        .contains("is not before --to");
    assertThat(run(lake, 2, with(times, "x", "--filter", "purchase")))
        .contains("--filter purchase is not field=value");
  }

  /**
   * A record of various kinds: with a key, a tombstone, bytes that are not text, repeated headers,
   * a header without a value.
   */
  private static ProducerRecord<byte[], byte[]> record(String topic, int number) {
    boolean isKeyless = number % 7 == 0;
    var record =
        new ProducerRecord<byte[], byte[]>(
            topic,
            isKeyless ? number % PARTITIONS : null,
            isKeyless ? null : ("k\u00ff" + number % 50).getBytes(ISO_8859_1),
            number % 11 == 0 ? null : ("{\"n\":" + number + "}\u00fe").getBytes(ISO_8859_1));
    if (number % 5 == 0) {
      record.headers().add("h", new byte[] {(byte) number}).add("h", null);
    }
    return record;
  }

  private static void take(Lake lake, TestSink factory, int rows) {
    TableFeed feed = factory.feeds().raw();
    var loop =
        new SinkLoop(factory.parts(feed, lake.catalog()), factory.consumer(feed.spec().name()));
    loop.start();
    Until.holds(() -> lake.rows(LakeTables.RAW_EVENTS).size() == rows, loop);
    loop.close();
  }

  private static void make(Lake lake, String topic) {
    try (Admin admin = lake.kafka().admin()) {
      var missing = new Topic(topic, PARTITIONS, (short) 1, Duration.ofDays(1));
      assertThat(new TopicProvisioner(admin, _ -> {}).ensure(List.of(missing))).isEmpty();
    }
  }

  private static String run(Lake lake, int code, String... arguments) {
    return Commands.run(lake, code, with(new String[] {"replay"}, arguments));
  }

  /** The records in Kafka, per partition in the order of offsets. */
  private static List<List<String>> read(Lake lake, String topic, int count) {
    Map<String, Object> properties = new HashMap<>(lake.kafka().properties());
    var found = new ArrayList<List<String>>();
    IntStream.range(0, PARTITIONS).forEach(_ -> found.add(new ArrayList<>()));
    try (var consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> all =
          IntStream.range(0, PARTITIONS).mapToObj(p -> new TopicPartition(topic, p)).toList();
      consumer.assign(all);
      consumer.seekToBeginning(all);
      Until.holds(() -> {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(record -> found.get(record.partition()).add(text(record)));
        return found.stream().mapToInt(List::size).sum() == count;
      });
    }
    return found;
  }

  private static String text(ConsumerRecord<byte[], byte[]> record) {
    var text = new StringBuilder(text(record.key())).append('=').append(text(record.value()));
    for (Header header : record.headers()) {
      text.append(' ').append(header.key()).append('=').append(text(header.value()));
    }
    return text.toString();
  }

  private static String text(byte @Nullable [] bytes) {
    return bytes == null ? "null" : new String(bytes, ISO_8859_1);
  }
}

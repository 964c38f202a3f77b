package io.weir.tools.erase;

import static io.weir.testkit.TestRecords.NOON;
import static io.weir.testkit.TestRecords.bytes;
import static io.weir.testkit.TestRecords.clickScore;
import static io.weir.testkit.TestRecords.event;
import static io.weir.testkit.TestRecords.retraction;
import static io.weir.testkit.TestRecords.returnScore;
import static io.weir.testkit.TestRecords.score;
import static io.weir.testkit.TestRecords.session;
import static io.weir.tools.erase.Forgotten.OTHER;
import static io.weir.tools.erase.Forgotten.USER;
import static io.weir.tools.erase.Forgotten.VISITOR;
import static io.weir.tools.erase.Forgotten.json;
import static io.weir.tools.erase.Forgotten.loop;
import static io.weir.tools.erase.Forgotten.run;
import static io.weir.tools.erase.Forgotten.take;
import static io.weir.tools.erase.Forgotten.visit;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.AvroSerde;
import io.weir.contract.Topic;
import io.weir.contract.Topics;
import io.weir.contract.avro.ClickScore;
import io.weir.contract.avro.Identity;
import io.weir.contract.avro.Product;
import io.weir.contract.avro.RejectedRecord;
import io.weir.contract.avro.ReturnScore;
import io.weir.contract.avro.Session;
import io.weir.lake.commit.CommittedOffsets;
import io.weir.lake.gold.GoldTables;
import io.weir.lake.table.LakeTables;
import io.weir.lake.table.TableSpec;
import io.weir.sink.Lake;
import io.weir.sink.Servers;
import io.weir.sink.TestSink;
import io.weir.sink.loop.SinkLoop;
import io.weir.sink.loop.Until;
import io.weir.testkit.TestRecords;
import io.weir.tools.Commands;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Servers.class)
class ForgetIT {

  @Test
  void forgottenUser_isNowhere_othersStay(Lake lake) throws IOException {
    TestSink factory = lake.factory(Clock.systemUTC());
    fill(lake, factory);
    assertThat(filesWith(lake, VISITOR)).isNotEmpty();
    assertThat(restated(lake)).isEqualTo("mine stays");
    Map<TableSpec, String> offsets = offsets(lake);

    String planned = run(lake, 0, "--user", USER, "--dry-run");
    assertThat(rows(lake, LakeTables.EVENTS, "visitor_id")).contains(VISITOR);
    String certificate = run(lake, 0, "--user", USER);

    assertThat(planned)
        .contains(
            "found to be visitors of the users: " + VISITOR,
            "bronze.raw_events: 1 files searched, 1 written anew, 3 rows erased",
            "gold.session_revisions: 2 rows deleted");
    assertThat(certificate)
        .contains(
            "sent to " + lake.topics().erasures().name() + ": 2 ids",
            "silver.events: 1 files searched, 1 written anew, 2 rows erased",
            "gold.identity_versions: 1 rows deleted",
            "Kafka keeps what it has until ",
            "result: erased, nothing found\n");
    assertThat(filesWith(lake, VISITOR)).isEmpty();
    assertThat(filesWith(lake, USER)).isEmpty();
    assertThat(offsets(lake)).isEqualTo(offsets);
    assertThat(rows(lake, LakeTables.EVENTS, "visitor_id")).containsExactly(OTHER);
    assertThat(rows(lake, LakeTables.LATE, "visitor_id")).containsExactly(OTHER);
    assertThat(rows(lake, LakeTables.EVENT_PRODUCTS, "visitor_id")).containsExactly(OTHER);
    assertThat(rows(lake, LakeTables.SESSIONS, "session_key")).containsExactly("stays");
    assertThat(rows(lake, LakeTables.SESSION_CHANGES, "session_key"))
        .containsExactly("else", "stays");
    assertThat(rows(lake, LakeTables.SCORES, "session_key")).containsExactly("stays");
    assertThat(rows(lake, LakeTables.AD_SCORES, "event_id")).containsExactly("other");
    assertThat(rows(lake, LakeTables.RETURN_SCORES, "session_key")).containsExactly("stays");
    assertThat(lake.gold("SELECT string_agg(session_key, ' ') FROM gold.session_return_scores"))
        .isEqualTo("stays");
    assertThat(lake.gold("SELECT string_agg(event_id, ' ') FROM gold.click_scores"))
        .isEqualTo("other");
    assertThat(lake.gold("SELECT string_agg(session_key, ' ') FROM gold.challenger_scores"))
        .isEqualTo("stays");
    // Only the challenger's row says that this session was the person's.
    assertThat(lake.gold("SELECT count(*) FROM gold.rescores")).isEqualTo("0");
    assertThat(rows(lake, LakeTables.RETRACTED_SESSIONS, "session_key")).containsExactly("else");
    assertThat(lake.rows(LakeTables.REJECTED)).hasSize(1);
    assertThat(lake.rows(LakeTables.RAW_EVENTS))
        .extracting(ForgetIT::raw)
        .containsExactlyInAnyOrder(
            "0 null weir-erased",
            "1 " + json(OTHER, "a") + " ",
            "2 null weir-erased",
            "3 null weir-erased");
    assertThat(lake.gold("SELECT string_agg(session_key, ' ') FROM gold.session_metrics"))
        .isEqualTo("stays");
    assertThat(restated(lake)).isEqualTo("stays");
    assertThat(lake.gold("SELECT count(*) FROM gold.identities")).isEqualTo("0");
    assertThat(keys(lake, lake.topics().erasures(), 2)).containsExactlyInAnyOrder(USER, VISITOR);
    assertThat(run(lake, 0, "--visitor", VISITOR)).contains("result: erased, nothing found\n");
  }

  @Test
  void writersGoOn_noneOfTheirRowsIsLost(Lake lake) throws Exception {
    TestSink factory = lake.factory(Clock.systemUTC());
    Topic events = lake.topics().events();
    SinkLoop loop = loop(lake, factory, factory.feeds().events());
    var isDone = new AtomicBoolean();
    var certificate = new StringWriter();
    for (int i = 0; i < 20; i++) {
      lake.produce(events, 0, visit("before" + i, i % 2 == 0 ? VISITOR : OTHER));
    }
    Until.holds(() -> lake.rows(LakeTables.EVENTS).size() == 20, loop);

    Thread erasure =
        Thread.ofPlatform()
            .start(() -> {
              Commands.line(lake)
                  .setOut(new PrintWriter(certificate))
                  .setErr(new PrintWriter(certificate))
                  .execute("forget", "--visitor", VISITOR);
              isDone.set(true);
            });
    int sent = 0;
    while (!isDone.get()) {
      lake.produce(events, sent % 4, visit("during" + sent, OTHER));
      sent++;
      loop.doWork();
    }
    erasure.join();
    int all = 10 + sent;
    Until.holds(() -> lake.rows(LakeTables.EVENTS).size() == all, loop);
    loop.close();

    assertThat(certificate.toString()).contains("result: erased, nothing found\n");
    assertThat(sent).isPositive();
    assertThat(rows(lake, LakeTables.EVENTS, "event_id")).hasSize(all);
    assertThat(rows(lake, LakeTables.EVENTS, "visitor_id")).containsExactly(OTHER);
  }

  private static void fill(Lake lake, TestSink factory) {
    Topics topics = lake.topics();
    lake.send(
        new ProducerRecord<>(topics.raw().name(), 0, VISITOR.getBytes(UTF_8), new byte[] {1}));
    lake.produce(
        topics.raw(),
        0,
        json(OTHER, "a").getBytes(UTF_8),
        json(VISITOR, "b").getBytes(UTF_8),
        "{\"user_id\":\"user\\u002dto-be-forgotten-1\"}".getBytes(UTF_8));
    lake.produce(topics.rejected(), 0, bytes(refused(VISITOR)), bytes(refused(OTHER)));
    for (Topic topic : List.of(topics.events(), topics.late())) {
      lake.produce(
          topic,
          0,
          bought("e1", VISITOR),
          bytes(event("e2", e -> e.setVisitorId(VISITOR).setUserId(USER))),
          bought("e3", OTHER));
    }
    lake.produce(
        topics.sessions(),
        0,
        sessionOf("mine", 0, VISITOR),
        sessionOf("stays", 0, OTHER),
        sessionOf("retracted", 0, VISITOR));
    lake.produce(topics.scores(), 0, bytes(score("mine", 0, 0.5)), bytes(score("stays", 0, 0.5)));
    lake.produce(topics.clickScores(), 0, shownTo("shown", VISITOR), shownTo("other", OTHER));
    lake.produce(topics.returnScores(), 0, backTo("mine", VISITOR), backTo("stays", OTHER));
    lake.produceKeyed(
        topics.identities(),
        VISITOR,
        bytes(
            Identity.newBuilder()
                .setVisitorId(VISITOR)
                .setUserId(USER)
                .setEventTime(NOON)
                .build()));
    take(lake, factory, factory.feeds().raw(), 4);
    take(lake, factory, factory.feeds().rejected(), 2);
    take(lake, factory, factory.feeds().events(), 3);
    take(lake, factory, factory.feeds().late(), 3);
    take(lake, factory, factory.feeds().eventProducts(), 2);
    take(lake, factory, factory.feeds().scores(), 2);
    take(lake, factory, factory.feeds().clickScores(), 2);
    take(lake, factory, factory.feeds().returnScores(), 2);
    SinkLoop sessions = loop(lake, factory, factory.feeds().sessions());
    Until.holds(() -> lake.rows(LakeTables.SESSIONS).size() == 3, sessions);
    lake.produce(
        topics.sessions(),
        0,
        sessionOf("mine", 1, VISITOR),
        bytes(session("retracted", 1, s -> s.setVisitorId(VISITOR).setIsRetracted(true))),
        bytes(retraction("else", 1)));
    Until.holds(() -> lake.rows(LakeTables.RETRACTED_SESSIONS).size() == 2, sessions);
    sessions.close();
    take(lake, factory, factory.feeds().sessionChanges(), 6);
    gold(lake, factory, topics);
    lake.change(
        """
        INSERT INTO gold.challenger_revisions (session_key, version, retracted, visitor_id)
          VALUES ('mine', 1, false, '%1$s'), ('stays', 1, false, '%2$s'), ('shadowed', 1, false, '%1$s');
        INSERT INTO gold.return_score_revisions (session_key, version, retracted, visitor_id)
          VALUES ('mine', 0, false, '%1$s'), ('stays', 0, false, '%2$s');
        INSERT INTO gold.rescores VALUES ('shadowed', 'm', '1', 'former id', 0, now(), 0.5, now());
        INSERT INTO gold.click_score_versions (event_id, version, retracted, visitor_id)
          VALUES ('shown', 1, false, '%1$s'), ('other', 1, false, '%2$s')
        """
            .formatted(VISITOR, OTHER));
  }

  private static void gold(Lake lake, TestSink factory, Topics topics) {
    var metrics =
        new SinkLoop(
            factory.gold(GoldTables.SESSION_METRICS, topics.sessions(), AvroSerde.session()),
            factory.consumer("metrics"));
    var identities =
        new SinkLoop(
            factory.gold(GoldTables.IDENTITIES, topics.identities(), AvroSerde.identity()),
            factory.consumer("identities"));
    metrics.start();
    identities.start();
    Until.holds(
        () ->
            lake.gold("SELECT count(*) FROM gold.session_revisions").equals("4")
                && lake.gold("SELECT count(*) FROM gold.identities").equals("1"),
        metrics,
        identities);
    metrics.close();
    identities.close();
  }

  private static String restated(Lake lake) {
    return lake.gold(
        "SELECT string_agg(DISTINCT session_key, ' ') FROM gold.restatements"
            + " WHERE session_key <> 'retracted' OR sessions > 0");
  }

  private static byte[] sessionOf(String key, int revision, String visitor) {
    Session session = session(key, revision, s -> s.setVisitorId(visitor).setLateEvents(1));
    return bytes(session);
  }

  private static byte[] backTo(String key, String visitor) {
    return bytes(ReturnScore.newBuilder(returnScore(key, 0, 0.5)).setVisitorId(visitor).build());
  }

  private static byte[] shownTo(String id, String visitor) {
    return bytes(ClickScore.newBuilder(clickScore(id, 0.5)).setVisitorId(visitor).build());
  }

  private static RejectedRecord refused(String visitor) {
    return RejectedRecord.newBuilder(TestRecords.rejected(json(visitor, "x").getBytes(UTF_8)))
        .build();
  }

  private static byte[] bought(String id, String visitor) {
    Product product = Product.newBuilder().setProductId("p").build();
    return bytes(
        event(
            id,
            change ->
                change
                    .setVisitorId(visitor)
                    .setAnonymousId(visitor)
                    .setProducts(List.of(product))));
  }

  private static Set<String> rows(Lake lake, TableSpec spec, String column) {
    var values = new TreeSet<String>();
    lake.rows(spec).forEach(row -> values.add(String.valueOf(row.getField(column))));
    return values;
  }

  private static String raw(Record row) {
    var value = (ByteBuffer) row.getField("value");
    var names = new ArrayList<String>();
    for (Object header : (List<?>) row.getField("headers")) {
      names.add(String.valueOf(((Record) header).getField("key")));
    }
    String text = value == null ? "null" : ISO_8859_1.decode(value.duplicate()).toString();
    return row.getField("offset") + " " + text + " " + String.join(" ", names);
  }

  private static Map<TableSpec, String> offsets(Lake lake) {
    var offsets = new HashMap<TableSpec, String>();
    for (TableSpec spec : LakeTables.all()) {
      Table table = lake.table(spec);
      offsets.put(spec, CommittedOffsets.newest(table).toString());
    }
    return offsets;
  }

  /**
   * The files whose plain bytes contain the id. It checks the uncompressed parts without a reader
   * of Weir.
   */
  private static List<Path> filesWith(Lake lake, String id) throws IOException {
    var found = new ArrayList<Path>();
    try (Stream<Path> files = Files.walk(Path.of(lake.location().warehouse()))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (new String(Files.readAllBytes(file), ISO_8859_1).contains(id)) {
          found.add(file);
        }
      }
    }
    return found;
  }

  private static List<String> keys(Lake lake, Topic topic, int count) {
    var keys = new ArrayList<String>();
    try (var consumer =
        new KafkaConsumer<>(
            lake.kafka().properties(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      var all = new ArrayList<TopicPartition>();
      for (int i = 0; i < topic.partitions(); i++) {
        all.add(new TopicPartition(topic.name(), i));
      }
      consumer.assign(all);
      consumer.seekToBeginning(all);
      Until.holds(() -> {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(record -> keys.add(new String(record.key(), UTF_8)));
        return keys.size() == count;
      });
    }
    return keys;
  }
}

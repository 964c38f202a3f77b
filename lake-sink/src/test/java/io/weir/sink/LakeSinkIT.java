package io.weir.sink;

import static io.weir.sink.Answers.get;
import static io.weir.testkit.TestRecords.NOON;
import static io.weir.testkit.TestRecords.bytes;
import static io.weir.testkit.TestRecords.clickScore;
import static io.weir.testkit.TestRecords.event;
import static io.weir.testkit.TestRecords.rejected;
import static io.weir.testkit.TestRecords.retraction;
import static io.weir.testkit.TestRecords.returnScore;
import static io.weir.testkit.TestRecords.score;
import static io.weir.testkit.TestRecords.session;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.Topic;
import io.weir.contract.Topics;
import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.Product;
import io.weir.contract.avro.ReturnScore;
import io.weir.contract.avro.Score;
import io.weir.contract.avro.ScoreReason;
import io.weir.lake.commit.CommittedOffsets;
import io.weir.lake.table.LakeTables;
import io.weir.sink.loop.LoopParts;
import io.weir.sink.loop.SinkLoop;
import io.weir.sink.loop.TableFeed;
import io.weir.sink.loop.Until;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Servers.class)
class LakeSinkIT {

  @Test
  void service_fillsAllTablesAndGold(Lake lake) {
    Topics topics = lake.topics();
    try (var service = new SinkService(lake.config(), Clock.systemUTC())) {
      service.start();
      lake.produce(topics.raw(), 0, "{}".getBytes(UTF_8), new byte[] {(byte) 0xff});
      lake.produce(topics.rejected(), 1, bytes(rejected(new byte[] {1})));
      lake.produce(
          topics.events(), 2, bytes(event("e1", _ -> {})), bytes(withProducts("e2", "p", "q")));
      lake.produce(topics.late(), 3, bytes(event("e3", builder -> builder.setIsLate(true))));
      lake.produce(
          topics.sessions(),
          0,
          bytes(session("a", 0, _ -> {})),
          bytes(session("b", 0, _ -> {})),
          bytes(session("a", 1, _ -> {})),
          bytes(retraction("b", 1)));
      var reasons = List.of(new ScoreReason("device", "mobile", -0.25));
      Score scored = Score.newBuilder(score("a", 1, 0.5)).setReasons(reasons).build();
      lake.produce(topics.scores(), 0, bytes(score("a", 0, 0.25)), bytes(scored));
      lake.produce(topics.challengerScores(), 0, bytes(score("a", 1, 0.75)));
      lake.produce(topics.clickScores(), 3, bytes(clickScore("e1", 0.125)));
      lake.produce(
          topics.returnScores(),
          1,
          bytes(returnScore("a", 0, 0.25)),
          bytes(returnScore("b", 0, 0.75)),
          bytes(returnScore("a", 1, 0.375)),
          bytes(ReturnScore.newBuilder(returnScore("b", 1, 0)).setIsRetracted(true).build()));
      String all =
          "SELECT (SELECT count(*) FROM bronze.raw_events) AS raw, "
              + "(SELECT count(*) FROM bronze.rejected) AS rejected, "
              + "(SELECT count(*) FROM silver.events) AS events, "
              + "(SELECT count(*) FROM silver.late) AS late, "
              + "(SELECT count(*) FROM silver.event_products) AS products, "
              + "(SELECT max(revision) FROM silver.sessions) AS revision, "
              + "(SELECT count(*) FROM silver.sessions) AS sessions, "
              + "(SELECT count(*) FROM silver.session_changes) AS changes, "
              + "(SELECT max(reasons[1].value) FROM silver.scores) AS reason, "
              + "(SELECT max(click_score) FROM silver.ad_scores) AS click, "
              + "(SELECT string_agg(session_key || session_revision || return_score, ' ')"
              + " FROM silver.return_scores) AS back, "
              + "(SELECT max(conversion_score) FROM silver.scores) AS score";
      String expected =
          "{\"raw\":2,\"rejected\":1,\"events\":2,\"late\":1,\"products\":2,\"revision\":1,"
              + "\"sessions\":1,\"changes\":4,\"reason\":\"mobile\",\"click\":0.125,\"back\":\"a10.375\",\"score\":0.5}";

      Until.holds(() -> lake.sql(all, "--json").strip().equals(expected));
      Until.holds(() -> lake.gold("SELECT count(*) FROM gold.session_scores").equals("1"));

      assertThat(
              lake.gold("SELECT string_agg(session_key || version, ',') FROM gold.session_metrics"))
          .isEqualTo("a1");
      assertThat(lake.gold("SELECT max(conversion_score) FROM gold.session_scores"))
          .isEqualTo("0.5");
      assertThat(lake.gold("SELECT reasons FROM gold.session_scores"))
          .isEqualTo("[{\"value\": \"mobile\", \"feature\": \"device\", \"contribution\": -0.25}]");
      Until.holds(() ->
          lake.gold("SELECT max(conversion_score) FROM gold.challenger_scores").equals("0.75"));
      Until.holds(() ->
          lake.gold("SELECT max(ad_id || position || click_score) FROM gold.click_scores")
              .equals("ad10.125"));
      Until.holds(() ->
          lake.gold(
                  "SELECT string_agg(session_key || version || return_score || model_name, ' ')"
                      + " FROM gold.session_return_scores JOIN bi.return_scores"
                      + " USING (session_key, return_score, model_name)")
              .equals("a10.375p_return_7d"));
      assertThat(get(service, "/health")).isEqualTo("200 {\"status\":\"UP\"}");
      Until.holds(
          () -> get(service, "/metrics").contains("weir_sink_lag{table=\"silver.events\"} 0.0"));
      assertThat(get(service, "/ready"))
          .startsWith("200 {\"status\":\"UP\"")
          .contains("\"silver.sessions\":\"ok\"", "\"gold.session_metrics\":\"ok\"");
      assertThat(get(service, "/metrics"))
          .contains("weir_sink_rows_total{table=\"bronze.raw_events\"} 2.0")
          .contains("weir_sink_commit_seconds_count{table=\"silver.scores\"}");
      assertThat(get(service, "/ready/x")).startsWith("404");
    }
  }

  @Test
  void rawRecord_isKeptVerbatim(Lake lake) {
    TestSink factory = lake.factory(Clock.systemUTC());
    Topics topics = lake.topics();
    var record =
        new ProducerRecord<>(topics.raw().name(), 2, "k".getBytes(UTF_8), new byte[] {0, -1});
    record.headers().add("h", "x".getBytes(UTF_8)).add("h", null);
    lake.send(record);
    lake.send(new ProducerRecord<>(topics.raw().name(), 2, null, null));
    Instant before = Instant.now();

    run(lake, factory, factory.feeds().raw(), 2);

    List<Record> rows = lake.rows(LakeTables.RAW_EVENTS);
    Record row = rows.stream().filter(r -> r.getField("key") != null).findFirst().orElseThrow();
    assertThat(row.getField("key")).isEqualTo(ByteBuffer.wrap("k".getBytes(UTF_8)));
    assertThat(row.getField("value")).isEqualTo(ByteBuffer.wrap(new byte[] {0, -1}));
    assertThat(row.getField("partition")).isEqualTo(2);
    assertThat(row.getField("offset")).isEqualTo(0L);
    assertThat(((OffsetDateTime) row.getField("append_time")).toInstant())
        .isBetween(before.minusSeconds(60), before.plusSeconds(1));
    assertThat((List<?>) row.getField("headers"))
        .extracting(header -> ((Record) header).getField("value"))
        .containsExactly(ByteBuffer.wrap("x".getBytes(UTF_8)), null);
    assertThat(lake.sql("SELECT value FROM bronze.raw_events WHERE key = 'k'::BLOB", "--json"))
        .isEqualTo("{\"value\":\"0x00ff\"}\n");
  }

  @Test
  void event_isKeptWithAllItsFields(Lake lake) {
    TestSink factory = lake.factory(Clock.systemUTC());
    Product product =
        Product.newBuilder().setProductId("p").setPriceE4(19_9900L).setQuantity(2).build();
    lake.produce(
        lake.topics().events(),
        0,
        bytes(
            event(
                "e",
                builder ->
                    builder
                        .setValueE4(Long.MAX_VALUE)
                        .setSentAt(NOON + 1)
                        .setSchemaVersion(3)
                        .setConsentAnalytics(true)
                        .setProducts(List.of(product))
                        .setProperties(Map.of("ä", "ö")))));

    run(lake, factory, factory.feeds().events(), 1);

    Record row = lake.rows(LakeTables.EVENTS).getFirst();
    assertThat(row.getField("event_time")).isEqualTo(OffsetDateTime.parse("2026-03-01T12:00:00Z"));
    assertThat(row.getField("sent_at")).isEqualTo(OffsetDateTime.parse("2026-03-01T12:00:00.001Z"));
    assertThat(row.getField("received_at")).isNull();
    assertThat(row.getField("value")).isEqualTo(new BigDecimal("922337203685477.5807"));
    assertThat(row.getField("schema_version")).isEqualTo(3);
    assertThat(row.getField("consent_marketing")).isNull();
    assertThat(row.getField("properties")).isEqualTo(Map.of("ä", "ö"));
    var first = (Record) ((List<?>) row.getField("products")).getFirst();
    assertThat(first.getField("price")).isEqualTo(new BigDecimal("19.9900"));
    assertThat(
            lake.sql(
                "SELECT event_time, value, products[1].price AS price, properties FROM silver.events",
                "--json"))
        .isEqualTo(
            "{\"event_time\":\"2026-03-01T12:00:00Z\",\"value\":922337203685477.5807,"
                + "\"price\":19.9900,\"properties\":{\"ä\":\"ö\"}}\n");
  }

  @Test
  void productsOfEvents_areRowsOnce_overARestart(Lake lake) {
    TestSink factory = lake.factory(Clock.systemUTC());
    Topic topic = lake.topics().events();
    TableFeed feed = factory.feeds().eventProducts();
    lake.produce(topic, 0, bytes(withProducts("a", "tea", "cup")), bytes(event("b", _ -> {})));
    run(lake, factory, feed, 2);
    lake.transaction(topic, false, bytes(withProducts("aborted", "tea")));
    lake.produce(topic, 0, bytes(withProducts("c", "tea")));
    run(lake, factory, feed, 3);

    assertThat(
            lake.sql(
                "SELECT concat_ws(' ', event_id, line_number, product_id, quantity, price,"
                    + " line_value, epoch(event_time)::BIGINT) AS line FROM silver.event_products"
                    + " ORDER BY line",
                "--json"))
        .isEqualTo(
            """
            {"line":"a 1 tea 2 19.9900 39.9800 1772366400"}
            {"line":"a 2 cup 2 19.9900 39.9800 1772366400"}
            {"line":"c 1 tea 2 19.9900 39.9800 1772366400"}
            """);
  }

  @Test
  void eventsWithoutProducts_moveTheOffsets(Lake lake) {
    TestSink factory = lake.factory(Clock.systemUTC());
    lake.produce(lake.topics().events(), 0, bytes(event("a", _ -> {})), bytes(event("b", _ -> {})));
    var loop =
        new SinkLoop(
            factory.parts(factory.feeds().eventProducts(), lake.catalog()),
            factory.consumer("event_products"));
    loop.start();
    Table table = lake.table(LakeTables.EVENT_PRODUCTS);

    Until.holds(
        () -> {
          table.refresh();
          return CommittedOffsets.newest(table).offsets().of(0) == 2;
        },
        loop);
    loop.close();

    assertThat(lake.rows(LakeTables.EVENT_PRODUCTS)).isEmpty();
  }

  @Test
  void everyRevisionOfASession_isKeptOnce(Lake lake) {
    TestSink factory = lake.factory(Clock.systemUTC());
    Topic topic = lake.topics().sessions();
    TableFeed feed = factory.feeds().sessionChanges();
    lake.produce(topic, 0, bytes(session("a", 0, _ -> {})), bytes(session("a", 1, _ -> {})));
    run(lake, factory, feed, 2);
    lake.produce(topic, 0, bytes(retraction("a", 2)), bytes(session("b", 0, _ -> {})));
    run(lake, factory, feed, 4);

    assertThat(
            lake.sql(
                "SELECT string_agg(concat_ws(' ', session_key, revision, is_retracted,"
                    + " change_partition, change_offset), ', '"
                    + " ORDER BY session_key, revision) AS r FROM silver.session_changes",
                "--json"))
        .isEqualTo("{\"r\":\"a 0 false 0 0, a 1 false 0 1, a 2 true 0 2, b 0 false 0 3\"}\n");
  }

  @Test
  void changesOfAFrozenWriter_areWrittenOnceByTheNextOne(Lake lake) {
    TestSink factory = lake.factory(Clock.systemUTC(), "WEIR_SINK_ROLL_INTERVAL", "10m");
    TableFeed feed = factory.feeds().sessionChanges();
    lake.produce(
        lake.topics().sessions(),
        0,
        bytes(session("a", 0, _ -> {})),
        bytes(session("a", 1, _ -> {})),
        bytes(retraction("a", 2)));
    SinkLoop frozen = withOpenRows(lake, factory, feed, "frozen");
    SinkLoop next = withOpenRows(lake, factory, feed, "next");
    assertThat(lake.rows(feed.spec())).isEmpty();

    next.close();
    frozen.close();

    assertThat(lake.rows(feed.spec()))
        .extracting(row -> row.getField("revision"))
        .containsExactlyInAnyOrder(0, 1, 2);
  }

  private static SinkLoop withOpenRows(Lake lake, TestSink factory, TableFeed feed, String group) {
    var loop = new SinkLoop(factory.parts(feed, lake.catalog()), factory.consumer(group));
    loop.start();
    var taken = new int[1];
    Until.holds(() -> (taken[0] += loop.doWork()) == 3);
    return loop;
  }

  private static EnrichedEvent withProducts(String id, String... products) {
    return event(
        id,
        change ->
            change.setProducts(
                Stream.of(products)
                    .map(product ->
                        Product.newBuilder()
                            .setProductId(product)
                            .setPriceE4(19_9900L)
                            .setQuantity(2)
                            .setLineRevenueE4(39_9800L)
                            .build())
                    .toList()));
  }

  @Test
  void abortedTransaction_leavesNoRowAndNoLag(Lake lake) {
    TestSink factory = lake.factory(Clock.systemUTC());
    Topic topic = lake.topics().events();
    LoopParts parts = factory.parts(factory.feeds().events(), lake.catalog());
    var loop = new SinkLoop(parts, factory.consumer("events"));
    loop.start();
    lake.transaction(topic, true, bytes(event("kept", _ -> {})));
    lake.transaction(topic, false, bytes(event("aborted", _ -> {})));

    Until.holds(() -> lake.rows(LakeTables.EVENTS).size() == 1, loop);
    Until.holds(() -> parts.meters().lag() == 0, loop);
    loop.close();

    assertThat(lake.rows(LakeTables.EVENTS))
        .extracting(row -> row.getField("event_id"))
        .containsExactly("kept");
  }

  @Test
  void emptyLake_hasViewsWithColumns(Lake lake) {
    lake.factory(Clock.systemUTC());

    assertThat(lake.sql("SELECT event_id, products, extras FROM silver.events"))
        .startsWith("event_id | products | extras")
        .endsWith("(0 rows)\n");
    assertThat(lake.sql("SELECT sum(revenue['EUR']) AS r FROM silver.sessions", "--json"))
        .isEqualTo("{\"r\":null}\n");
  }

  private static void run(Lake lake, TestSink factory, TableFeed feed, int rows) {
    var loop =
        new SinkLoop(factory.parts(feed, lake.catalog()), factory.consumer(feed.spec().name()));
    loop.start();
    Until.holds(() -> lake.rows(feed.spec()).size() == rows, loop);
    loop.close();
  }
}

package io.weir.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.VisitorPartition;
import io.weir.process.Settings;
import io.weir.process.Stop;
import io.weir.process.Surroundings;
import io.weir.process.terminal.Terminal;
import io.weir.testkit.RealBroker;
import io.weir.testkit.TransactionMarkers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A topic that somebody else writes becomes raw events, each record once. */
class TopicIT {
  private static final int PARTITIONS = 3;
  private static final Pattern TIME = Pattern.compile("\"event_time\":([0-9]+)");
  private static final Pattern ID = Pattern.compile("\"event_id\":\"([^\"]*)\"");

  @TempDir private static Path folder = Path.of("");
  private static RealBroker broker;
  private static int tests;

  /** The producer of one test: one that has seen another test delete a topic may wait for it. */
  private KafkaProducer<byte[], byte[]> producer;

  /** Each test has topics of its own. */
  private final String topic = "clicks" + ++tests;

  private final String prefix = "weir" + tests;

  @BeforeAll
  static void start() {
    broker = RealBroker.start(folder.resolve("broker"));
  }

  @BeforeEach
  void open() throws Exception {
    producer = producer(Map.of());
    create();
  }

  private void create() throws Exception {
    // The records of most tests are of 1970, and a broker looks for old ones 30 s after its start.
    NewTopic kept =
        new NewTopic(topic, Optional.of(2), Optional.empty()).configs(Map.of("retention.ms", "-1"));
    try (Admin admin = admin()) {
      admin.createTopics(List.of(kept)).all().get();
    }
  }

  @AfterEach
  void close() {
    producer.close();
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
    Map<String, Object> properties = new HashMap<>(more);
    properties.put("bootstrap.servers", broker.bootstrapServers());
    // Into a topic that was made a moment ago, an idempotent one may lose count and wait for 120 s.
    properties.putIfAbsent("enable.idempotence", more.containsKey("transactional.id"));
    // One that is not idempotent keeps the order of batches it sends again only so.
    properties.put("max.in.flight.requests.per.connection", 1);
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  private static String click(int number) {
    return "{\"ts\":\"2024-07-01T10:%02d:%02dZ\",\"visitor_id\":\"v%d\",\"event\":\"page\"}"
        .formatted(number / 60 % 60, number % 60, number % 37);
  }

  private void send(int partition, @Nullable String value) {
    send(producer, partition, 1_000, value);
  }

  private void send(
      KafkaProducer<byte[], byte[]> to, int partition, long time, @Nullable String value) {
    byte[] bytes = value == null ? null : value.getBytes(UTF_8);
    var _ = to.send(new ProducerRecord<>(topic, partition, time, null, bytes));
  }

  private void clicks(int from, int to) {
    IntStream.range(from, to).forEach(number -> send(number % 2, click(number)));
    producer.flush();
  }

  private record Result(int code, String out, String err) {}

  private Result execute(Stop stop, String... arguments) {
    return execute(Map.of(), stop, arguments);
  }

  private Result execute(Map<String, String> more, Stop stop, String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    int code = execute(more, stop, terminal(out, err, false), arguments);
    return new Result(code, out.toString(UTF_8), err.toString(UTF_8));
  }

  private static Terminal terminal(
      ByteArrayOutputStream out, ByteArrayOutputStream err, boolean isInteractive) {
    return new Terminal(
        new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), isInteractive);
  }

  private int execute(Map<String, String> more, Stop stop, Terminal terminal, String... arguments) {
    var environment = new HashMap<String, String>(more);
    environment.putIfAbsent("WEIR_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
    environment.put("WEIR_TOPIC_PARTITIONS", "" + PARTITIONS);
    environment.put("WEIR_TOPIC_PREFIX", prefix);
    environment.put("WEIR_INGEST_STATE_DIR", folder.resolve(prefix).toString());
    return Main.execute(
        new Surroundings(
            Settings.of(environment), Clock.systemUTC(), System::nanoTime, stop, terminal),
        arguments);
  }

  private Result untilEnd(String... more) {
    var arguments = new ArrayList<String>(List.of("--topic", topic, "--until-end"));
    arguments.addAll(List.of(more));
    Result result = execute(new Stop(), arguments.toArray(String[]::new));
    assertThat(result.code()).as(result.err()).isZero();
    return result;
  }

  private List<ConsumerRecord<byte[], byte[]>> raw() {
    List<TopicPartition> partitions =
        IntStream.range(0, PARTITIONS)
            .mapToObj(number -> new TopicPartition(prefix + ".raw", number))
            .toList();
    var deserializer = new ByteArrayDeserializer();
    try (var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()),
            deserializer,
            deserializer)) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long end = consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
      var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
      while (records.size() < end) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
      return records;
    }
  }

  private List<String> ids() {
    return raw().stream()
        .map(record -> ID.matcher(new String(record.value(), UTF_8)))
        .filter(Matcher::find)
        .map(matcher -> matcher.group(1))
        .toList();
  }

  @Test
  void records_arriveOnTheirVisitorsPartitions_andTheNextRunGoesOn() {
    clicks(0, 500);
    Result first = untilEnd();
    clicks(500, 700);
    Result second = untilEnd("--json");

    assertThat(first.out())
        .contains("format: JSON lines (topic " + topic + ")", "event_time", "ts");
    assertThat(first.out()).contains("sent      500 events");
    assertThat(second.out()).contains("\"sent\":200");
    assertThat(raw())
        .hasSize(700)
        .allMatch(record -> VisitorPartition.of(record.key(), PARTITIONS) == record.partition());
    assertThat(ids()).doesNotHaveDuplicates();
  }

  @Test
  void anotherGroup_readsAnew_withTheSameIds() {
    clicks(0, 100);
    untilEnd();
    untilEnd("--group", "again");

    assertThat(ids()).hasSize(200);
    assertThat(new HashSet<>(ids())).hasSize(100);
  }

  @Test
  void recordsThatAreNoEvents_areSkipped_andTheirPlacesTold() {
    clicks(0, 10);
    send(1, null);
    send(1, "no json");
    send(0, "{\"ts\":\"yesterday\",\"visitor_id\":\"v\",\"event\":\"page\"}");
    clicks(10, 20);

    Result result = untilEnd();

    assertThat(raw()).hasSize(20);
    assertThat(result.out())
        .contains("skipped   3", "1 the record has no value; first: " + topic + "-1@5")
        .contains("1 not a JSON object; first: " + topic + "-1@6")
        .contains("the event time cannot be read; first: " + topic + "-0@5");
  }

  /** Some clicks, a record that is no JSON, and one with a visitor's id that is too long. */
  private void personalClicks() {
    clicks(0, 10);
    send(1, "mail=ann@shop.example");
    send(0, click(10).replace("v10", "ann@shop.example" + "x".repeat(1_000)));
    producer.flush();
  }

  @Test
  void valuesOfRecordsThatAreNoEvents_areInNoLog() throws Exception {
    personalClicks();
    var log = new ByteArrayOutputStream();
    var stop = new Stop();
    Terminal terminal = terminal(log, log, false);
    var thread = new Thread(() -> execute(Map.of(), stop, terminal, "--topic", topic));

    thread.start();
    await(thread, () -> log.toString(UTF_8).contains("note: skipped, the visitor's id"));
    stop.request();
    thread.join();

    assertThat(log.toString(UTF_8))
        .contains("note: skipped, not a JSON object: " + topic + "-1@5")
        .contains("note: skipped, the visitor's id is too long: " + topic + "-0@5")
        .contains("1 not a JSON object; first: " + topic + "-1@5")
        .doesNotContain("ann@");
    assertThat(untilEnd("--json", "--group", "again").out())
        .contains("\"first\":\"" + topic + "-1@5\"")
        .doesNotContain("ann@");
  }

  @Test
  void valuesOfRecordsThatAreNoEvents_areShownToAPerson() {
    personalClicks();
    var out = new ByteArrayOutputStream();
    Terminal terminal = terminal(out, new ByteArrayOutputStream(), true);

    execute(Map.of(), new Stop(), terminal, "--topic", topic, "--until-end");

    assertThat(out.toString(UTF_8))
        .contains("1 not a JSON object; first: " + topic + "-1@5: mail=ann@shop.example")
        .contains("first: " + topic + "-0@5: ann@shop.examplexxx");
  }

  @Test
  void recordsOfNoKnownFormat_areQuotedByADryRunOnly() {
    send(0, "mail=ann@shop.example");
    producer.flush();

    assertThat(execute(new Stop(), "--topic", topic, "--until-end").err())
        .contains("the format is not recognised")
        .doesNotContain("ann@");
    assertThat(execute(new Stop(), "--topic", topic, "--dry-run").err())
        .contains("the format is not recognised", "First record: mail=ann@shop.example");
  }

  @Test
  void eventsWithoutATime_haveThatOfTheirRecord() {
    long time = Instant.parse("2024-07-01T10:00:00Z").toEpochMilli();
    send(producer, 0, time, "{\"visitor_id\":\"v\",\"event\":\"page\"}");
    producer.flush();

    Result result = untilEnd();

    assertThat(result.out()).contains("the time of the record in Kafka");
    assertThat(new String(raw().getFirst().value(), UTF_8)).contains("\"event_time\":" + time);
  }

  @Test
  void recordOfManyWithoutATime_hasThatOfTheRecord() {
    long time = Instant.parse("2024-07-01T10:00:00Z").toEpochMilli();
    clicks(0, 10);
    send(producer, 0, time, "{\"visitor_id\":\"v\",\"event\":\"page\"}");
    producer.flush();

    untilEnd();

    assertThat(raw())
        .hasSize(11)
        .anyMatch(record -> new String(record.value(), UTF_8).contains("\"event_time\":" + time));
  }

  @Test
  void oddRecord_doesNotDecideAboutTheFormat() {
    send(0, "ping");
    send(0, "");
    send(1, "ping");
    clicks(0, 10);

    assertThat(untilEnd().out()).contains("format: JSON lines", "skipped   3");
    assertThat(raw()).hasSize(10);
  }

  @Test
  void backlogThatWasLoadedAtOnce_isReadInTheOrderOfItsEvents() {
    // Ten days on each partition, all records made now: a poll returns one partition first.
    for (int partition = 0; partition < 2; partition++) {
      for (int i = 0; i < 3_000; i++) {
        long time = 1_700_000_000_000L + i * 288_000L;
        send(
            producer,
            partition,
            System.currentTimeMillis(),
            "{\"ts\":%d,\"visitor_id\":\"v\",\"event\":\"page\"}".formatted(time));
      }
    }
    producer.flush();

    untilEnd();

    long newest = 0;
    long latest = 0;
    for (ConsumerRecord<byte[], byte[]> record : raw()) {
      Matcher time = TIME.matcher(new String(record.value(), UTF_8));
      assertThat(time.find()).isTrue();
      newest = Math.max(newest, Long.parseLong(time.group(1)));
      latest = Math.max(latest, newest - Long.parseLong(time.group(1)));
    }
    assertThat(raw()).hasSize(6_000);
    assertThat(Duration.ofMillis(latest)).isLessThanOrEqualTo(Duration.ofHours(1));
  }

  @Test
  void newestOffsetsThatAreMarksOfTransactions_doNotHideTheRecords() throws Exception {
    try (Admin admin = admin()) {
      admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(150))).all().get();
    }
    try (var transactional = producer(Map.of("transactional.id", topic))) {
      transactional.initTransactions();
      transactional.beginTransaction();
      send(transactional, 0, 1_000, click(1));
      transactional.commitTransaction();
    }
    awaitMarkers();

    untilEnd();

    assertThat(raw()).hasSize(1);
  }

  @Test
  void abortedTransaction_isNotRead_andOneThatEndsTheTopicIsNoObstacle() {
    try (var transactional = producer(Map.of("transactional.id", "t"))) {
      transactional.initTransactions();
      transactional.beginTransaction();
      send(transactional, 0, 1_000, click(1));
      transactional.commitTransaction();
      transactional.beginTransaction();
      send(transactional, 0, 1_000, click(2));
      transactional.flush();
      transactional.abortTransaction();
    }
    awaitMarkers();

    untilEnd();

    assertThat(raw()).hasSize(1);
  }

  private void awaitMarkers() {
    try (Admin admin = admin()) {
      TransactionMarkers.await(admin, List.of(new TopicPartition(topic, 0)));
    }
  }

  @Test
  void topicThatWasMadeAnew_isReadFromItsFirstRecord() throws Exception {
    clicks(0, 100);
    untilEnd();
    try (Admin admin = admin()) {
      admin.deleteTopics(List.of(topic)).all().get();
    }
    close();
    open();
    clicks(1_000, 1_300);
    try (Admin admin = admin()) {
      // A process that has not noticed commits once more.
      var late = Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(50, "another id"));
      admin.alterConsumerGroupOffsets(prefix + "-ingest-" + topic, late).all().get();
    }

    Result result = untilEnd();

    assertThat(result.err()).contains("made anew");
    assertThat(new HashSet<>(ids())).hasSize(400);
  }

  @Test
  void recordsThatExpiredUnread_areTold() throws Exception {
    clicks(0, 100);
    untilEnd();
    clicks(100, 200);
    try (Admin admin = admin()) {
      var upTo = Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(70));
      admin.deleteRecords(upTo).all().get();
    }

    Result result = untilEnd();

    assertThat(result.err()).contains(topic + "-0: offsets 50 to 69 expired before they were read");
    assertThat(raw()).hasSize(180);
  }

  @Test
  void fromLatest_leavesOutWhatIsThere_butNothingLater() throws Exception {
    clicks(0, 100);
    runUntil("--from", "latest", () -> hasCommitted(prefix + "-ingest-" + topic));
    clicks(100, 130);

    untilEnd("--from", "latest");

    assertThat(raw()).hasSize(30);
  }

  @Test
  void fromLatest_readsPartitionsThatCameLater_fromTheirBeginning() throws Exception {
    clicks(0, 100);
    runUntil("--from", "latest", () -> hasCommitted(prefix + "-ingest-" + topic));
    try (Admin admin = admin()) {
      admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(3))).all().get();
    }
    send(2, click(1_000));
    producer.flush();

    untilEnd("--from", "latest");

    assertThat(raw()).hasSize(1);
  }

  @Test
  void fromLatest_ofAnEmptyTopic_isItsFirstRecord() throws Exception {
    var stop = new Stop();
    var thread = new Thread(() -> execute(stop, "--topic", topic, "--from", "latest"));
    thread.start();
    await(thread, () -> hasCommitted(prefix + "-ingest-" + topic));
    clicks(0, 5);
    await(thread, () -> hasEvents(5));
    stop.request();
    thread.join();

    assertThat(raw()).hasSize(5);
  }

  private static void await(Thread thread, BooleanSupplier isOver) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (thread.isAlive() && System.nanoTime() < deadline && !isOver.getAsBoolean()) {
      Thread.sleep(100);
    }
  }

  private boolean hasCommitted(String group) {
    try (Admin admin = admin()) {
      return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().size()
          == 2;
    } catch (ExecutionException e) {
      return false; // there is no such group yet
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void runUntil(String option, String value, BooleanSupplier isOver)
      throws InterruptedException {
    var stop = new Stop();
    var thread = new Thread(() -> execute(stop, "--topic", topic, option, value));
    thread.start();
    await(thread, isOver);
    stop.request();
    thread.join();
  }

  @Test
  void emptyTopic_isWaitedFor() throws Exception {
    var stop = new Stop();
    var thread = new Thread(() -> execute(stop, "--topic", topic));
    thread.start();
    stop.pause(1_000);
    clicks(0, 5);
    await(thread, () -> hasEvents(5));
    stop.request();
    thread.join();

    assertThat(raw()).hasSize(5);
  }

  private boolean hasEvents(int events) {
    try {
      return raw().size() == events;
    } catch (org.apache.kafka.common.KafkaException | IllegalStateException e) {
      return false; // the topic is not there yet
    }
  }

  @Test
  void dryRun_showsTheMapping_andWritesNothing() throws Exception {
    clicks(0, 5);

    Result result = execute(new Stop(), "--topic", topic, "--dry-run");

    assertThat(result.code()).isZero();
    assertThat(result.out()).contains("anonymous_id", "\"anonymous_id\":\"v", "nothing was sent");
    try (Admin admin = admin()) {
      assertThat(admin.listTopics().names().get()).contains(topic).doesNotContain(prefix + ".raw");
    }
  }

  @Test
  void mistakes_areOneLine() throws IOException {
    send(0, "\0\0\0\0\7avro");
    producer.flush();
    String file = Files.writeString(folder.resolve("a.jsonl"), click(1)).toString();

    assertThat(execute(new Stop(), "--topic", "clics").err())
        .contains("there is no topic clics")
        .hasLineCount(1);
    assertThat(execute(new Stop(), "--topic", topic, "--dry-run").err())
        .contains("schema registry")
        .hasLineCount(1);
    assertThat(execute(new Stop(), "--topic", topic, file).err())
        .contains("either files or folders, or a topic")
        .hasLineCount(1);
    assertThat(execute(new Stop()).err()).contains("either files or folders, or a topic");
    assertThat(execute(new Stop(), "--topic", topic + "x", "--until-end").code()).isEqualTo(2);
    String other = broker.bootstrapServers().replace("127.0.0.1", "localhost");
    Map<String, String> cluster = Map.of("WEIR_INGEST_SOURCE_BOOTSTRAP_SERVERS", other);
    assertThat(execute(cluster, new Stop(), "--topic", "clics").err())
        .contains("there is no topic clics at " + other);
    assertThat(execute(new Stop(), file).code()).isZero();
    assertThat(execute(cluster, new Stop(), "--topic", prefix + ".raw").err())
        .contains("is one of Weir's own topics");
  }
}

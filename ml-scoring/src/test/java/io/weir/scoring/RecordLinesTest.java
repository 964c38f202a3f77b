package io.weir.scoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.weir.contract.AvroSerde;
import io.weir.http.JsonLines;
import io.weir.process.LogSettings;
import io.weir.process.Settings;
import io.weir.process.trace.Tracing;
import io.weir.scoring.fixture.TestModels;
import io.weir.scoring.ops.ScoringMetrics;
import io.weir.scoring.processor.ImpressionScorer;
import io.weir.scoring.processor.ScoreSessions;
import io.weir.scoring.processor.SessionScorer;
import io.weir.scoring.registry.DirectoryRegistry;
import io.weir.scoring.registry.ModelKind;
import io.weir.scoring.registry.ModelSlot;
import io.weir.testkit.CapturedLog;
import io.weir.testkit.ManualClock;
import io.weir.testkit.TestSessions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the log says about a record that cannot be scored: its place, its trace, its visitor. */
class RecordLinesTest {
  private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final String ANN = "ann@example.com";
  private static final String ANN_HASH = "\"visitor\":\"093e3dd9df95\"";
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SPAN = "00f067aa0ba902b7";

  @TempDir Path folder = Path.of("");

  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final ScoringMetrics metrics = new ScoringMetrics();

  @AfterEach
  void forgetKey() {
    LogSettings.use(Settings.of(Map.of()));
  }

  @Test
  void unreadableSession_isLoggedWithTheIdsOfItsStep() {
    List<String> lines = sessionLines(config(KEY), "junk".getBytes(UTF_8));

    SpanData step = spans.getFinishedSpanItems().getFirst();
    assertThat(step.getStatus()).isEqualTo(StatusData.error());
    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst())
        .contains("clickstream.sessions-0 offset 0 is no session")
        .contains("\"trace_id\":\"" + TRACE + "\",\"span_id\":\"" + step.getSpanId() + "\"")
        .contains(ANN_HASH);
    assertThat(lines.getLast())
        .contains("clickstream.sessions-0 offset 1 is no session", ANN_HASH)
        .doesNotContain("trace_id", "span_id");
    assertThat(lines.toString() + spans.getFinishedSpanItems()).doesNotContain(ANN);
  }

  @Test
  void sessionThatIsScored_isNoError() {
    byte[] session =
        Objects.requireNonNull(
            AvroSerde.session().serialize("sessions", TestSessions.session(ANN, 1).build()));

    assertThat(sessionLines(config(KEY), session)).isEmpty();
    assertThat(spans.getFinishedSpanItems())
        .singleElement()
        .satisfies(step -> assertThat(step.getStatus()).isEqualTo(StatusData.unset()));
  }

  @Test
  void withoutKey_noVisitorIsWritten() {
    assertThat(sessionLines(config(""), "junk".getBytes(UTF_8)))
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).doesNotContain("visitor", ANN));
  }

  @Test
  void unreadableEvent_isLoggedWithTheIdsThatItCameWith() {
    ScoringConfig config = config(KEY);
    var slot = ModelSlot.champion(ModelKind.CLICK, folder);
    TestModels.saveVersion(folder, "first", TestModels.clickStump(-1, 1));
    TestModels.promote(folder, "first");
    var registry = new DirectoryRegistry(slot, new ManualClock(NOW), () -> {});
    registry.refresh();
    Properties properties = config.sideStreams("clicks");
    var scorer = new ImpressionScorer(registry, new ManualClock(NOW));
    Topology topology =
        new ClickTopology(config.topics(), 1_200, scorer, metrics, tracing()).build(properties);

    List<String> lines = lines(topology, properties, "clickstream.events", "junk".getBytes(UTF_8));

    assertThat(lines).hasSize(2).allSatisfy(line -> assertThat(line).contains(ANN_HASH));
    assertThat(lines.getFirst())
        .contains("\"trace_id\":\"" + TRACE + "\",\"span_id\":\"" + SPAN + "\"");
    assertThat(lines.getLast()).doesNotContain("trace_id", "span_id");
    assertThat(lines.toString()).doesNotContain(ANN);
    assertThat(spans.getFinishedSpanItems()).isEmpty();
  }

  private List<String> sessionLines(ScoringConfig config, byte[] value) {
    TestModels.save(folder, TestModels.stump(-1, 1));
    var registry = new DirectoryRegistry(folder, new ManualClock(NOW), () -> {}, Optional.empty());
    registry.refresh();
    var scorer = new SessionScorer(registry, new ManualClock(NOW), 2);
    Properties properties = config.streams();
    Topology topology =
        ScoringTopology.ofChampion(config.topics(), scorer, metrics, tracing()).build(properties);
    return lines(topology, properties, "clickstream.sessions", value);
  }

  /** The lines about a record that is followed, and about the same one without its header. */
  private static List<String> lines(
      Topology topology, Properties properties, String topic, byte[] value) {
    String room = ScoreSessions.class.getPackageName();
    try (var driver = new TopologyTestDriver(topology, properties);
        var log = new CapturedLog(room, new JsonLines())) {
      var in = driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer());
      Headers followed =
          new RecordHeaders()
              .add("traceparent", ("00-" + TRACE + "-" + SPAN + "-01").getBytes(UTF_8));
      in.pipeInput(new TestRecord<>(ANN.getBytes(UTF_8), value, followed, NOW));
      in.pipeInput(new TestRecord<>(ANN.getBytes(UTF_8), value, new RecordHeaders(), NOW));
      return log.lines();
    }
  }

  private Tracing tracing() {
    SdkTracerProvider provider =
        SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(spans)).build();
    return Tracing.of(
        Double.MIN_VALUE, OpenTelemetrySdk.builder().setTracerProvider(provider).build());
  }

  private ScoringConfig config(String key) {
    var settings = new HashMap<String, String>();
    settings.put("WEIR_SCORING_STATE_DIR", folder.resolve("state").toString());
    settings.put("WEIR_LOG_VISITOR_KEY", key);
    return ScoringConfig.from(Settings.of(settings));
  }
}

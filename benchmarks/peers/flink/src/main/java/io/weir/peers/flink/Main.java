package io.weir.peers.flink;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The job of a user who chose Flink's DataStream API: the raw topic to valid, distinct clicks and
 * their sessions, with RocksDB and exactly-once checkpoints every 10 s.
 *
 * <p>{@code sessions} writes sessions; {@code full} writes raw records and clicks as well.
 */
public final class Main {
  private static final int PARALLELISM = 2;
  private static final long CHECKPOINT_MILLIS = 10_000;
  private static final Duration OUT_OF_ORDER = Duration.ofMinutes(10);

  /** The event time of records without one; a little above the least, so that no sum overflows. */
  private static final long NO_TIME = Long.MIN_VALUE + 3_600_000;

  private Main() {}

  public static void main(String[] arguments) {
    try {
      run(arguments.length == 0 ? "" : arguments[0]);
      System.out.flush();
      // Not exit: threads of the mini cluster would delay the end.
      Runtime.getRuntime().halt(0);
    } catch (Exception e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(1);
    }
  }

  private static void run(String mode) throws Exception {
    boolean isFull = mode.equals("full");
    if (!isFull && !mode.equals("sessions")) {
      throw new IllegalArgumentException("the job is sessions or full, not: " + mode);
    }
    Path out = FlinkUsage.emptied(Path.of(System.getenv("PEERS_TMP"), "flink", "out"));
    Files.createDirectories(out.resolve("tmp"));
    StreamExecutionEnvironment environment = environment(out);
    define(environment, isFull, out.toString());
    double cpuBefore = FlinkUsage.cpuSeconds();
    JobExecutionResult result = environment.execute("peer-" + mode);
    report(mode, result, System.currentTimeMillis(), FlinkUsage.cpuSeconds() - cpuBefore);
  }

  private static StreamExecutionEnvironment environment(Path out) {
    var settings = new Configuration();
    settings.setString("state.backend.type", "rocksdb");
    settings.setString("state.backend.rocksdb.localdir", out.resolve("rocksdb").toString());
    settings.setString("execution.checkpointing.incremental", "true");
    settings.setString("execution.checkpointing.dir", "file://" + out.resolve("checkpoints"));
    settings.setString("taskmanager.memory.managed.size", "1g");
    settings.setString("taskmanager.memory.network.min", "128m");
    settings.setString("taskmanager.memory.network.max", "128m");
    settings.setString("taskmanager.numberOfTaskSlots", Integer.toString(PARALLELISM));
    // Newer JDKs refuse the Hadoop call behind them; there is no Kerberos here.
    settings.setString("security.delegation.tokens.enabled", "false");
    settings.setString("rest.bind-address", "127.0.0.1");
    settings.setString("rest.port", "0");
    settings.setString("io.tmp.dirs", out.resolve("tmp").toString());
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(PARALLELISM, settings);
    environment.enableCheckpointing(CHECKPOINT_MILLIS, CheckpointingMode.EXACTLY_ONCE);
    environment.getConfig().enableObjectReuse();
    return environment;
  }

  private static void define(StreamExecutionEnvironment environment, boolean isFull, String out) {
    // In the source: watermarks by partition. Behind it, a replay would drop late clicks.
    WatermarkStrategy<RawRecord> watermarks =
        WatermarkStrategy.<RawRecord>forBoundedOutOfOrderness(OUT_OF_ORDER)
            .withTimestampAssigner(
                (raw, _time) -> raw.click == null ? NO_TIME : raw.click.eventTime);
    SingleOutputStreamOperator<RawRecord> raw =
        environment.fromSource(source(isFull), watermarks, "raw");
    SingleOutputStreamOperator<ParsedClick> clicks =
        raw.flatMap(new ValidClicks())
            .returns(ParsedClick.class)
            .keyBy(click -> click.eventId)
            .process(new FirstOccurrence());
    if (isFull) {
      raw.sinkTo(ParquetFiles.bronze(out + "/bronze")).name("bronze");
      clicks.sinkTo(ParquetFiles.silver(out + "/silver")).name("silver");
    }
    SessionWindows.of(clicks).sinkTo(ParquetFiles.sessions(out + "/sessions")).name("sessions");
  }

  private static KafkaSource<RawRecord> source(boolean isFull) {
    return KafkaSource.<RawRecord>builder()
        .setBootstrapServers(System.getenv("BOOTSTRAP"))
        .setTopics(System.getenv("TOPIC"))
        .setGroupId("flink-peer")
        .setStartingOffsets(OffsetsInitializer.earliest())
        .setBounded(OffsetsInitializer.latest())
        .setDeserializer(new ClickParser(isFull))
        .build();
  }

  private static void report(String mode, JobExecutionResult result, long endMillis, double cpu)
      throws Exception {
    long events = result.getAccumulatorResult(ValidClicks.READ);
    long first = result.getAccumulatorResult(ValidClicks.FIRST_MILLIS);
    long invalid = result.getAccumulatorResult(ValidClicks.INVALID);
    long duplicates = result.getAccumulatorResult(FirstOccurrence.DUPLICATES);
    long distinct = result.getAccumulatorResult(FirstOccurrence.DISTINCT);
    long sessions = result.getAccumulatorResult(SessionWindows.SESSIONS);
    long sessionEvents = result.getAccumulatorResult(SessionWindows.EVENTS);
    long revenue = result.getAccumulatorResult(SessionWindows.REVENUE);
    double seconds = (endMillis - first) / 1e3;
    System.out.printf(
        Locale.ROOT,
        "count read=%d invalid=%d duplicates=%d silver=%d sessions=%d session_events=%d"
            + " revenue_cents=%d%n",
        events,
        invalid,
        duplicates,
        distinct,
        sessions,
        sessionEvents,
        revenue);
    System.out.printf(
        Locale.ROOT,
        "flink %s events=%d seconds=%.2f events_per_s=%.0f cpu_s=%.1f events_per_cpu_s=%.0f"
            + " maxrss_mb=%d opts=%n",
        mode,
        events,
        seconds,
        events / seconds,
        cpu,
        events / cpu,
        FlinkUsage.peakMegabytes());
  }
}

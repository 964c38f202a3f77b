package io.weir.stream;

import io.weir.contract.Topic;
import io.weir.http.ListenAddress;
import io.weir.http.WebServer;
import io.weir.process.Settings;
import io.weir.process.StartupException;
import io.weir.process.TopicProvisioner;
import io.weir.process.streams.StreamRunner;
import io.weir.process.trace.Tracing;
import io.weir.stream.StreamService.Companions;
import io.weir.stream.gold.GoldRules;
import io.weir.stream.gold.days.ActiveDays;
import io.weir.stream.ops.ClickScores;
import io.weir.stream.ops.ConsumerLag;
import io.weir.stream.ops.LagReporter;
import io.weir.stream.ops.RestoreProgress;
import io.weir.stream.ops.ScoreReader;
import io.weir.stream.ops.Scores;
import io.weir.stream.ops.StateDisk;
import io.weir.stream.ops.StrangersKey;
import io.weir.stream.ops.StreamMetrics;
import io.weir.stream.ops.StreamOperations;
import io.weir.stream.processor.IngestCounts;
import io.weir.stream.processor.StreamProgress;
import io.weir.stream.processor.StreamSettings;
import io.weir.stream.processor.limits.BoundedClients;
import io.weir.stream.processor.limits.SkipUnsendable;
import io.weir.stream.processor.times.AppendTimes;
import io.weir.stream.processor.visitors.VisitorCache;
import io.weir.stream.query.cluster.Cluster;
import io.weir.stream.query.cluster.ClusterReport;
import io.weir.stream.query.cluster.Forwarder;
import io.weir.stream.query.cluster.StatusReport;
import io.weir.stream.query.cluster.StoreLags;
import io.weir.stream.query.cluster.Survey;
import io.weir.stream.query.http.JsonAnswers;
import io.weir.stream.query.http.Listeners;
import io.weir.stream.query.live.LiveStream;
import io.weir.stream.query.live.OwnNews;
import io.weir.stream.query.live.PeerPoll;
import io.weir.stream.query.metrics.GroupMetrics;
import io.weir.stream.query.metrics.MetricSources;
import io.weir.stream.query.metrics.SessionDatabase;
import io.weir.stream.query.metrics.SessionRows;
import io.weir.stream.query.metrics.StreamsCells;
import io.weir.stream.query.overview.GroupOverview;
import io.weir.stream.query.overview.OpenSessions;
import io.weir.stream.query.quality.GroupQuality;
import io.weir.stream.query.quality.GroupRefused;
import io.weir.stream.query.quality.OwnMinutes;
import io.weir.stream.query.reports.PersonHistory;
import io.weir.stream.query.reports.SessionReports;
import io.weir.stream.query.visitor.VisitorLookup;
import io.weir.stream.query.visitor.VisitorRouting;
import io.weir.stream.query.visitor.VisitorViews;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.HostInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Assembles the service. Nothing runs until {@link StreamService#start}. */
final class StreamFactory {
  private static final Logger log = LoggerFactory.getLogger(StreamFactory.class);

  /** The usual maximum for the time of a commit. */
  private static final Duration COMMIT = Duration.ofSeconds(1);

  private final StreamConfig config;
  private final Clock clock;
  private final IngestCounts counts = new IngestCounts();
  private final StreamProgress progress = new StreamProgress();
  private final ConsumerLag lag = new ConsumerLag();
  private final RestoreProgress restore = new RestoreProgress();
  private final EnrichmentRun enrichment;
  private final VisitorCache visitors;
  private final Optional<SessionDatabase> database;
  private final Tracing tracing;

  /** The partitions of the raw topic, known once the topics are provisioned. */
  private int partitions;

  StreamFactory(StreamConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
    this.enrichment = new EnrichmentRun(config.enrichment());
    this.visitors = new VisitorCache(config.memory().cache());
    this.tracing = Tracing.open(config.traceRatio(), "weir-stream-app");
    this.database =
        config.sql().address().map(each -> new SessionDatabase(each, config.sql().timeout()));
  }

  StreamService create() {
    createStateDir();
    warnOfLongLateness();
    enrichment.start();
    if (isRestart()) {
      // Its partitions and their records wait for it, and an event needs what is slow to load.
      enrichment.warm(() -> {});
    }
    partitions = provision();
    StreamSettings settings = settings();
    var strangersKey = new StrangersKey(config.kafka(), config.topics().strangersKey().name());
    enrichment.useStrangersKey(strangersKey::get);
    Topology topology = ClickstreamTopology.build(settings, counts, progress);
    Properties properties = StreamProperties.of(config, settings.rawPartitions());
    LagReporter.add(properties, lag);
    SkipUnsendable.add(properties, settings.topics(), counts.unsendable);
    new AppendTimes(clock, settings.timeRules().hasCopiedTimes()).addTo(properties);
    var streams = new KafkaStreams(topology, properties, new BoundedClients());
    streams.setGlobalStateRestoreListener(restore);
    var runner =
        new StreamRunner(
            () -> streams, topology.describe().toString(), leaving(), config.shutdown().timeout());
    return service(streams, runner);
  }

  /** Whether an instance has worked here before. */
  private boolean isRestart() {
    return Files.isDirectory(config.stateDir().resolve(config.applicationId()));
  }

  private GroupMembershipOperation leaving() {
    return config.group().instanceId().isPresent()
        ? GroupMembershipOperation.REMAIN_IN_GROUP
        : GroupMembershipOperation.LEAVE_GROUP;
  }

  private StreamService service(KafkaStreams streams, StreamRunner runner) {
    var scores = new Scores(config.query().scores());
    var clicks = new ClickScores(config.query().scores());
    ListenAddress listen = config.http().listen();
    var forwarder = new Forwarder(config.query().timeout(), listen.access().ownKey(), listen.tls());
    var disk = new StateDisk(config.stateDir(), runner);
    var metrics = new StreamMetrics(counts, visitors, progress, lag, enrichment.chain().steps());
    metrics.balance(new OwnMinutes(new StreamsCells(streams), clock)::unbalanced);
    WebServer server =
        WebServer.of(
            listen,
            new StreamOperations(runner, disk, metrics).watched(restore, config.stateDir()),
            config.timeRules(),
            config.sessionRules());
    var views = new VisitorViews(config.sessionRules(), scores, clicks, enrichment::storedId);
    LiveStream live = answers(server, streams, runner, forwarder, views);
    var companions =
        new Companions(
            enrichment, readers(scores, clicks), live, forwarder, disk, database, tracing);
    return new StreamService(runner, server, companions, config);
  }

  /** Registers the parts that answer questions; returns the live stream, not yet started. */
  private LiveStream answers(
      WebServer server,
      KafkaStreams streams,
      StreamRunner runner,
      Forwarder forwarder,
      VisitorViews views) {
    var self = new HostInfo(config.http().advertisedHost(), config.http().listen().port());
    var cluster = new Cluster(streams, self);
    var lags = new StoreLags(streams);
    var survey = new Survey(cluster::others, forwarder, JsonAnswers.of(server));
    var cells = new StreamsCells(streams);
    var open = new OpenSessions(streams, config.sessionRules(), progress);
    StatusReport report = report(runner);
    var news = new OwnNews(progress, report, open);
    Executor threads = Executors.newVirtualThreadPerTaskExecutor();
    var listeners = new Listeners(threads);
    var store = new VisitorLookup(streams, lags, enrichment::storedId, partitions);
    server.register(
        report,
        news,
        listeners,
        new ClusterReport(cluster, lags, runner, progress, lag),
        new GroupOverview(open, progress, survey),
        metrics(cells, survey),
        new SessionReports(database, config.goldRules().zone(), clock),
        new PersonHistory(database, enrichment::storedId),
        new GroupQuality(cells, survey, partitions, clock),
        new GroupRefused(counts.refused, survey),
        new VisitorRouting(cluster, store, forwarder),
        views);
    return new LiveStream(news, new PeerPoll(survey, threads), listeners);
  }

  private MetricSources metrics(StreamsCells cells, Survey survey) {
    GoldRules rules = config.goldRules();
    var group = new GroupMetrics(cells, survey, partitions, rules, clock);
    Duration longest = config.sessionRules().longestSession();
    Optional<SessionRows> sessions = database.map(each -> new SessionRows(each, longest));
    return new MetricSources(group, sessions, rules, clock);
  }

  private StatusReport report(StreamRunner runner) {
    Duration quiet = config.commits().live().plus(COMMIT);
    return new StatusReport(runner, counts, progress, lag, clock, quiet);
  }

  private List<ScoreReader<?>> readers(Scores scores, ClickScores clicks) {
    Map<String, Object> kafka = config.kafka().properties();
    int most = config.query().scores();
    return List.of(
        ScoreReader.ofSessions(kafka, config.topics().scores().name(), most, scores),
        ScoreReader.ofClicks(kafka, config.topics().clickScores().name(), most, clicks),
        ScoreReader.ofReturns(kafka, config.topics().returnScores().name(), most, scores));
  }

  private void createStateDir() {
    try {
      Files.createDirectories(config.stateDir());
      Files.delete(Files.createTempFile(config.stateDir(), "probe", ""));
    } catch (IOException e) {
      throw new StartupException(
          "WEIR_STREAM_STATE_DIR=" + config.stateDir() + " is not writable: " + e, e);
    }
  }

  /** It is no error: a platform for history allows any lateness. */
  private void warnOfLongLateness() {
    Duration changeable = config.sessionRules().changeableFor();
    // The days of two times are up to two more apart than the times.
    if (changeable.toDays() + 2 > ActiveDays.REACH) {
      log.warn(
          "{}={} and {}={} let a session change for {} days; the visitors of a day can change for"
              + " {} days only, so numbers of visitors before that are not exact",
          Settings.variable("stream.allowed-lateness"),
          config.sessionRules().allowedLateness(),
          Settings.variable("stream.session-max-duration"),
          config.sessionRules().maxDuration(),
          changeable.toDays(),
          ActiveDays.REACH - 1);
    }
  }

  /** Returns the partitions the raw topic has. */
  private int provision() {
    TopicProvisioner.provision(config.kafka(), config.rights(), config.topics().all(), log::warn);
    try (Admin admin = config.kafka().admin()) {
      List<String> inputs =
          Stream.of(config.topics().raw(), config.topics().rekeyed(), config.topics().erasures())
              .map(Topic::name)
              .toList();
      Map<String, TopicDescription> found = admin.describeTopics(inputs).allTopicNames().get();
      List<Integer> partitions =
          inputs.stream().map(name -> partitions(found, name)).distinct().toList();
      if (partitions.size() > 1) {
        throw new StartupException(
            String.join(" and ", inputs) + " must have the same partitions, have " + partitions);
      }
      return partitions.getFirst();
    } catch (ExecutionException e) {
      throw new StartupException("the raw topic cannot be described: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartupException("interrupted while describing topics", e);
    }
  }

  private static int partitions(Map<String, TopicDescription> found, String name) {
    TopicDescription description = found.get(name);
    return description == null ? 0 : description.partitions().size();
  }

  private StreamSettings settings() {
    return new StreamSettings(
        config.topics(),
        partitions,
        config.timeRules(),
        config.eventRules(),
        config.sessionRules(),
        config.goldRules().within(Runtime.getRuntime().maxMemory(), partitions),
        config.idleTimeout(),
        config.closeInterval(),
        config.commits().live(),
        enrichment.chain(),
        enrichment::storedIds,
        visitors,
        lag,
        tracing);
  }
}

package io.weir.stream;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.Session;
import io.weir.process.Settings;
import io.weir.process.StartupException;
import io.weir.stream.enrich.Enricher;
import io.weir.stream.ingest.Checked;
import io.weir.stream.ingest.EventRules;
import io.weir.stream.ingest.EventValidator;
import io.weir.stream.ingest.TimeRules;
import io.weir.stream.session.Sessionizer;
import io.weir.stream.session.rules.SessionRules;
import io.weir.stream.session.visitor.VisitorState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumWriter;

/**
 * Sessions of a file of raw events, without Kafka: the same parsing, enrichment and rules as the
 * service. For training sets and for looking at a file.
 */
final class OfflineSessions {
  private static final Duration ANY = Duration.ofDays(36_500);

  private final EventValidator validator;
  private final Enricher enricher;
  private final Sessionizer sessionizer;
  private final TreeMap<String, VisitorState> visitors = new TreeMap<>();
  private AcceptedFile accepted = new AcceptedFile(Optional.empty());
  private long received;
  private long rejected;
  private long duplicate;
  private long sessions;

  OfflineSessions(EventRules types, SessionRules rules, Enricher enricher) {
    this.validator = new EventValidator(new TimeRules(ANY, ANY), types);
    this.enricher = enricher;
    this.sessionizer = new Sessionizer(rules.unbounded());
  }

  /**
   * Reads a file of raw events and writes a file of sessions; returns the exit code.
   *
   * @param kept a file for the accepted events, too
   */
  static int run(Path events, Path out, Optional<Path> kept) {
    StreamConfig config = StreamConfig.forCommand(Settings.ofProcess());
    try (var enrichment = new EnrichmentRun(config.enrichment());
        var accepted = new AcceptedFile(kept)) {
      enrichment.start();
      enrichment.warm(() -> {});
      return new OfflineSessions(config.eventRules(), config.sessionRules(), enrichment.chain())
          .keeping(accepted)
          .convert(events, out);
    }
  }

  private OfflineSessions keeping(AcceptedFile file) {
    accepted = file;
    return this;
  }

  private int convert(Path events, Path out) {
    read(events);
    write(out);
    System.out.printf(
        "received=%d rejected=%d duplicate=%d sessions=%d out=%s%n",
        received, rejected, duplicate, sessions, out);
    return 0;
  }

  private void read(Path file) {
    long now = Clock.systemUTC().millis();
    try (InputStream bytes = Files.newInputStream(file);
        InputStream plain =
            file.toString().endsWith(".gz") ? new GZIPInputStream(bytes, 1 << 16) : bytes;
        var lines = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        accept(line.getBytes(StandardCharsets.UTF_8), now);
      }
    } catch (IOException e) {
      throw new StartupException("--events " + file + " cannot be read: " + e, e);
    }
  }

  private void accept(byte[] value, long now) {
    received++;
    switch (validator.check(value, now)) {
      case Checked.Rejected _ -> rejected++;
      case Checked.Accepted(EnrichedEvent event) -> {
        enricher.enrich(event);
        VisitorState state =
            visitors.computeIfAbsent(event.getVisitorId(), _ -> new VisitorState());
        switch (sessionizer.accept(state, event, Long.MIN_VALUE)) {
          case DUPLICATE -> duplicate++;
          case IN_SESSION -> accepted.add(event);
          case TOO_LATE ->
              throw new IllegalStateException(
                  "without a watermark and without limits nothing is late: " + event.getEventId());
        }
      }
    }
  }

  private void write(Path file) {
    try (var writer =
        new DataFileWriter<>(new SpecificDatumWriter<>(Session.class))
            .setCodec(CodecFactory.deflateCodec(CodecFactory.DEFAULT_DEFLATE_LEVEL))
            .create(Session.getClassSchema(), file.toFile())) {
      visitors.forEach((visitor, state) ->
          sessionizer.settle(visitor, state, Long.MAX_VALUE, session -> append(writer, session)));
    } catch (IOException e) {
      throw new StartupException("--out " + file + " cannot be written: " + e, e);
    }
  }

  private void append(DataFileWriter<Session> writer, Session session) {
    try {
      writer.append(session);
      sessions++;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.weir.ingest;

import io.weir.ingest.broker.History;
import io.weir.ingest.broker.Outcome;
import io.weir.ingest.broker.TooOldException;
import io.weir.ingest.format.FormatName;
import io.weir.ingest.read.UnreadableFileException;
import io.weir.ingest.run.Destination;
import io.weir.ingest.run.FileFormats;
import io.weir.ingest.run.FileIngest;
import io.weir.ingest.run.Probe;
import io.weir.ingest.run.Totals;
import io.weir.process.StartupException;
import io.weir.process.Surroundings;
import io.weir.process.kafka.ClosingEvents;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Sends files in the order of their first events, then closes the sessions of past data. */
final class Batch {
  /** Identify events alone make no session. */
  private static final ClosingEvents CLOSING = new ClosingEvents("identify", "weir-ingest");

  private final Surroundings surroundings;
  private final FileFormats formats;
  private final Destination to;
  private final History history;

  Batch(Surroundings surroundings, FileFormats formats, Destination to, History history) {
    this.surroundings = surroundings;
    this.formats = formats;
    this.to = to;
    this.history = history;
  }

  /** Sends the files that can be read and are not too old; reports the others. */
  Summary sendReadable(List<Path> files) {
    List<Probe> lines = new ArrayList<>();
    List<Probe> ready = new ArrayList<>();
    for (Path file : files) {
      try {
        Probe probe = formats.probe(file);
        if (probe.isEmpty()) {
          continue;
        }
        if (probe.format() == FormatName.JSONL) {
          lines.add(probe);
        } else if (isMapped(List.of(probe))) {
          ready.add(probe);
        }
      } catch (UnreadableFileException e) {
        leftOut(e);
      }
    }
    if (!lines.isEmpty() && isMapped(lines)) {
      ready.addAll(lines);
    }
    return send(ready, true);
  }

  private boolean isMapped(List<Probe> probes) {
    try {
      formats.prepare(probes);
      return true;
    } catch (UnreadableFileException e) {
      leftOut(e);
      return false;
    }
  }

  private void leftOut(StartupException e) {
    surroundings.terminal().err().println("left out: " + e.getMessage());
  }

  /** Sends the files; the first file that is too old ends the batch. */
  Summary send(List<Probe> probes) {
    return send(probes, false);
  }

  private Summary send(List<Probe> probes, boolean isLenient) {
    long begun = System.nanoTime();
    var totals = new Totals();
    long total = probes.stream().mapToLong(Probe::size).sum();
    var bar = new SendBar(surroundings, totals, total);
    var ingest = new FileIngest(to, surroundings.clock(), surroundings.stop(), totals);
    var observer = new Observed(bar, history.gate());
    Optional<Outcome> before = probes.isEmpty() ? Optional.empty() : history.counters();
    try {
      for (Probe probe : inOrder(probes)) {
        if (!surroundings.stop().isRequested()) {
          sendFile(ingest, probe, observer, isLenient);
          bar.fileDone(probe.size());
        }
      }
    } finally {
      bar.clear();
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    boolean isInterrupted = surroundings.stop().isRequested();
    Optional<Outcome> outcome = isInterrupted ? Optional.empty() : finish(totals, before);
    return new Summary(
        Summary.files(totals), totals, ingest.shortened(), seconds, outcome, isInterrupted);
  }

  private void sendFile(FileIngest ingest, Probe probe, Observed observer, boolean isLenient) {
    try {
      ingest.send(probe, formats.of(probe), observer);
    } catch (TooOldException e) {
      if (!isLenient) {
        throw e;
      }
      surroundings.terminal().err().println("left out: " + probe.file() + ": " + e.getMessage());
    } catch (UnreadableFileException e) {
      // Moved away since it was looked at.
      if (!isLenient) {
        throw e;
      }
      leftOut(e);
    }
  }

  /**
   * Shows the progress of each file.
   *
   * @param gate refuses the first event of a file that is too old
   */
  private record Observed(SendBar bar, LongConsumer gate) implements FileIngest.Observer {
    @Override
    public void firstEvent(long time) {
      gate.accept(time);
    }

    @Override
    public void progress(long bytes) {
      bar.at(bytes);
    }
  }

  private List<Probe> inOrder(List<Probe> probes) {
    record Timed(Probe probe, long time) {}
    return probes.stream()
        .map(probe -> new Timed(probe, formats.firstTime(probe)))
        .sorted(Comparator.comparingLong(Timed::time))
        .map(Timed::probe)
        .toList();
  }

  private Optional<Outcome> finish(Totals totals, Optional<Outcome> before) {
    if (totals.lastTime().isEmpty()) {
      return Optional.empty();
    }
    history
        .closingTime(totals.lastTime().get())
        .ifPresent(time -> CLOSING.send(to.publisher(), time));
    return history.since(before, surroundings.stop());
  }
}

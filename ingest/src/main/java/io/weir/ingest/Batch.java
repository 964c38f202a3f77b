package io.weir.ingest;

import io.weir.contract.StartupException;
import io.weir.ingest.event.Times;
import io.weir.ingest.publish.ClosingEvents;
import io.weir.ingest.read.UnreadableFileException;
import io.weir.ingest.run.Destination;
import io.weir.ingest.run.FileFormats;
import io.weir.ingest.run.FileIngest;
import io.weir.ingest.run.Probe;
import io.weir.ingest.run.Totals;
import io.weir.ingest.target.History;
import io.weir.ingest.target.Outcome;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sends files in the order of their first events, then closes the sessions of past data. */
final class Batch {
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

  /** Refuses data that are older than the stream application takes. */
  static void requireTaken(List<Probe> probes, FileFormats formats, History history) {
    long first = Long.MAX_VALUE;
    for (Probe probe : probes) {
      long time = formats.firstTime(probe);
      first = time == Times.INVALID ? first : Math.min(first, time);
    }
    if (first != Long.MAX_VALUE) {
      history.requireTaken(first);
    }
  }

  /** Null for a file that cannot be read, which is told. */
  static @Nullable Probe probeIfReadable(FileFormats formats, Path file, PrintStream err) {
    try {
      Probe probe = formats.probe(file);
      formats.of(probe);
      return probe;
    } catch (UnreadableFileException e) {
      err.println("left out: " + e.getMessage());
      return null;
    }
  }

  /** Sends those of the files that can be read and are not too old; the others are told. */
  Summary sendReadable(List<Path> files) {
    List<Probe> probes = new ArrayList<>();
    for (Path file : files) {
      Probe probe = probeIfReadable(formats, file, surroundings.err());
      if (probe != null && isTaken(probe)) {
        probes.add(probe);
      }
    }
    return send(probes);
  }

  private boolean isTaken(Probe probe) {
    try {
      requireTaken(List.of(probe), formats, history);
      return true;
    } catch (StartupException e) {
      surroundings.err().println("left out: " + probe.file() + ": " + e.getMessage());
      return false;
    }
  }

  Summary send(List<Probe> probes) {
    long begun = System.nanoTime();
    var totals = new Totals();
    long total = probes.stream().mapToLong(Probe::size).sum();
    var progress = new Progress(surroundings, totals, total, System::nanoTime);
    var ingest = new FileIngest(to, surroundings.clock(), surroundings.stop(), totals);
    Optional<Outcome> before = probes.isEmpty() ? Optional.empty() : history.counters();
    try {
      for (Probe probe : inOrder(probes)) {
        if (!surroundings.stop().isRequested()) {
          ingest.send(probe, formats.of(probe), progress::at);
          progress.fileDone(probe.size());
        }
      }
    } finally {
      progress.clear();
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    boolean isInterrupted = surroundings.stop().isRequested();
    Optional<Outcome> outcome = isInterrupted ? Optional.empty() : finish(totals, before);
    return new Summary(totals, ingest.shortened(), seconds, outcome, isInterrupted);
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
        .ifPresent(time -> ClosingEvents.send(to.publisher(), time));
    return history.since(before, surroundings.stop());
  }
}

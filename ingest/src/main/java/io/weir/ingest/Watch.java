package io.weir.ingest;

import io.weir.ingest.read.LandingFolder;
import io.weir.process.Stop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Watches a landing folder. A file is handed on when its size and time have not changed since the
 * last look, and again after each later change. The journal knows which part of it is new.
 */
final class Watch {
  private static final long POLL_MILLIS = 1_000;

  private final LandingFolder folder;
  private final Stop stop;
  private Map<Path, Stamp> seen = new HashMap<>();
  private final Map<Path, Stamp> done = new HashMap<>();

  private record Stamp(long size, long modified) {}

  Watch(LandingFolder folder, Stop stop) {
    this.folder = folder;
    this.stop = stop;
  }

  void run(Consumer<List<Path>> files) {
    while (!stop.isRequested()) {
      List<Path> ready = look();
      if (!ready.isEmpty()) {
        files.accept(ready);
      }
      stop.pause(POLL_MILLIS);
    }
  }

  /** The files that have come to rest since they were last handed on. */
  List<Path> look() {
    Map<Path, Stamp> now = stamps();
    List<Path> ready = new ArrayList<>();
    now.forEach((file, stamp) -> {
      if (stamp.equals(seen.get(file)) && !stamp.equals(done.get(file))) {
        ready.add(file);
        done.put(file, stamp);
      }
    });
    done.keySet().retainAll(now.keySet());
    seen = now;
    return ready;
  }

  private Map<Path, Stamp> stamps() {
    Map<Path, Stamp> stamps = new HashMap<>();
    for (Path file : folder.files()) {
      try {
        var attributes = Files.readAttributes(file, BasicFileAttributes.class);
        stamps.put(file, new Stamp(attributes.size(), attributes.lastModifiedTime().toMillis()));
      } catch (IOException _) {
        // the file was moved away between the listing and this look
      }
    }
    return stamps;
  }
}

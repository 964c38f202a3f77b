package io.weir.ingest;

import io.weir.ingest.read.LandingFolder;
import io.weir.ingest.run.Stop;
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
 * Looks at a landing folder again and again. A file is handed on when its size and time are those
 * of the look before, and again when it has changed since. The journal knows what of it is new.
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

  /** The files that came to rest since they were handed on. */
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
        // moved away between the listing and this look
      }
    }
    return stamps;
  }
}

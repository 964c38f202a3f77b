package io.weir.stream.ops;

import com.maxmind.db.CHMCache;
import com.maxmind.db.Reader;
import io.weir.stream.enrich.Geo;
import io.weir.stream.enrich.GeoLookup;
import io.weir.stream.enrich.MaxMindLookup;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps {@link Geo} supplied from a file that may be replaced while the service runs. A file that
 * is missing or broken is a warning: the last good one stays, and where there is none the fields
 * stay empty.
 */
public final class GeoFile implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(GeoFile.class);
  private static final String SETTING = "WEIR_STREAM_GEO_FILE=";

  /** The number of IPv4 addresses that are looked up before a file is trusted. */
  private static final int PROBES = 256;

  private final Path path;
  private final Geo geo;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("geo-file").factory());
  private @Nullable String seen;

  public GeoFile(Path path, Geo geo) {
    this.path = path;
    this.geo = geo;
  }

  /** Checks the file again and again, with this pause in between. */
  public void watch(Duration every) {
    long millis = every.toMillis();
    var _ = thread.scheduleWithFixedDelay(this::check, millis, millis, TimeUnit.MILLISECONDS);
  }

  /** Loads the file if it has changed since the last check; returns whether it has loaded one. */
  @SuppressWarnings("checkstyle:IllegalCatch")
  public synchronized boolean check() {
    String state = state();
    if (state.equals(seen)) {
      return false;
    }
    seen = state;
    try {
      geo.use(load());
      log.info("countries and cities come from {}", path);
      return true;
    } catch (IOException | RuntimeException | Error e) {
      // A broken file can make the reader throw anything, which must not end the watch.
      log.warn(
          "{}{} cannot be used ({}); {}",
          SETTING,
          path,
          e,
          geo.hasSource() ? "the last good file stays in use" : "countries and cities stay empty");
      return false;
    }
  }

  private String state() {
    try {
      BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
      return now.lastModifiedTime() + " " + now.size() + " " + now.fileKey();
    } catch (IOException e) {
      return "missing: " + e;
    }
  }

  /** Loads a private copy, because the file may be overwritten in place while it is in use. */
  private GeoLookup load() throws IOException {
    Path copy = Files.createTempFile("weir-geo", ".mmdb");
    try {
      Files.copy(path, copy, StandardCopyOption.REPLACE_EXISTING);
      return probed(new MaxMindLookup(new Reader(copy.toFile(), new CHMCache())));
    } finally {
      // Where a file in use can be deleted, it stays readable until it is closed.
      if (!copy.toFile().delete()) {
        copy.toFile().deleteOnExit();
      }
    }
  }

  /** The lookup of a file that is part of the program. */
  public static GeoLookup builtIn(String resource) {
    try (InputStream bytes = GeoFile.class.getResourceAsStream(resource)) {
      if (bytes == null) {
        throw new IllegalStateException("the program is incomplete: " + resource + " is missing");
      }
      return probed(new MaxMindLookup(new Reader(bytes, new CHMCache())));
    } catch (IOException e) {
      throw new IllegalStateException("the program is damaged: " + resource, e);
    }
  }

  private static GeoLookup probed(GeoLookup lookup) throws IOException {
    byte[] address = new byte[4];
    for (int i = 0; i < PROBES; i++) {
      address[0] = (byte) i;
      address[1] = (byte) (i * 37);
      address[2] = (byte) (i * 101);
      lookup.find(InetAddress.getByAddress(address));
    }
    return lookup;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}

package io.weir.process.tls;

import io.weir.process.Settings;
import io.weir.process.StartupException;
import io.weir.process.tls.Renewed.Source;
import java.nio.file.Path;
import java.util.Optional;

/** The files with keys and certificates that settings name. */
final class TlsFiles {
  private TlsFiles() {}

  /** Whoever puts a key where its file belongs does not find the key in a log. */
  static Optional<Source> source(Settings settings, String key) {
    return settings
        .text(key)
        .map(text -> {
          if (text.contains("-----") || text.lines().count() > 1 || text.indexOf('\0') >= 0) {
            throw new StartupException(
                Settings.variable(key) + " must be the name of a file, and is something else");
          }
          return new Source(key, Path.of(text));
        });
  }
}

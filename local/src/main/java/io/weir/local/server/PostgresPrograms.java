package io.weir.local.server;

import io.weir.local.process.FileTree;
import io.weir.process.StartupException;
import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * PostgreSQL's programs, unpacked once into {@code postgres/} of a cache folder, completely or not
 * at all: they are unpacked under a temporary name, which is then renamed. Other processes wait for
 * a lock file meanwhile. A folder that has lost files since then is replaced.
 */
public final class PostgresPrograms {
  private static final String TEMPORARY = ".unpacking-";
  private final Path folder;
  private final PostgresArchive archive;

  PostgresPrograms(Path cache, PostgresArchive archive) {
    this.folder = cache.resolve("postgres");
    this.archive = archive;
  }

  /** The programs for this system. */
  public static PostgresPrograms in(Path cache) {
    String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String system = name.startsWith("mac") ? "Darwin" : "Linux";
    return new PostgresPrograms(
        cache,
        new PostgresArchive(() ->
            DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(
                system, System.getProperty("os.arch"))));
  }

  /** Unpacks the programs unless they exist already. */
  public UnpackedPrograms provide() {
    try {
      var programs = new UnpackedPrograms(folder, archive.digest());
      if (!programs.isWhole()) {
        unpack(programs);
      }
      return programs;
    } catch (IOException e) {
      throw new StartupException(
          "PostgreSQL's programs cannot be unpacked into "
              + folder
              + ", choose another folder with WEIR_CACHE_DIR: "
              + e,
          e);
    }
  }

  /** Unpacks in one process at a time; the system releases the lock, however the process ends. */
  private void unpack(UnpackedPrograms programs) throws IOException {
    Files.createDirectories(folder);
    synchronized (PostgresPrograms.class) { // a file lock belongs to the whole JVM
      try (FileChannel channel = openLock();
          FileLock _ = channel.lock()) {
        deleteUnfinished();
        if (!programs.isWhole()) {
          unpackAlone(programs);
        }
      }
    }
  }

  private FileChannel openLock() throws IOException {
    return FileChannel.open(
        folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  /** Deletes the files of killed processes. Nobody else is unpacking now. */
  private void deleteUnfinished() throws IOException {
    try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(folder, TEMPORARY + "*")) {
      for (Path path : unfinished) {
        FileTree.delete(path);
      }
    }
  }

  private void unpackAlone(UnpackedPrograms programs) throws IOException {
    Path temporary = Files.createDirectory(folder.resolve(TEMPORARY + "new"));
    try {
      archive.unpack(temporary);
      UnpackedPrograms.seal(temporary);
      if (Files.exists(programs.folder())) {
        Files.move(programs.folder(), folder.resolve(TEMPORARY + "broken"));
      }
      Files.move(temporary, programs.folder(), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      deleteUnfinished(); // frees the space of a full disk
    }
  }
}

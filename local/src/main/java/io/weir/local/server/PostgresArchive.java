package io.weir.local.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs in the Maven artefact for this system. Unpacking streams: it takes 9 MB of
 * memory, whatever the size of the files and the speed of the disk.
 */
final class PostgresArchive {
  private final Source source;

  /** A source of the archive's bytes. */
  interface Source {
    InputStream open() throws IOException;
  }

  PostgresArchive(Source source) {
    this.source = source;
  }

  /** A digest of the content, different for each version. */
  String digest() throws IOException {
    try (var bytes = new DigestInputStream(source.open(), MessageDigest.getInstance("SHA-256"))) {
      bytes.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(bytes.getMessageDigest().digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  void unpack(Path folder) throws IOException {
    try (var tar = new TarArchiveInputStream(new XZInputStream(source.open()))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        write(entry, tar, inside(folder, entry.getName()));
      }
    }
  }

  private static Path inside(Path folder, String name) throws IOException {
    Path path = folder.resolve(name).normalize();
    if (!path.startsWith(folder)) {
      throw new IOException("the archive has an entry outside its folder: " + name);
    }
    return path;
  }

  private static void write(TarArchiveEntry entry, InputStream content, Path path)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    Files.createDirectories(path.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else if (entry.isFile()) {
      Files.copy(content, path);
      setMode(path, (entry.getMode() & 0100) != 0);
    } else {
      throw new IOException("the archive has an entry of an unknown kind: " + entry.getName());
    }
  }

  /**
   * Sets the mode. Files are readable for all, because another user of this machine may start the
   * programs too.
   */
  private static void setMode(Path path, boolean isProgram) throws IOException {
    Files.setPosixFilePermissions(
        path, PosixFilePermissions.fromString(isProgram ? "rwxr-xr-x" : "rw-r--r--"));
  }
}

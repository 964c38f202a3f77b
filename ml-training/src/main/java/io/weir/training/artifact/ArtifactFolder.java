package io.weir.training.artifact;

import io.weir.process.StartupException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * Writes a model's files. {@code SHA256SUMS} is deleted first and written last: a folder without it
 * is incomplete, and {@code sha256sum -c SHA256SUMS} checks the others.
 */
public final class ArtifactFolder {
  /** The name of the file with the checksums. */
  public static final String CHECKSUMS = "SHA256SUMS";

  private ArtifactFolder() {}

  /** Makes the folder, so that a wrong one is reported before the training. */
  public static void prepare(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
    if (!Files.isWritable(folder)) {
      throw new StartupException(folder + " cannot be written; choose another folder with --out");
    }
  }

  /** Writes all files; those of an earlier training are replaced. */
  public static void write(Path folder, Map<String, byte[]> files) {
    try {
      Files.deleteIfExists(folder.resolve(CHECKSUMS));
      for (var file : files.entrySet()) {
        Files.write(folder.resolve(file.getKey()), file.getValue());
      }
      Files.write(folder.resolve(CHECKSUMS), checksums(files));
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
  }

  /** The lines of {@code SHA256SUMS}. */
  public static byte[] checksums(Map<String, byte[]> files) {
    var sums = new StringBuilder();
    files.forEach(
        (name, content) -> sums.append(checksum(content)).append("  ").append(name).append('\n'));
    return sums.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static StartupException unwritable(Path folder, IOException e) {
    return new StartupException(
        folder + " cannot be written: " + e.getMessage() + "; choose another folder with --out", e);
  }

  /** The SHA-256 of a file in hexadecimal digits. */
  public static String checksum(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

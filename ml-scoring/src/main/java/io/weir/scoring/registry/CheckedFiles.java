package io.weir.scoring.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.scoring.model.ModelFormatException;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * The files of a model, each compared with its line in {@code SHA256SUMS}. A model from elsewhere
 * that is one {@code model.json} alone needs no checksums.
 */
final class CheckedFiles {
  static final String CHECKSUMS = "SHA256SUMS";
  private static final int DIGITS = 64;

  private final ModelFiles files;
  private final Optional<Map<String, String>> sums;

  private CheckedFiles(ModelFiles files, Optional<Map<String, String>> sums) {
    this.files = files;
    this.sums = sums;
  }

  static CheckedFiles of(ModelFiles files) throws IOException, ModelFormatException {
    Optional<byte[]> text = files.read(CHECKSUMS);
    if (text.isEmpty() && files.read("features.json").isPresent()) {
      throw new ModelFormatException(CHECKSUMS + " is missing: the model is not complete");
    }
    return new CheckedFiles(
        files, text.isPresent() ? Optional.of(sums(text.get())) : Optional.empty());
  }

  private static Map<String, String> sums(byte[] text) throws ModelFormatException {
    var sums = new HashMap<String, String>();
    for (String line : new String(text, UTF_8).lines().toList()) {
      if (line.length() < DIGITS + 3 || line.charAt(DIGITS) != ' ') {
        throw new ModelFormatException(CHECKSUMS + ": \"" + line + "\" is no checksum");
      }
      sums.put(line.substring(DIGITS + 2), line.substring(0, DIGITS));
    }
    return sums;
  }

  /** The content of a file; empty if the model does not have it. */
  Optional<byte[]> read(String name) throws IOException, ModelFormatException {
    Optional<byte[]> content = files.read(name);
    if (sums.isEmpty()) {
      return content;
    }
    String expected = sums.get().get(name);
    String found = content.map(CheckedFiles::digest).orElse(null);
    if (expected != null && found == null) {
      throw new ModelFormatException("there is no " + name + ", which " + CHECKSUMS + " has");
    }
    if (expected == null ? found != null : !expected.equals(found)) {
      throw new ModelFormatException(name + " is not the file that " + CHECKSUMS + " has");
    }
    return content;
  }

  /** Whether the model is one of all files, with their checksums. */
  boolean isWhole() {
    return sums.isPresent();
  }

  /** The content of a file that every model has. */
  byte[] required(String name) throws IOException, ModelFormatException {
    return read(name).orElseThrow(() -> new ModelFormatException("there is no " + name));
  }

  static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}

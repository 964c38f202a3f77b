package io.weir.stream.query.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files of the page, read once. There are as many as the build has, so all of them are kept.
 */
final class PageFiles {
  private static final String FOLDER = "/web/";

  /** A name has one dot, before its extension: no path leads out of the folder. */
  private static final Pattern NAME =
      Pattern.compile("(?:[a-z0-9-]+/){0,4}[a-z0-9-]+\\.(?<extension>[a-z0-9]+)");

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "woff2", "font/woff2");

  private final Map<String, PageFile> files = new ConcurrentHashMap<>();

  /** One file. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record PageFile(byte[] bytes, String type, String etag) {

    /** Whether an {@code If-None-Match} header names this content, even as a weak tag. */
    boolean isNamedBy(@Nullable String header) {
      return header != null && header.contains(etag);
    }
  }

  /** The file of a path below the folder, empty where there is none. */
  Optional<PageFile> named(String path) {
    PageFile known = files.get(path);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<PageFile> read = read(path);
    read.ifPresent(file -> files.put(path, file));
    return read;
  }

  private static Optional<PageFile> read(String path) {
    var name = NAME.matcher(path);
    String type = name.matches() ? TYPES.get(name.group("extension")) : null;
    if (type == null) {
      return Optional.empty();
    }
    try (InputStream in = PageFiles.class.getResourceAsStream(FOLDER + path)) {
      if (in == null) {
        return Optional.empty();
      }
      byte[] bytes = in.readAllBytes();
      return Optional.of(new PageFile(bytes, type, etag(bytes)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String etag(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return "\"" + HexFormat.of().formatHex(digest, 0, 12) + "\"";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

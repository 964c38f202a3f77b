package io.weir.ingest.journal;

import io.weir.ingest.event.EventIds;
import io.weir.ingest.read.Blocks;
import io.weir.ingest.read.Content;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Finds out how much of a file was sent before, under any name. */
public final class Resume {
  /** This many first bytes distinguish most files without reading them whole. */
  public static final int HEAD = 512;

  private Resume() {}

  /**
   * The known start of a file.
   *
   * @param isWhole whether nothing follows it
   */
  public record Known(Entry entry, boolean isWhole) {}

  /** The first unpacked bytes of a file. */
  public static final class Head {
    private final byte[] bytes;

    private Head(byte[] bytes) {
      this.bytes = bytes;
    }

    public int length() {
      return bytes.length;
    }

    public static Head of(Path file) {
      try (Content content = Content.open(file)) {
        return new Head(new Blocks(content).first(HEAD));
      }
    }

    /** The fingerprint of the first {@code length} bytes; empty if there are fewer. */
    public String fingerprint(int length) {
      if (length > bytes.length) {
        return "";
      }
      MessageDigest sha = EventIds.sha256();
      sha.update(bytes, 0, length);
      return HexFormat.of().formatHex(sha.digest());
    }
  }

  /** The longest entry whose bytes are the start of the file. */
  public static Optional<Known> find(Path file, List<Entry> entries) {
    Head head = Head.of(file);
    List<Entry> candidates =
        entries.stream()
            .filter(entry -> entry.head().equals(head.fingerprint(entry.headLength())))
            .sorted(Comparator.comparingLong(Entry::bytes))
            .toList();
    if (candidates.isEmpty()) {
      return Optional.empty();
    }
    try (Content content = Content.open(file)) {
      return longest(new Blocks(content), candidates);
    }
  }

  private static Optional<Known> longest(Blocks blocks, List<Entry> candidates) {
    MessageDigest sha = EventIds.sha256();
    long hashed = 0;
    Entry found = null;
    for (Entry candidate : candidates) {
      hashed += blocks.feed(sha, candidate.bytes() - hashed);
      if (hashed < candidate.bytes()) {
        break; // the file is shorter
      }
      if (fingerprint(sha).equals(candidate.fingerprint())) {
        found = candidate;
      }
    }
    boolean isWhole = found != null && found.bytes() == hashed && blocks.isAtEnd();
    return Optional.ofNullable(found).map(entry -> new Known(entry, isWhole));
  }

  private static String fingerprint(MessageDigest sha) {
    try {
      return HexFormat.of().formatHex(((MessageDigest) sha.clone()).digest());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }
}

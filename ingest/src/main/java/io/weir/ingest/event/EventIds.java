package io.weir.ingest.event;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * Event ids of records that have none: 128 bits of SHA-256 over the application and the record's
 * bytes. A record that appeared before in the same file gets a number behind its id, so the same
 * file always gives the same ids, whatever its name.
 *
 * <p>Equal records are recognised at least {@value #GENERATION} records back and at most twice as
 * far, which bounds the memory. In a log, equal lines have the same second, so they stand close
 * together.
 */
public final class EventIds {
  static final int GENERATION = 65_536;
  private static final int ID_BYTES = 16;

  private final MessageDigest sha;
  private final byte[] application;
  private Map<Long, Integer> current = new HashMap<>();
  private Map<Long, Integer> previous = new HashMap<>();
  private int inCurrent;

  public EventIds(String application) {
    this.sha = sha256();
    this.application = (application + '\0').getBytes(StandardCharsets.UTF_8);
  }

  /** SHA-256, which every Java runtime has. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Starts a new file. */
  public void startFile() {
    current.clear();
    previous.clear();
    inCurrent = 0;
  }

  /** The id of the next record of the file. Pass every record here, also those that are skipped. */
  public String next(byte[] record, int length) {
    sha.update(application);
    sha.update(record, 0, length);
    byte[] hash = sha.digest();
    int before = occurrences(first(hash));
    String id = HexFormat.of().formatHex(hash, 0, ID_BYTES);
    return before == 0 ? id : id + "-" + (before + 1);
  }

  private int occurrences(long hash) {
    if (inCurrent++ == GENERATION) {
      Map<Long, Integer> emptied = previous;
      previous = current;
      emptied.clear();
      current = emptied;
      inCurrent = 1;
    }
    Integer before = current.get(hash);
    if (before == null) {
      before = previous.getOrDefault(hash, 0);
    }
    current.put(hash, before + 1);
    return before;
  }

  private static long first(byte[] hash) {
    long first = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      first = first << 8 | (hash[i] & 0xff);
    }
    return first;
  }
}

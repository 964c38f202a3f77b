package io.weir.stream.ingest;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The first and last bytes of a key or value that is too large to keep, with its length and its
 * SHA-256. An excerpt also exists as bytes that stand in for the original: the consumer puts them
 * there, so that no large record stays in memory.
 */
public final class Excerpt {
  /** The number of bytes kept from each end. */
  public static final int END = 4096;

  private static final int DIGEST = 32;

  /** A random mark per process, so that no producer can forge an excerpt. */
  private static final byte[] MARK = new byte[16];

  static {
    new SecureRandom().nextBytes(MARK);
  }

  private static final int BYTES = MARK.length + Integer.BYTES + DIGEST + 2 * END;

  private final byte[] first;
  private final byte[] last;
  private final int length;
  private final byte[] sha256;

  private Excerpt(byte[] first, byte[] last, int length, byte[] sha256) {
    this.first = first;
    this.last = last;
    this.length = length;
    this.sha256 = sha256;
  }

  /** The excerpt of at least {@code 2 * END} bytes; they are read, not kept. */
  public static Excerpt of(ByteBuffer whole) {
    int length = whole.remaining();
    if (length < 2 * END) {
      throw new IllegalArgumentException(length + " bytes are too few for an excerpt");
    }
    var first = new byte[END];
    var last = new byte[END];
    whole.get(whole.position(), first);
    whole.get(whole.limit() - END, last);
    MessageDigest digest = sha256();
    digest.update(whole.duplicate());
    return new Excerpt(first, last, length, digest.digest());
  }

  /** The excerpt that these bytes stand for; null if they are an ordinary key or value. */
  public static @Nullable Excerpt read(byte @Nullable [] bytes) {
    if (bytes == null
        || bytes.length != BYTES
        || !Arrays.equals(bytes, 0, MARK.length, MARK, 0, MARK.length)) {
      return null;
    }
    ByteBuffer from = ByteBuffer.wrap(bytes, MARK.length, BYTES - MARK.length);
    int length = from.getInt();
    var sha256 = new byte[DIGEST];
    var first = new byte[END];
    var last = new byte[END];
    from.get(sha256).get(first).get(last);
    return new Excerpt(first, last, length, sha256);
  }

  /** The bytes that {@link #read} recognises, in this process only. */
  public byte[] toBytes() {
    return ByteBuffer.allocate(BYTES)
        .put(MARK)
        .putInt(length)
        .put(sha256)
        .put(first)
        .put(last)
        .array();
  }

  /** The number of bytes of the original. */
  public int length() {
    return length;
  }

  /** The first bytes followed by the last bytes. */
  public ByteBuffer ends() {
    return ByteBuffer.allocate(2 * END).put(first).put(last).flip();
  }

  public ByteBuffer digest() {
    return ByteBuffer.wrap(sha256).asReadOnlyBuffer();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

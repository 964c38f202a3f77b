package io.weir.ingest.read;

import io.weir.ingest.event.EventIds;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Reads content record by record. A record is a line, or several lines if a CSV quote spans them.
 * Memory is bounded however long a line is. The reader has a fingerprint of all bytes up to the end
 * of the last record.
 */
public final class RecordReader implements AutoCloseable {
  /** The longest record; longer ones are counted and skipped. */
  public static final int LONGEST = 1 << 20;

  /** A quote that stays open for this many lines was not meant as one. */
  private static final int MOST_LINES = 100;

  private static final String SEPARATORS = ",;\t|";
  private static final int NOWHERE = -2;

  private final Content content;
  private final boolean isQuoted;
  private final MessageDigest sha = EventIds.sha256();
  private final byte[] block = new byte[1 << 16];
  private int position;
  private int end;
  private int hashed;
  private long blockStart;
  private byte[] record = new byte[4_096];
  private int length;
  private long line;
  private long lines;
  private boolean isTooLong;
  private boolean isQuoteOpen;

  /** Where in the record a quote was closed last. */
  private int closed;

  private boolean isTerminated;
  private int ending;

  /**
   * Reads the content from its start.
   *
   * @param isQuoted whether a line break between double quotes belongs to the record
   */
  public RecordReader(Content content, boolean isQuoted) {
    this.content = content;
    this.isQuoted = isQuoted;
  }

  /** Reads the next record that is not blank; false at the end. */
  public boolean next() {
    do {
      if (!fill()) {
        return false;
      }
    } while (length == 0);
    return true;
  }

  private boolean fill() {
    length = 0;
    isTooLong = false;
    isQuoteOpen = false;
    closed = NOWHERE;
    isTerminated = false;
    line = lines + 1;
    int taken = 0;
    while (readLine() && isQuoteOpen && ++taken < MOST_LINES && !isTooLong) {
      append('\n');
    }
    if (line == 1 && startsWithMark()) {
      System.arraycopy(record, 3, record, 0, length - 3);
      length -= 3;
    }
    return lines >= line;
  }

  /** Appends one line without its end; false when there is none. */
  private boolean readLine() {
    boolean any = false;
    while (position < end || refill()) {
      any = true;
      int at = position;
      while (at < end && block[at] != '\n') {
        at++;
      }
      append(at);
      position = Math.min(end, at + 1);
      if (at < end) {
        isTerminated = true;
        break;
      }
      isTerminated = false;
    }
    if (any) {
      lines++;
      ending = isTerminated ? 1 : 0;
      if (length > 0 && record[length - 1] == '\r') {
        length--;
        ending++;
      }
    }
    return any;
  }

  private void append(int to) {
    int more = to - position;
    if (isTooLong || length + more > LONGEST) {
      isTooLong = true; // the start is kept for messages
      return;
    }
    reserve(more);
    System.arraycopy(block, position, record, length, more);
    if (isQuoted) {
      followQuotes(length, length + more);
    }
    length += more;
  }

  private void append(char c) {
    reserve(1);
    record[length++] = (byte) c;
  }

  private void reserve(int more) {
    if (length + more > record.length) {
      record = Arrays.copyOf(record, Math.max(length + more, record.length * 2));
    }
  }

  /** Follows the quotes: one opens at the start of a field only, so {@code 27" screen} has none. */
  private void followQuotes(int from, int to) {
    for (int i = from; i < to; i++) {
      if (record[i] != '"') {
        continue;
      }
      if (isQuoteOpen) {
        isQuoteOpen = false;
        closed = i;
      } else {
        // Two in a row inside a quoted field are a quote of its text.
        isQuoteOpen = closed == i - 1 || isStartOfField(i);
      }
    }
  }

  private boolean isStartOfField(int at) {
    if (at == 0) {
      return true;
    }
    return SEPARATORS.indexOf(record[at - 1]) >= 0 || (at == 3 && line == 1 && hasMark());
  }

  private boolean startsWithMark() {
    return length >= 3 && hasMark();
  }

  private boolean hasMark() {
    return record[0] == (byte) 0xef && record[1] == (byte) 0xbb && record[2] == (byte) 0xbf;
  }

  private boolean refill() {
    sha.update(block, hashed, end - hashed);
    hashed = 0;
    blockStart += end;
    position = 0;
    end = content.read(block);
    return end > 0;
  }

  public byte[] record() {
    return record;
  }

  public int length() {
    return length;
  }

  /** A copy of the record. */
  public byte[] copy() {
    return Arrays.copyOf(record, length);
  }

  /** The number of the record's first line, from 1. */
  public long line() {
    return line;
  }

  /** Whether the record is longer than {@link #LONGEST}; {@link #record} has its start. */
  public boolean isTooLong() {
    return isTooLong;
  }

  /** Whether a quote is open at the end of the record. */
  public boolean isQuoteOpen() {
    return isQuoteOpen;
  }

  /** Whether a line break ends the record; the last of a file may lack it. */
  public boolean isTerminated() {
    return isTerminated;
  }

  /** The number of unpacked bytes up to the end of the record and of its line. */
  public long offset() {
    return blockStart + position;
  }

  /** The same without the line break, which a growing file may not have yet. */
  public long contentEnd() {
    return offset() - ending;
  }

  /** SHA-256 of the unpacked bytes up to the end of the record. */
  public String fingerprint() {
    sha.update(block, hashed, position - hashed);
    hashed = position;
    try {
      return HexFormat.of().formatHex(((MessageDigest) sha.clone()).digest());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }

  public boolean isTruncated() {
    return content.isTruncated();
  }

  public long bytesRead() {
    return content.bytesRead();
  }

  @Override
  public void close() {
    content.close();
  }
}

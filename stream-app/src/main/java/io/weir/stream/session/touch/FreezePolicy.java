package io.weir.stream.session.touch;

import java.util.List;

/**
 * The rules by which touches become frozen runs: sixteen make a chunk, and eight small chunks make
 * a larger one, so a touch is frozen three times at most.
 */
public final class FreezePolicy {
  /** The most bytes of a frozen run, its last touch left out: far fewer than a record may have. */
  public static final int MOST_BYTES = 256 << 10;

  /** The most touches of one archive. */
  public static final int MOST_TOUCHES = 4_096;

  private static final int SMALL = 16;
  private static final int MERGED = 8;
  private static final int MIDDLE = MERGED * SMALL;
  private static final int LARGE = MERGED * MIDDLE;

  /** More touches than most sessions have, so most sessions are never frozen while they go on. */
  private static final int FREEZE_FROM = 3 * SMALL;

  /** The same limit in bytes, for few touches that are large. */
  private static final int FREEZE_FROM_BYTES = 64 << 10;

  private FreezePolicy() {}

  /**
   * Freezes all but the last touches of a run where there are many.
   *
   * @param chunks gets what is frozen
   * @return the touches that are left
   */
  public static TouchRun freeze(TouchRun run, FrozenList<Chunk> chunks) {
    int count = count(run.size(), run.bytes());
    if (count == 0) {
      return run;
    }
    int from = 0;
    while (from < count) {
      TouchRun chunk = run.part(from, end(from, count), MOST_BYTES);
      from += chunk.size();
      chunks.add(Chunk.of(chunk));
    }
    merge(chunks);
    return run.without(0, count);
  }

  /** The number of first touches to freeze. */
  private static int count(int touches, int bytes) {
    if (bytes >= FREEZE_FROM_BYTES) {
      return touches - 1;
    }
    return touches < FREEZE_FROM ? 0 : (touches / SMALL - 1) * SMALL;
  }

  /** The end of the chunk that starts at {@code from}. */
  private static int end(int from, int to) {
    int left = to - from;
    return from + Math.min(left, left >= LARGE ? LARGE : left >= MIDDLE ? MIDDLE : SMALL);
  }

  /** Merges small chunks into larger ones, so that many events do not make many chunks. */
  private static void merge(FrozenList<Chunk> chunks) {
    for (int count = alike(chunks); count > 0; count = alike(chunks)) {
      TouchRun merged = new TouchRun().with(TouchRunCodec.read(chunks.last(count)));
      chunks.removeLast(count);
      chunks.add(Chunk.of(merged));
    }
  }

  /** The number of last chunks to merge into one, 0 if there are none. */
  private static int alike(FrozenList<Chunk> chunks) {
    List<Chunk> items = chunks.items();
    if (items.size() < MERGED) {
      return 0;
    }
    int size = size(items.getLast());
    int bytes = 0;
    for (Chunk chunk : items.subList(items.size() - MERGED, items.size())) {
      bytes += chunk.blob().bytes().length;
      if (size(chunk) != size || size == LARGE || bytes > MOST_BYTES) {
        return 0;
      }
    }
    return MERGED;
  }

  private static int size(Chunk chunk) {
    int count = chunk.count();
    return count >= LARGE ? LARGE : count >= MIDDLE ? MIDDLE : SMALL;
  }
}

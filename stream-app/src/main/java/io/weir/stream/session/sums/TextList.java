package io.weir.stream.session.sums;

import io.weir.stream.session.bytes.Utf8;
import java.util.ArrayList;
import java.util.List;

/** One list of a session's row, bounded in number and bytes; the count beside it is not. */
public final class TextList {
  static final int MOST = 50;
  static final int MOST_BYTES = 64 << 10;

  private final List<String> texts = new ArrayList<>();
  private int left = MOST_BYTES;

  /** Returns false if there is no room for the text. */
  public boolean add(String text) {
    left -= Utf8.length(text);
    if (left < 0 || texts.size() == MOST) {
      return false;
    }
    texts.add(text);
    return true;
  }

  public List<String> texts() {
    return texts;
  }
}

package io.weir.stream.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The distinct texts of one visitor, referred to by number. */
final class Texts {
  private static final int INDEX_FROM = 16;

  private final List<String> texts = new ArrayList<>();
  private @Nullable Map<String, Integer> index;

  /** The number of a text, {@link Touch#NONE} for null. */
  int intern(@Nullable String text) {
    if (text == null) {
      return Touch.NONE;
    }
    int found = find(text);
    if (found >= 0) {
      return found;
    }
    texts.add(text);
    if (index != null) {
      index.put(text, texts.size() - 1);
    }
    return texts.size() - 1;
  }

  private int find(String text) {
    if (texts.size() < INDEX_FROM) {
      return texts.indexOf(text);
    }
    if (index == null) {
      index = new HashMap<>();
      for (int i = 0; i < texts.size(); i++) {
        index.put(texts.get(i), i);
      }
    }
    return index.getOrDefault(text, Touch.NONE);
  }

  @Nullable String text(int number) {
    return number == Touch.NONE ? null : texts.get(number);
  }

  int length(int number) {
    return number == Touch.NONE ? 0 : texts.get(number).length();
  }

  int size() {
    return texts.size();
  }

  void write(ByteWriter out) {
    out.varint(texts.size());
    for (String text : texts) {
      out.text(text);
    }
  }

  static Texts read(ByteReader in) {
    var texts = new Texts();
    int count = in.varint();
    for (int i = 0; i < count; i++) {
      texts.texts.add(in.text());
    }
    return texts;
  }
}

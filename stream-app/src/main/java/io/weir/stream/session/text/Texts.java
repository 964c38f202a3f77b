package io.weir.stream.session.text;

import io.weir.stream.session.bytes.ByteReader;
import io.weir.stream.session.bytes.ByteWriter;
import io.weir.stream.session.bytes.Utf8;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The distinct texts of one visitor, referred to by number. */
public final class Texts {
  /** The number that stands for no text. */
  public static final int NONE = -1;

  private static final int INDEX_FROM = 16;

  /** The bits of an entry that hold a number: enough for all texts that a visitor may have. */
  private static final int NUMBER_BITS = 0xf_ffff;

  private static final int HASH_BITS = ~NUMBER_BITS;

  /** The bytes of a text's length, which is written before the text. */
  private static final int OWN_BYTES = 2;

  private final List<String> texts = new ArrayList<>();
  private int bytes;

  /**
   * A hash table with open addressing. An entry has the number plus one in its lower bits and bits
   * of the hash above, so that most other texts are skipped without a comparison. 0 is a free
   * place.
   */
  private int @Nullable [] index;

  /** The number of a text, {@link #NONE} for null. */
  public int intern(@Nullable String text) {
    if (text == null) {
      return NONE;
    }
    int known = index == null ? texts.indexOf(text) : find(index, text);
    return known >= 0 ? known : add(text);
  }

  private int add(String text) {
    texts.add(text);
    bytes += Utf8.length(text) + OWN_BYTES;
    int size = texts.size();
    if (index != null && 2 * size < index.length) {
      place(index, text, size);
    } else if (size >= INDEX_FROM) {
      index = indexed(4 * size);
    }
    return size - 1;
  }

  private int[] indexed(int least) {
    int[] table = new int[Integer.highestOneBit(least - 1) * 2];
    for (int i = 0; i < texts.size(); i++) {
      place(table, texts.get(i), i + 1);
    }
    return table;
  }

  private int find(int[] table, String text) {
    int hash = mixed(text);
    int at = hash & (table.length - 1);
    while (table[at] != 0) {
      int entry = table[at];
      if (((entry ^ hash) & HASH_BITS) == 0 && texts.get((entry & NUMBER_BITS) - 1).equals(text)) {
        return (entry & NUMBER_BITS) - 1;
      }
      at = (at + 1) & (table.length - 1);
    }
    return NONE;
  }

  private static void place(int[] table, String text, int number) {
    int hash = mixed(text);
    int at = hash & (table.length - 1);
    while (table[at] != 0) {
      at = (at + 1) & (table.length - 1);
    }
    table[at] = (hash & HASH_BITS) | number;
  }

  private static int mixed(String text) {
    int hash = text.hashCode() * 0x9e37_79b9;
    return hash ^ (hash >>> 16);
  }

  public @Nullable String text(int number) {
    return number == NONE ? null : texts.get(number);
  }

  /** Whether the number is that of the text; {@link #NONE} is the number of null. */
  boolean is(int number, @Nullable String text) {
    return number == NONE ? text == null : texts.get(number).equals(text);
  }

  /** The approximate number of bytes that all texts take when they are encoded. */
  int bytes() {
    return bytes;
  }

  public int size() {
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
      String text = in.text();
      texts.texts.add(text);
      texts.bytes += Utf8.length(text) + OWN_BYTES;
    }
    if (count >= INDEX_FROM) {
      texts.index = texts.indexed(4 * count);
    }
    return texts;
  }
}

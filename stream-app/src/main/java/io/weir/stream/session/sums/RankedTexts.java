package io.weir.stream.session.sums;

import io.weir.stream.session.bytes.ByteReader;
import io.weir.stream.session.bytes.ByteWriter;
import io.weir.stream.session.touch.Touch;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Texts of one event, with the event's rank in its session. So the texts of the first or last event
 * do not depend on the order of arrival.
 *
 * @param place the place among the event's own values, as for its products
 */
record RankedTexts(long time, long idHash, int place, List<@Nullable String> texts) {

  static RankedTexts of(Touch touch, @Nullable String... texts) {
    return new RankedTexts(touch.time, touch.idHash, 0, Arrays.asList(texts));
  }

  static RankedTexts of(Touch touch, int place, String text) {
    return new RankedTexts(touch.time, touch.idHash, place, Arrays.asList(text));
  }

  @Nullable String text(int at) {
    return texts.get(at);
  }

  boolean isBefore(RankedTexts other) {
    if (time != other.time) {
      return time < other.time;
    }
    return idHash == other.idHash ? place < other.place : idHash < other.idHash;
  }

  static @Nullable RankedTexts first(@Nullable RankedTexts one, @Nullable RankedTexts other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return other.isBefore(one) ? other : one;
  }

  static @Nullable RankedTexts last(@Nullable RankedTexts one, @Nullable RankedTexts other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return other.isBefore(one) ? one : other;
  }

  static void write(@Nullable RankedTexts seen, ByteWriter out) {
    if (seen == null) {
      out.varint(0);
      return;
    }
    out.varint(seen.texts.size());
    out.fixed(seen.time);
    out.fixed(seen.idHash);
    out.varint(seen.place);
    for (String text : seen.texts) {
      out.varint(text == null ? 0 : 1);
      if (text != null) {
        out.text(text);
      }
    }
  }

  static @Nullable RankedTexts read(ByteReader in) {
    int count = in.varint();
    if (count == 0) {
      return null;
    }
    long time = in.fixed();
    long idHash = in.fixed();
    int place = in.varint();
    var texts = new @Nullable String[count];
    for (int i = 0; i < count; i++) {
      texts[i] = in.varint() == 0 ? null : in.text();
    }
    return new RankedTexts(time, idHash, place, Arrays.asList(texts));
  }
}

package io.weir.simulator.fault;

import io.weir.simulator.json.JsonBuffer;
import io.weir.simulator.visit.Chance;
import java.util.Arrays;

/** The ways in which a record can be malformed; the contract rejects each of them. */
enum Malformation {
  CUT,
  NOT_AN_OBJECT,
  NO_EVENT_ID,
  NO_EVENT_TYPE,
  NO_EVENT_TIME,
  NO_VISITOR,
  BAD_TIME,
  WRONG_TYPE_OF_ID,
  WRONG_TYPE_OF_TYPE,
  BAD_EVENT_TYPE,
  LONG_EVENT_ID;

  private static final Malformation[] ALL = values();
  private static final byte[] EVENT_ID = JsonBuffer.ascii("\"event_id\":");
  private static final byte[] EVENT_TYPE = JsonBuffer.ascii("\"event_type\":");
  private static final byte[] EVENT_TIME = JsonBuffer.ascii("\"event_time\":");
  private static final byte[] ANONYMOUS_ID = JsonBuffer.ascii("\"anonymous_id\":");
  private static final byte[] USER_ID = JsonBuffer.ascii("\"user_id\":");
  private static final byte[][] BAD_TIMES = {
    JsonBuffer.ascii("\"yesterday\""),
    JsonBuffer.ascii("\"2026-13-45T10:00:00Z\""),
    JsonBuffer.ascii("\"2026-03-01 10:00\""),
    JsonBuffer.ascii("true")
  };
  private static final byte[] AN_OBJECT = JsonBuffer.ascii("{\"id\":1}");
  private static final byte[] AN_ARRAY = JsonBuffer.ascii("[\"page_view\"]");
  private static final byte[] NOT_A_TYPE = JsonBuffer.ascii("\"Page View!\"");
  private static final byte[] LONG_ID = JsonBuffer.ascii('"' + "0123456789".repeat(11) + '"');

  static Malformation draw(Chance chance) {
    return ALL[chance.below(ALL.length)];
  }

  /** Replaces the buffer's content by a malformed form of the event. */
  void apply(byte[] event, int length, Chance chance, JsonBuffer out) {
    out.clear();
    switch (this) {
      case CUT -> out.put(event, cut(event, length, chance));
      case NOT_AN_OBJECT -> out.put('[').put(event, length).put(']');
      case NO_EVENT_ID -> without(EVENT_ID, event, length, out);
      case NO_EVENT_TYPE -> without(EVENT_TYPE, event, length, out);
      case NO_EVENT_TIME -> without(EVENT_TIME, event, length, out);
      case NO_VISITOR -> {
        without(ANONYMOUS_ID, event, length, out);
        byte[] half = out.copy();
        without(USER_ID, half, half.length, out.clear());
      }
      case BAD_TIME ->
          replace(EVENT_TIME, BAD_TIMES[chance.below(BAD_TIMES.length)], event, length, out);
      case WRONG_TYPE_OF_ID -> replace(EVENT_ID, AN_OBJECT, event, length, out);
      case WRONG_TYPE_OF_TYPE -> replace(EVENT_TYPE, AN_ARRAY, event, length, out);
      case BAD_EVENT_TYPE -> replace(EVENT_TYPE, NOT_A_TYPE, event, length, out);
      case LONG_EVENT_ID -> replace(EVENT_ID, LONG_ID, event, length, out);
    }
  }

  /** A position inside the object, between two characters. */
  private static int cut(byte[] event, int length, Chance chance) {
    int end = (int) chance.between(2, length - 1);
    while ((event[end] & 0xC0) == 0x80) {
      end--;
    }
    return end;
  }

  private static void without(byte[] name, byte[] event, int length, JsonBuffer out) {
    int start = find(name, event, length);
    if (start < 0) {
      out.put(event, length);
      return;
    }
    int end = endOfText(event, start + name.length);
    out.put(event, start).put(event, end + 1, length - end - 1);
  }

  private static void replace(byte[] name, byte[] value, byte[] event, int length, JsonBuffer out) {
    int start = find(name, event, length) + name.length;
    int end = endOfText(event, start);
    out.put(event, start).put(value).put(event, end, length - end);
  }

  /** The first position of the name; the fields that are searched for stand before all others. */
  private static int find(byte[] name, byte[] event, int length) {
    for (int i = 0; i <= length - name.length; i++) {
      if (Arrays.equals(name, 0, name.length, event, i, i + name.length)) {
        return i;
      }
    }
    return -1;
  }

  /** The position behind the closing quote of the text that begins at {@code start}. */
  private static int endOfText(byte[] event, int start) {
    int end = start + 1;
    while (event[end] != '"') {
      end++;
    }
    return end + 1;
  }
}

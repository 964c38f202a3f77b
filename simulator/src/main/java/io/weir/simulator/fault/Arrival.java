package io.weir.simulator.fault;

import io.weir.simulator.json.JsonBuffer;
import io.weir.simulator.visit.Click;
import io.weir.simulator.visit.Deed;
import io.weir.simulator.visit.EventType;
import org.jspecify.annotations.Nullable;

/** One record as it arrives: bytes, key, and the truth about it. */
public final class Arrival {
  /** The right outcome of a record in a correct pipeline. */
  public enum Kind {
    VALID,
    DUPLICATE,
    MALFORMED
  }

  Kind kind = Kind.VALID;
  long arrivesAt;
  boolean late;
  boolean outOfOrder;
  byte @Nullable [] key;
  byte[] value = {};
  int length;
  private long time;
  private long idHigh;
  private long idLow;
  private int visitor;
  private EventType type = EventType.PAGE_VIEW;
  private boolean binds;
  private int ad;
  private long repeats;
  @Nullable Deed deed;

  /** Copies the truth about the click; the click's own buffers are reused. */
  void describe(Click click, JsonBuffer json) {
    key = click.visitor().key();
    value = json.bytes();
    length = json.length();
    time = click.time();
    idHigh = click.idHigh();
    idLow = click.idLow();
    visitor = click.visitor().number();
    type = click.type();
    binds = click.binds();
    ad = click.ad();
    repeats = click.repeats();
  }

  /** A copy of this record with bytes of its own. */
  Arrival copy(Kind copyKind, long copyArrivesAt, JsonBuffer json) {
    var copy = new Arrival();
    copy.kind = copyKind;
    copy.arrivesAt = copyArrivesAt;
    copy.key = key;
    copy.value = json.copy();
    copy.length = copy.value.length;
    copy.time = time;
    copy.idHigh = idHigh;
    copy.idLow = idLow;
    copy.visitor = visitor;
    copy.type = type;
    copy.binds = binds;
    copy.ad = ad;
    copy.repeats = repeats;
    copy.deed = deed;
    if (copyKind == Kind.VALID) {
      copy.late = late;
      copy.outOfOrder = outOfOrder;
    }
    return copy;
  }

  public Kind kind() {
    return kind;
  }

  public long arrivesAt() {
    return arrivesAt;
  }

  public boolean late() {
    return late;
  }

  public boolean outOfOrder() {
    return outOfOrder;
  }

  /** The record key; null if the record names no visitor. */
  public byte @Nullable [] key() {
    return key;
  }

  /** The record in the first {@link #length} bytes; the array is reused for the next record. */
  public byte[] value() {
    return value;
  }

  public int length() {
    return length;
  }

  public long time() {
    return time;
  }

  public long idHigh() {
    return idHigh;
  }

  public long idLow() {
    return idLow;
  }

  public int visitor() {
    return visitor;
  }

  public EventType type() {
    return type;
  }

  /** What was meant; null unless somebody wants to know. */
  public @Nullable Deed deed() {
    return deed;
  }

  /** See {@link Click#repeats}. */
  public long repeats() {
    return repeats;
  }

  /** See {@link Click#ad}. */
  public int ad() {
    return ad;
  }

  /** See {@link Click#binds}. */
  public boolean binds() {
    return binds;
  }
}

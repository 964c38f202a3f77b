package io.weir.stream.gold.days;

import io.weir.stream.session.bytes.ByteReader;
import io.weir.stream.session.bytes.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The record of one visitor: the active days, and the reasons of those that can still change. A day
 * is active while a session of a person spans it, or while it has an event whose session is open.
 *
 * <p>A day without reasons is final: nothing takes it back, and nothing has to add it again.
 */
public final class VisitorDays {
  private static final int FORMAT = 1;

  private final ActiveDays active;
  private final List<Reasons> changeable;

  /** Why a day is active. */
  private static final class Reasons {
    private final int day;

    /** Closed sessions of a person that span the day. */
    private int sessions;

    /** Whether the day has an event of an open session. */
    private boolean isOpen;

    private Reasons(int day) {
      this.day = day;
    }

    private boolean isActive() {
      return sessions > 0 || isOpen;
    }
  }

  public VisitorDays() {
    this(new ActiveDays(), new ArrayList<>(1));
  }

  private VisitorDays(ActiveDays active, List<Reasons> changeable) {
    this.active = active;
    this.changeable = changeable;
  }

  /**
   * Takes note that a day has an event of an open session, or has none any more.
   *
   * @return whether the record has changed
   */
  public boolean open(int day, boolean isOpen, ActiveDays.Changes changes) {
    Reasons reasons = reasons(day);
    if (reasons == null || reasons.isOpen == isOpen) {
      return false;
    }
    reasons.isOpen = isOpen;
    update(reasons, changes);
    return true;
  }

  /**
   * Adds closed sessions of a person that span a day, or takes them back.
   *
   * @return whether the record has changed
   */
  public boolean closed(int day, int sessions, ActiveDays.Changes changes) {
    Reasons reasons = reasons(day);
    if (reasons == null) {
      return false;
    }
    reasons.sessions += sessions;
    update(reasons, changes);
    return true;
  }

  /**
   * Takes note that no event before a day is in an open session any more.
   *
   * @return whether the record has changed
   */
  public boolean closeBefore(int day, ActiveDays.Changes changes) {
    boolean hasChanged = false;
    for (Reasons reasons : List.copyOf(changeable)) {
      if (reasons.day < day) {
        hasChanged |= open(reasons.day, false, changes);
      }
    }
    return hasChanged;
  }

  /** Makes all days before a day final. */
  public boolean settle(int day) {
    return changeable.removeIf(reasons -> reasons.day < day);
  }

  /** The reasons of a day; null if the day is final. */
  private @Nullable Reasons reasons(int day) {
    if (!active.isInReach(day)) {
      return null;
    }
    for (Reasons reasons : changeable) {
      if (reasons.day == day) {
        return reasons;
      }
    }
    return active.isActive(day) ? null : new Reasons(day);
  }

  private void update(Reasons reasons, ActiveDays.Changes changes) {
    changeable.remove(reasons);
    if (reasons.sessions != 0 || reasons.isOpen) {
      changeable.add(reasons);
    }
    if (reasons.isActive()) {
      active.activate(reasons.day, changes);
    } else {
      active.deactivate(reasons.day, changes);
    }
  }

  public byte[] encode() {
    var out = new ByteWriter(24);
    out.varint(FORMAT);
    active.write(out);
    out.varint(changeable.size());
    for (Reasons reasons : changeable) {
      out.signed(reasons.day);
      out.signed(reasons.sessions);
      out.varint(reasons.isOpen ? 1 : 0);
    }
    return out.toBytes();
  }

  /** Reads what {@link #encode} wrote. */
  public static VisitorDays decode(byte[] bytes) {
    var in = new ByteReader(bytes);
    int format = in.varint();
    if (format != FORMAT) {
      throw new IllegalStateException("the days of a visitor are in format " + format);
    }
    ActiveDays active = ActiveDays.read(in);
    int size = in.varint();
    var changeable = new ArrayList<Reasons>(size);
    for (int i = 0; i < size; i++) {
      var reasons = new Reasons((int) in.signed());
      reasons.sessions = (int) in.signed();
      reasons.isOpen = in.varint() == 1;
      changeable.add(reasons);
    }
    return new VisitorDays(active, changeable);
  }
}

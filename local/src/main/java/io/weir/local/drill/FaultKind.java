package io.weir.local.drill;

import io.weir.local.platform.Service;
import java.util.List;
import java.util.Locale;

/** The kinds of faults. */
public enum FaultKind {
  /** A process gets SIGKILL and is started again. */
  KILL(0),
  /** A process is stopped, replaced by a second one, and wakes up. */
  TWIN(1),
  /** No byte more can be written to a folder. */
  DISK(2),
  /** The broker answers in one of five moments only. */
  SLOW(3),
  /** A connection to PostgreSQL ends after a commit, before the answer. */
  CUT(4);

  private final int number;

  FaultKind(int number) {
    this.number = number;
  }

  /** Tells the random numbers of the kinds apart; it stays as it is, or plans would change. */
  int number() {
    return number;
  }

  /** The services that such a fault can hit. */
  List<Service> targets() {
    return switch (this) {
      case KILL ->
          List.of(Service.STREAM, Service.SINK, Service.SCORING, Service.BROKER, Service.POSTGRES);
      case TWIN -> List.of(Service.STREAM, Service.SINK, Service.SCORING);
      case DISK -> List.of(Service.STREAM, Service.SINK);
      case SLOW -> List.of(Service.BROKER);
      case CUT -> List.of(Service.SINK);
    };
  }

  /** The word for it on the command line and in the report. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package io.weir.local.compare;

import io.weir.local.compare.Difference.Different;
import io.weir.local.compare.Difference.Missing;
import io.weir.local.compare.Difference.Unexpected;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The result of comparing expected with found sessions: counts and every difference. */
public record Comparison(int expected, int found, List<Difference> differences) {

  public Comparison {
    differences = List.copyOf(differences);
  }

  /** Compares visitor, start, end and the values that {@code expected} names. */
  public static Comparison of(Collection<SessionRow> expected, Collection<SessionRow> found) {
    var differences = new ArrayList<Difference>();
    Map<SessionRow.Key, SessionRow> left = new LinkedHashMap<>();
    for (SessionRow session : found) {
      SessionRow twin = left.put(session.key(), session);
      if (twin != null) {
        differences.add(new Unexpected(twin));
      }
    }
    for (SessionRow session : expected) {
      SessionRow match = left.remove(session.key());
      if (match == null) {
        differences.add(new Missing(session));
      } else {
        compare(session, match, differences);
      }
    }
    left.values().forEach(session -> differences.add(new Unexpected(session)));
    return new Comparison(expected.size(), found.size(), differences);
  }

  public boolean isEqual() {
    return differences.isEmpty();
  }

  private static void compare(SessionRow expected, SessionRow found, List<Difference> into) {
    if (expected.end() != found.end()) {
      into.add(new Different(expected, "end_ms", "" + expected.end(), "" + found.end()));
    }
    for (String column : new TreeSet<>(expected.values().keySet())) {
      String wanted = expected.values().getOrDefault(column, "");
      String actual = found.values().getOrDefault(column, "nothing");
      if (!isSame(wanted, actual)) {
        into.add(new Different(expected, column, wanted, actual));
      }
    }
  }

  /** Whether two values are equal; numbers are compared by value, so 0 equals 0.0000. */
  private static boolean isSame(String expected, String found) {
    if (expected.equals(found)) {
      return true;
    }
    try {
      return new BigDecimal(expected).compareTo(new BigDecimal(found)) == 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}

package io.weir.stream.session.goal;

import io.weir.contract.avro.EnrichedEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The goals of a site, by the type of the events that may fulfil them. */
public final class Goals {
  public static final Goals NONE = new Goals(List.of());

  /** The most goals of a site. */
  public static final int MOST = 50;

  private final Map<String, List<Goal>> byType = new HashMap<>();

  public Goals(List<Goal> goals) {
    if (goals.size() > MOST) {
      throw new IllegalArgumentException(
          "there are %d goals; at most %d are possible".formatted(goals.size(), MOST));
    }
    var names = new HashSet<String>();
    for (Goal goal : goals) {
      if (!names.add(goal.name())) {
        throw new IllegalArgumentException("goal '%s' is there twice".formatted(goal.name()));
      }
      byType.computeIfAbsent(goal.eventType(), _ -> new ArrayList<>()).add(goal);
    }
  }

  /** Whether events of a type may fulfil a goal. */
  public boolean hasOf(String eventType) {
    return byType.containsKey(eventType);
  }

  /**
   * The names of the goals that an event fulfils.
   *
   * @param page as gold names it
   * @param amount that the event is worth, in ten-thousandths of the currency's unit
   */
  public List<String> fulfilledBy(EnrichedEvent event, @Nullable String page, long amount) {
    var names = new ArrayList<String>();
    for (Goal goal : byType.getOrDefault(event.getEventType(), List.of())) {
      if (goal.isFulfilledBy(event, page, amount)) {
        names.add(goal.name());
      }
    }
    return names;
  }
}

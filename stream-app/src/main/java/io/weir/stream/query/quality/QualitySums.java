package io.weir.stream.query.quality;

import io.weir.contract.RecordOutcome;
import io.weir.contract.RejectReason;
import io.weir.stream.query.quality.QualityAnswer.Minute;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Adds counts up, by minute and outcome. */
final class QualitySums {
  private static final Map<String, String> REASONS = reasons();

  private final Map<Long, Map<String, Count>> minutes = new TreeMap<>();

  private static final class Count {
    private long records;
    private long delayMs;
  }

  private static Map<String, String> reasons() {
    var reasons = new HashMap<String, String>();
    for (RejectReason each : RejectReason.values()) {
      reasons.put(RecordOutcome.rejected(each), each.code());
    }
    return reasons;
  }

  void add(OwnQuality.Count count) {
    Count sum =
        minutes
            .computeIfAbsent(count.minute(), _ -> new TreeMap<>())
            .computeIfAbsent(count.outcome(), _ -> new Count());
    sum.records += count.records();
    sum.delayMs += count.delayMs();
  }

  List<OwnQuality.Count> counts() {
    var counts = new ArrayList<OwnQuality.Count>();
    minutes.forEach((minute, outcomes) ->
        outcomes.forEach((outcome, count) ->
            counts.add(new OwnQuality.Count(minute, outcome, count.records, count.delayMs))));
    return counts;
  }

  List<Minute> minutes() {
    return minutes.entrySet().stream()
        .map(entry -> minute(Instant.ofEpochMilli(entry.getKey()), entry.getValue()))
        .toList();
  }

  private static Minute minute(Instant start, Map<String, Count> outcomes) {
    var rejected = new TreeMap<String, Long>();
    REASONS.forEach((code, reason) -> {
      long records = records(outcomes, code);
      if (records > 0) {
        rejected.put(reason, records);
      }
    });
    long received = records(outcomes, RecordOutcome.RECEIVED.code());
    long returned = records(outcomes, RecordOutcome.RETURNED.code());
    long accepted = records(outcomes, RecordOutcome.ACCEPTED.code());
    long duplicates = records(outcomes, RecordOutcome.DUPLICATE.code());
    long rekeyed = records(outcomes, RecordOutcome.REKEYED.code());
    long refused = rejected.values().stream().mapToLong(Long::longValue).sum();
    Count arrived = outcomes.get(RecordOutcome.RECEIVED.code());
    return new Minute(
        start,
        received,
        returned,
        accepted,
        records(outcomes, RecordOutcome.LATE.code()),
        records(outcomes, RecordOutcome.ROBOT.code()),
        duplicates,
        rekeyed,
        rejected,
        received + returned - accepted - duplicates - rekeyed - refused,
        arrived == null || received == 0 ? 0 : arrived.delayMs / received);
  }

  private static long records(Map<String, Count> outcomes, String outcome) {
    Count count = outcomes.get(outcome);
    return count == null ? 0 : count.records;
  }
}

package io.weir.tools.replay;

import io.weir.contract.RejectReason;
import io.weir.process.StartupException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;

/**
 * A filter of refused records: of one reason, appended at {@code since} or later and before {@code
 * until}.
 */
record Filter(Optional<String> reason, Optional<Instant> since, Optional<Instant> until) {
  static final Filter ALL = new Filter(Optional.empty(), Optional.empty(), Optional.empty());

  Filter {
    reason.ifPresent(Filter::checkReason);
    if (since.isPresent() && until.isPresent() && !since.get().isBefore(until.get())) {
      throw new StartupException(
          "--since " + since.get() + " is not before --until " + until.get());
    }
  }

  private static void checkReason(String code) {
    if (Arrays.stream(RejectReason.values()).noneMatch(known -> known.code().equals(code))) {
      throw new StartupException(
          "--reason "
              + code
              + " is not a reason; it is one of "
              + Arrays.stream(RejectReason.values())
                  .map(RejectReason::code)
                  .collect(Collectors.joining(", ")));
    }
  }

  Expression expression() {
    Expression expression = Expressions.alwaysTrue();
    if (reason.isPresent()) {
      expression = Expressions.equal("reason", reason.get());
    }
    if (since.isPresent()) {
      expression =
          Expressions.and(
              expression, Expressions.greaterThanOrEqual("append_time", micros(since.get())));
    }
    if (until.isPresent()) {
      expression =
          Expressions.and(expression, Expressions.lessThan("append_time", micros(until.get())));
    }
    return expression;
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }
}

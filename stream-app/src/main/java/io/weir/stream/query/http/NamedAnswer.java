package io.weir.stream.query.http;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.weir.http.Problem;
import io.weir.stream.query.metrics.BusyPostgres;
import io.weir.stream.query.metrics.MovingPartitions;
import io.weir.stream.query.metrics.NoSessionRows;
import io.weir.stream.query.metrics.RefusedQuery;
import java.util.Optional;
import java.util.function.Function;

/** Answers for what is asked by its name, a metric or a report, and for why there is none. */
final class NamedAnswer {
  private NamedAnswer() {}

  /**
   * Returns the answer, or the problem.
   *
   * @param named what has the name
   * @param noSuch says that nothing has it
   */
  static <T> HttpResponse<?> of(
      Optional<T> named, String noSuch, Function<T, HttpResponse<?>> answer) {
    try {
      return named
          .<HttpResponse<?>>map(answer)
          .orElseGet(() -> Problem.response(HttpStatus.NOT_FOUND, noSuch));
    } catch (RefusedQuery e) {
      return Problem.response(HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
    } catch (NoSessionRows e) {
      return Problem.response(HttpStatus.SERVICE_UNAVAILABLE, String.valueOf(e.getMessage()));
    } catch (MovingPartitions | BusyPostgres e) {
      return Problem.notNow(String.valueOf(e.getMessage()));
    }
  }
}

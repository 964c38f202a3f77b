package io.weir.stream.query.overview;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;

/**
 * The counts of what goes on now on all instances. Types, pages and products are those of the open
 * sessions.
 *
 * @param visitors the number of visitors with state at the last commit, as RocksDB estimates: an
 *     upper bound, because a rewritten or deleted entry counts until it is compacted
 * @param complete false when some sessions were not read or some instances did not answer
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "Counts")
public record CountsAnswer(
    long openSessions,
    long visitors,
    Map<String, Long> eventsByType,
    List<Top> topPages,
    List<Top> topProducts,
    boolean complete,
    int instances,
    List<String> missing) {

  /** A page or product, and how many open sessions saw it. */
  public record Top(String name, long sessions) {}
}

package io.weir.stream.query.live;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import io.weir.stream.query.visitor.SessionAnswer;
import java.util.List;

/**
 * The answer of one instance to another that has listeners.
 *
 * @param position how many sessions this instance has emitted since its start, these included
 * @param sessions emitted after the position that was asked for, oldest first
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "LiveNews")
public record LiveNews(LiveCounters counters, long position, List<SessionAnswer> sessions) {}

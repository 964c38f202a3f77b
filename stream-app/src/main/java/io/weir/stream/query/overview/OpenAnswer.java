package io.weir.stream.query.overview;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import io.weir.stream.query.visitor.SessionAnswer;
import java.util.List;

/**
 * Open sessions of all instances.
 *
 * @param open the number of all open sessions; an estimate unless complete
 * @param complete false if an instance has more open sessions than it reads, or did not answer
 * @param missing instances that did not answer
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "OpenSessions")
public record OpenAnswer(
    long open, boolean complete, List<String> missing, List<SessionAnswer> sessions) {}

package io.weir.stream.query.overview;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.weir.stream.query.visitor.SessionAnswer;
import java.util.List;

/**
 * Open sessions of all instances.
 *
 * @param open all of them; an estimate unless complete
 * @param complete false when an instance has more than one look reads, or some did not answer
 * @param missing instances that did not answer
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record OpenAnswer(
    long open, boolean complete, List<String> missing, List<SessionAnswer> sessions) {}

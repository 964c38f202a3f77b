package io.weir.stream.query.overview;

import io.weir.contract.avro.Session;
import java.util.List;

/**
 * The open sessions of this instance at a moment.
 *
 * @param count of all of them; an estimate unless complete
 * @param sessions at most as many as one look reads
 */
public record OpenSnapshot(long count, boolean isComplete, List<Session> sessions, long visitors) {}

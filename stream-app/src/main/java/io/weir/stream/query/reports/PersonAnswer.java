package io.weir.stream.query.reports;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ids, sessions and changes of a person, as PostgreSQL has them.
 *
 * @param id that was asked for, as gold knows it
 * @param identities visitors of the same user, each with the user and the time it was told
 * @param sessions closed ones of all these visitors, newest first
 * @param changes what changed in them after they had closed, and why, newest first
 * @param truncated whether there are more rows than an answer has
 * @param cut the names of the lists that have more rows than the answer
 * @param source where the rows come from, always {@code postgresql}
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "Person")
public record PersonAnswer(
    String id,
    List<Map<String, @Nullable Object>> identities,
    List<Map<String, @Nullable Object>> sessions,
    List<Map<String, @Nullable Object>> changes,
    boolean truncated,
    List<String> cut,
    String source) {}

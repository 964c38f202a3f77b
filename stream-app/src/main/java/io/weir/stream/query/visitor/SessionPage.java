package io.weir.stream.query.visitor;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sessions of a visitor, newest first.
 *
 * @param next what to give as {@code before} for the page after this one; null at the end
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record SessionPage(String visitorId, List<SessionAnswer> sessions, @Nullable String next) {}

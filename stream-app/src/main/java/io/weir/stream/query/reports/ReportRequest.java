package io.weir.stream.query.reports;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question as a caller wrote it.
 *
 * @param from the first day; null for 27 days before the last one
 * @param to the last day; null for today
 * @param by null for the first way
 * @param filters such as {@code country:DE}
 */
public record ReportRequest(
    @Nullable String from, @Nullable String to, @Nullable String by, List<String> filters) {}

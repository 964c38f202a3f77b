package io.weir.tools.reconcile;

/**
 * A place where gold has {@code (other)}, because a partition has named enough values of the day.
 * There all values of the dimension are compared as one.
 */
record FoldedPlace(String dimension, long bucketMs, boolean isBot) {}

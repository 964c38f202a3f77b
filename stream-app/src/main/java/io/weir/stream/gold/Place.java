package io.weir.stream.gold;

/**
 * Where a difference counts.
 *
 * @param quarter the start of the 15 minutes, epoch milliseconds
 * @param day the start of the site's day, epoch milliseconds
 */
record Place(boolean isBot, long quarter, long day) {}

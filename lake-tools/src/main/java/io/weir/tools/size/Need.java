package io.weir.tools.size;

/**
 * What one part needs.
 *
 * @param instances how many run; 0 for what does not run
 * @param cores of all instances, at the peak
 * @param memory MB of all instances
 * @param disk MB of all instances
 */
record Need(String part, int instances, double cores, double memory, double disk) {}

/** What many visitors cost: CPU time for an event, memory, and restarts. */
@NullMarked
package io.weir.benchmarks.scale;

import org.jspecify.annotations.NullMarked;

/** What the per-event paths cost. */
@NullMarked
package io.weir.benchmarks;

import org.jspecify.annotations.NullMarked;

/** How soon an event is visible, and how long answers take, beside a steady load. */
@NullMarked
package io.weir.benchmarks.queries;

import org.jspecify.annotations.NullMarked;

/** Raw events made for one benchmark, topics, and the sessions found in them. */
@NullMarked
package io.weir.benchmarks.topic;

import org.jspecify.annotations.NullMarked;

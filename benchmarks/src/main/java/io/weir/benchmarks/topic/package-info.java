/** Raw events, the topics that hold them, and the sessions that come of them. */
@NullMarked
package io.weir.benchmarks.topic;

import org.jspecify.annotations.NullMarked;

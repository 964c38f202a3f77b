/** Tests of io.weir.benchmarks.topic. */
@NullMarked
package io.weir.benchmarks.topic;

import org.jspecify.annotations.NullMarked;

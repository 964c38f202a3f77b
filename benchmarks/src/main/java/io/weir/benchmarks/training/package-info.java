/** The training of a model on many sessions of the lake. */
@NullMarked
package io.weir.benchmarks.training;

import org.jspecify.annotations.NullMarked;

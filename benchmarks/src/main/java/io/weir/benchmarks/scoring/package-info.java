/** Scores: how many a second, how soon over HTTP, and how soon after their session. */
@NullMarked
package io.weir.benchmarks.scoring;

import org.jspecify.annotations.NullMarked;

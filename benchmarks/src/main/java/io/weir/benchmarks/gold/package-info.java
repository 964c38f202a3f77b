/** What gold costs, and how soon its numbers can be read. */
@NullMarked
package io.weir.benchmarks.gold;

import org.jspecify.annotations.NullMarked;

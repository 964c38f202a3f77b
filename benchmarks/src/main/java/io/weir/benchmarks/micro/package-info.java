/** JMH benchmarks of the code that runs for every event. */
@NullMarked
package io.weir.benchmarks.micro;

import org.jspecify.annotations.NullMarked;

/**
 * How a Weir process starts: it reads its settings, connects to Kafka, finds its topics, and says
 * in one line what is wrong when it cannot.
 */
@NullMarked
package io.weir.process;

import org.jspecify.annotations.NullMarked;

/** The settings with which the tools find the lake, gold and Kafka. */
@NullMarked
package io.weir.tools.settings;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.weir.process.kafka;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.weir.process.terminal;

import org.jspecify.annotations.NullMarked;

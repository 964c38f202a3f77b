@NullMarked
package io.weir.process.command;

import org.jspecify.annotations.NullMarked;

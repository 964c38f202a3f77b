/** Erases persons from the lake and gold, and proves it. */
@NullMarked
package io.weir.tools.erase;

import org.jspecify.annotations.NullMarked;

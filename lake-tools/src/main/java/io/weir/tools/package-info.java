/** The command line for people who read or change the lake. */
@NullMarked
package io.weir.tools;

import org.jspecify.annotations.NullMarked;

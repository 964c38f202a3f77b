/** What a person calls on the lake: the command line and its settings. */
@NullMarked
package io.weir.tools;

import org.jspecify.annotations.NullMarked;

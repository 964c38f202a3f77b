/** What is known of a person, taken out of the lake and gold, and the proof of it. */
@NullMarked
package io.weir.tools.erase;

import org.jspecify.annotations.NullMarked;

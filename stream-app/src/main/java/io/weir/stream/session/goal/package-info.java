/** What the goals of a site are, and which events fulfil them. */
@NullMarked
package io.weir.stream.session.goal;

import org.jspecify.annotations.NullMarked;

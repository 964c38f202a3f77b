/** The stream application: raw clicks in, enriched events, sessions and live answers out. */
@NullMarked
package io.weir.stream;

import org.jspecify.annotations.NullMarked;

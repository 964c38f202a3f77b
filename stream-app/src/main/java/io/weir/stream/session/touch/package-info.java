/**
 * Events as a visitor's state keeps them (touches), runs of touches, and runs frozen as bytes. The
 * fields of a touch are public and final: every event of a session is read several times.
 */
@NullMarked
package io.weir.stream.session.touch;

import org.jspecify.annotations.NullMarked;

/**
 * Records sent once more: refused ones, looked at and repaired, into the raw topic; raw ones as
 * they were into another.
 */
@NullMarked
package io.weir.tools.replay;

import org.jspecify.annotations.NullMarked;

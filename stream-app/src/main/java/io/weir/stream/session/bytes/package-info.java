/**
 * Numbers and texts as bytes, their hashes, and the parts that a store keeps apart from a visitor's
 * own record. Knows no visitor.
 */
@NullMarked
package io.weir.stream.session.bytes;

import org.jspecify.annotations.NullMarked;

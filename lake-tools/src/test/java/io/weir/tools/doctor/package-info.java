/** Tests of commands about rights. */
@NullMarked
package io.weir.tools.doctor;

import org.jspecify.annotations.NullMarked;

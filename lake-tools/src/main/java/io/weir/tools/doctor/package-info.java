/** The command {@code doctor}: looks at a deployment from outside and says what is wrong. */
@NullMarked
package io.weir.tools.doctor;

import org.jspecify.annotations.NullMarked;

/**
 * Tests that run the commands of lake-tools on tables that the service fills. Each lies in the
 * package of the command it tests.
 *
 * <p>They lie in this module because tests of both modules need each other. A command is tested on
 * what the service's loops wrote, with the fixtures {@code Lake} and {@code TestSink}. Tests of the
 * service read what it wrote with the command {@code sql}, and one runs {@code forget}. Maven
 * allows that in one direction only: this module depends on lake-tools in test scope.
 */
@NullMarked
package io.weir.tools;

import org.jspecify.annotations.NullMarked;

/** Answers whole questions from the views of gold in PostgreSQL: rows of a table, not a number. */
@NullMarked
package io.weir.stream.query.reports;

import org.jspecify.annotations.NullMarked;

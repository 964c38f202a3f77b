/**
 * What crosses a process boundary and nothing more: topics, records and their bytes, reasons for
 * refusal.
 */
@NullMarked
package io.weir.contract;

import org.jspecify.annotations.NullMarked;

package io.weir.training.session;

/**
 * One row to train on.
 *
 * @param time by which the rows are split
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; lists would box
public record LabelledRow(String visitor, long time, boolean outcome, float[] vector) {}

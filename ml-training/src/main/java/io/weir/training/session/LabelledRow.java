package io.weir.training.session;

/**
 * One row to train on.
 *
 * @param time by which the rows are split
 * @param served the row's rates of all days, with which the model is served; the vector has those
 *     of the days before
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; lists would box
public record LabelledRow(
    String visitor, long time, boolean outcome, float[] vector, float[] served) {}

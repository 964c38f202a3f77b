package io.weir.training.artifact;

import io.weir.training.tree.TreeShape;

/**
 * One attempt of a search.
 *
 * @param trees of the best round
 * @param logLoss of it on the validation part
 */
public record TriedShape(TreeShape shape, int trees, double logLoss) {}

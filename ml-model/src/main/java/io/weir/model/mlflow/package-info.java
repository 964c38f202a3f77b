/** MLflow's REST interface over plain HTTP: what the trainer writes and the scorer reads. */
@NullMarked
package io.weir.model.mlflow;

import org.jspecify.annotations.NullMarked;

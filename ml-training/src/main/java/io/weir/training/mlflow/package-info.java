/** Logging and registering a trained model in MLflow. */
@NullMarked
package io.weir.training.mlflow;

import org.jspecify.annotations.NullMarked;

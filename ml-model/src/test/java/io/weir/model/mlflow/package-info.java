/** Tests of the calls to MLflow. */
@NullMarked
package io.weir.model.mlflow;

import org.jspecify.annotations.NullMarked;

/** The chart as Helm renders it, judged as Kubernetes would, and by the services it starts. */
@org.jspecify.annotations.NullMarked
package io.weir.helm;

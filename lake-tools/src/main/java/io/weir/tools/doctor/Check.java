package io.weir.tools.doctor;

import java.util.List;

/** Looks at one part of a deployment and changes nothing. */
interface Check {
  /** The name of the part, one word. */
  String part();

  /** What was seen. An exception says that the part cannot be used. */
  List<Finding> look() throws Exception;
}

package io.weir.process;

/** The part of an address that may be printed: without a user, a password and parameters. */
public final class PrintedAddress {
  private static final String HIDDEN = "…";

  private PrintedAddress() {}

  /** The address up to its parameters, without the user and the password before its host. */
  public static String of(String url) {
    String start = url.split("[?;#]", 2)[0];
    int slashes = start.indexOf("//");
    String scheme = slashes < 0 ? "" : start.substring(0, slashes + 2);
    String rest = start.substring(scheme.length());
    if (rest.indexOf('/') < 0 && url.indexOf('@', start.length()) >= 0) {
      // A password with such a sign looks like the end of the host.
      return scheme + HIDDEN;
    }
    return scheme + rest.substring(rest.lastIndexOf('@') + 1);
  }

  /** Whether there is a user or a password before the host. */
  public static boolean hasLogin(String url) {
    int slashes = url.indexOf("//");
    String rest = url.substring(slashes < 0 ? 0 : slashes + 2);
    return rest.split("/", 2)[0].split("[?;#]", 2)[0].indexOf('@') >= 0;
  }

  /** The text with the address in it as it may be printed. */
  public static String in(String text, String url) {
    return url.isEmpty() ? text : text.replace(url, of(url));
  }
}

package io.weir.tools.doctor;

import io.weir.process.PrintedAddress;
import io.weir.process.StartupException;
import java.net.URI;
import java.net.URISyntaxException;

/** The address of a service as a person names it: http or https, a host, and perhaps a path. */
record ServiceUrl(URI uri) {
  private static final String EXAMPLE = "; for example http://127.0.0.1:8180";

  /** Reads the value of {@code --url}. */
  static ServiceUrl of(String text) {
    URI uri = parsed(text);
    String scheme = String.valueOf(uri.getScheme());
    boolean isHttp = scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https");
    if (PrintedAddress.hasLogin(text)) {
      throw refused(text, "has a login in it; keys are in WEIR_HTTP_KEY");
    }
    if (!isHttp || uri.getHost() == null) {
      throw refused(
          text, "is no address that begins with http:// or https:// and a host" + EXAMPLE);
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw refused(text, "has parameters, which no service asks for" + EXAMPLE);
    }
    return new ServiceUrl(uri);
  }

  private static URI parsed(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException _) {
      // The cause would say the text again.
      throw refused(text, "is no address" + EXAMPLE);
    }
  }

  private static StartupException refused(String text, String why) {
    return new StartupException("--url " + PrintedAddress.of(text) + " " + why);
  }

  /** Host, port and path. */
  String place() {
    return uri.getRawAuthority() + path();
  }

  /** The address of a page of the service. */
  URI page(String path) {
    return URI.create(uri.getScheme() + "://" + place() + path);
  }

  private String path() {
    String path = uri.getRawPath();
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}

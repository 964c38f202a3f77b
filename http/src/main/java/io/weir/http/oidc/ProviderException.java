package io.weir.http.oidc;

/** The provider does not answer, or not as it should. Its words never stand in the message. */
final class ProviderException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ProviderException(String message) {
    super(message);
  }

  ProviderException(String message, Throwable cause) {
    super(message, cause);
  }
}

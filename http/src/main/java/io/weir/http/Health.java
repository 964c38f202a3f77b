package io.weir.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of a service: whether the next record would succeed, and if not, which part fails.
 *
 * @param status {@code UP} or {@code DOWN}
 * @param checks "ok", or what is wrong, by the name of the part
 * @param warnings what needs a look although the service works
 */
@Serdeable
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Health", description = "Whether the next record would succeed.")
public record Health(
    @Schema(
            type = "string",
            allowableValues = {"UP", "DOWN"})
        String status,
    @Schema(description = "\"ok\", or what is wrong, by the name of the part")
        @Nullable Map<String, String> checks,
    @Schema(description = "what needs a look although the service works")
        @Nullable Map<String, String> warnings) {
  /** What a check says when nothing is wrong. */
  public static final String OK = "ok";

  private static final String UP = "UP";

  /** A process that answers; it says nothing of its parts. */
  public static Health alive() {
    return new Health(UP, null, null);
  }

  /** Up when all checks are ok. */
  public static Health of(Map<String, String> checks) {
    return new Health(status(checks), checks, null);
  }

  /** Up when all checks are ok; warnings change nothing. */
  public static Health of(Map<String, String> checks, Map<String, String> warnings) {
    return new Health(status(checks), checks, warnings);
  }

  /** The state alone: checks name servers and folders. */
  Health withoutReasons() {
    return new Health(status, null, null);
  }

  private static String status(Map<String, String> checks) {
    return checks.values().stream().allMatch(OK::equals) ? UP : "DOWN";
  }

  /** Whether no check names a problem. */
  public boolean isUp() {
    return status.equals(UP);
  }
}

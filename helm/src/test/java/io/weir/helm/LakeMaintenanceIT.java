package io.weir.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * lake-sink itself, with the arguments and variables of the rendered job. Nobody listens where the
 * catalog should be: what asks for it has understood all of them.
 */
class LakeMaintenanceIT {
  private static final Map<String, String> SECRETS =
      Map.of(
          "WEIR_POSTGRES_PASSWORD", "secret",
          "WEIR_SINK_HADOOP_FS_S3A_ACCESS_KEY", "key",
          "WEIR_SINK_HADOOP_FS_S3A_SECRET_KEY", "secret");

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        postgres: {url: 'jdbc:postgresql://127.0.0.1:1/weir'}
        lake:
          warehouse: s3://lake/weir
          settings: {WEIR_SINK_HADOOP_FS_S3A_ENDPOINT: 'http://127.0.0.1:1'}
        lakeMaintenance:
          args: [--table, silver.events, --dry-run]
          settings:
            WEIR_SINK_FILE_SIZE: 64mb
            WEIR_SINK_SNAPSHOT_AGE: 6h
            WEIR_SINK_ORPHAN_AGE: 2d
            WEIR_SINK_RETRACTIONS_KEEP: 60d
        """,
        """
        lake:
          settings: {WEIR_SINK_CATALOG: rest, WEIR_SINK_CATALOG_URI: 'http://127.0.0.1:1'}
        """
      })
  void job_isUnderstood(String values) throws IOException {
    ServiceRun run = run(LakeJob.of(values));

    assertThat(run.output()).contains("lake-sink: the catalog at ").contains("does not answer");
    assertThat(run.code()).isEqualTo(2);
  }

  @Test
  void job_withSettingThatNobodyKnows_isRefused() throws IOException {
    LakeJob job =
        LakeJob.of(
            """
            lake: {warehouse: 's3://lake/weir'}
            lakeMaintenance: {settings: {WEIR_SINK_FILESIZE: 64mb}}
            """);

    ServiceRun run = run(job);

    assertThat(run.output()).contains("WEIR_SINK_FILESIZE is not a setting of this service");
    assertThat(run.code()).isEqualTo(2);
  }

  @Test
  void job_withArgumentThatNobodyKnows_isRefused() throws IOException {
    LakeJob job =
        LakeJob.of(
            """
            lake: {warehouse: 's3://lake/weir'}
            lakeMaintenance: {args: [--tables]}
            """);

    ServiceRun run = run(job);

    assertThat(run.output()).contains("--tables");
    assertThat(run.code()).isEqualTo(2);
  }

  private static ServiceRun run(LakeJob job) throws IOException {
    var environment = new HashMap<>(job.plain());
    environment.putAll(SECRETS);
    return ServiceRun.of("lake-sink", job.arguments(), environment);
  }
}

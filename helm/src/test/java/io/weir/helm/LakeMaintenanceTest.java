package io.weir.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.LintResult;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LakeMaintenanceTest {
  private static final String LEAST = "lake: {warehouse: 's3://lake/weir'}\n";

  @Test
  void chart_passesStrictLint() {
    LintResult result = Chart.lint();

    assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
  }

  @Test
  void job_byDefault_maintainsEachHourAndNeverTwiceAtOnce() {
    LakeJob job = LakeJob.of(LEAST);

    assertThat(job.container("image")).isEqualTo("weir/lake-sink:0.1.0");
    assertThat(job.arguments()).containsExactly("maintain");
    assertThat(job.job("spec.schedule")).isEqualTo("17 * * * *");
    assertThat(job.job("spec.concurrencyPolicy")).isEqualTo("Forbid");
    assertThat(job.pod("restartPolicy")).isEqualTo("Never");
  }

  @Test
  void job_withEachValueSet_isTakenByKubernetes() {
    LakeJob job =
        LakeJob.of(
            """
            image: {repository: registry.example.com/weir, tag: "7", pullSecrets: [registry]}
            serviceAccount: {create: false, name: lake}
            postgres: {passwordSecret: {name: gold, key: word}}
            lake:
              warehouse: /lake/weir
              volume: {existingClaim: claim}
              settings: {WEIR_SINK_HADOOP_FS_S3A_PATH_STYLE_ACCESS: "true"}
              secrets: [store]
            lakeMaintenance:
              timeZone: Europe/Berlin
              suspend: true
              args: [--table, silver.events]
              settings: {WEIR_SINK_FILE_SIZE: 64mb}
              podLabels: {team: data}
              podAnnotations: {note: "1"}
              nodeSelector: {disk: fast}
              tolerations: [{key: batch, operator: Exists}]
              affinity: {nodeAffinity: {}}
            """);

    assertThat(job.container("image")).isEqualTo("registry.example.com/weir/lake-sink:7");
    assertThat(job.arguments()).containsExactly("maintain", "--table", "silver.events");
    assertThat(job.job("spec.timeZone")).isEqualTo("Europe/Berlin");
    assertThat(job.pod("serviceAccountName")).isEqualTo("lake");
  }

  @Test
  void pod_mayDoNothingButWriteToTmp() {
    LakeJob job = LakeJob.of(LEAST);

    assertThat(job.pod("securityContext.runAsNonRoot")).isEqualTo(true);
    assertThat(job.pod("securityContext.runAsUser")).isEqualTo(10001);
    assertThat(job.pod("securityContext.seccompProfile.type")).isEqualTo("RuntimeDefault");
    assertThat(job.pod("automountServiceAccountToken")).isEqualTo(false);
    assertThat(job.container("securityContext.readOnlyRootFilesystem")).isEqualTo(true);
    assertThat(job.container("securityContext.allowPrivilegeEscalation")).isEqualTo(false);
    assertThat(job.container("securityContext.capabilities.drop")).isEqualTo(List.of("ALL"));
    assertThat(job.container("volumeMounts"))
        .isEqualTo(List.of(Map.of("name", "tmp", "mountPath", "/tmp")));
    assertThat(job.pod("volumes"))
        .isEqualTo(List.of(Map.of("name", "tmp", "emptyDir", Map.of("sizeLimit", "1Gi"))));
  }

  /** A Service called weir-sink would set WEIR_SINK_PORT=tcp://… in each pod beside it. */
  @Test
  void pod_getsNoVariablesOfServices() {
    assertThat(LakeJob.of(LEAST).pod("enableServiceLinks")).isEqualTo(false);
  }

  @Test
  void settings_becomeVariables_thoseOfTheJobFirst() {
    LakeJob job =
        LakeJob.of(
            """
            postgres: {url: "jdbc:postgresql://db/weir", user: lake}
            lake:
              warehouse: s3://lake/weir
              settings: {WEIR_SINK_CATALOG: jdbc, WEIR_SINK_FILE_SIZE: 128mb}
            lakeMaintenance:
              settings: {WEIR_SINK_FILE_SIZE: 64mb}
            """);

    assertThat(job.plain())
        .containsEntry("WEIR_POSTGRES_URL", "jdbc:postgresql://db/weir")
        .containsEntry("WEIR_POSTGRES_USER", "lake")
        .containsEntry("WEIR_SINK_WAREHOUSE", "s3://lake/weir")
        .containsEntry("WEIR_SINK_CATALOG", "jdbc")
        .containsEntry("WEIR_SINK_FILE_SIZE", "64mb")
        .hasSize(5);
  }

  @Test
  void secrets_areReferredTo() {
    LakeJob job =
        LakeJob.of(
            """
            postgres: {passwordSecret: {name: gold, key: word}}
            lake: {warehouse: "s3://lake/weir", secrets: [store, catalog]}
            """);

    assertThat(job.container("env"))
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .contains(
            Map.of(
                "name",
                "WEIR_POSTGRES_PASSWORD",
                "valueFrom",
                Map.of("secretKeyRef", Map.of("name", "gold", "key", "word"))));
    assertThat(job.container("envFrom"))
        .isEqualTo(
            List.of(
                Map.of("secretRef", Map.of("name", "store")),
                Map.of("secretRef", Map.of("name", "catalog"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "WEIR_POSTGRES_PASSWORD",
        "WEIR_SINK_CATALOG_CREDENTIAL",
        "WEIR_SINK_CATALOG_TOKEN",
        "WEIR_SINK_CATALOG_JDBC_PASSWORD",
        "WEIR_SINK_HADOOP_FS_S3A_ACCESS_KEY",
        "WEIR_SINK_HADOOP_FS_S3A_SECRET_KEY",
        "WEIR_SINK_HADOOP_FS_AZURE_ACCOUNT_OAUTH2_CLIENT_SECRET",
        "WEIR_SINK_HADOOP_FS_AZURE_ACCOUNT_KEY_ACCOUNT_DFS_CORE_WINDOWS_NET",
        "WEIR_KAFKA_CLIENT_SASL_JAAS_CONFIG"
      })
  void secret_amongSettings_isRefused(String name) {
    for (String values :
        List.of(
            LEAST + maintenance(name + ": x"),
            "lake: {warehouse: 's3://lake/weir', settings: {" + name + ": x}}")) {
      assertThatThrownBy(() -> LakeJob.of(values))
          .hasMessageContaining(name + " among the settings is a secret");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "WEIR_POSTGRES_PASSWORD_FILE",
        "WEIR_SINK_CATALOG_OAUTH2__SERVER__URI",
        "WEIR_SINK_HADOOP_FS_S3A_AWS_CREDENTIALS_PROVIDER",
        "WEIR_SINK_HADOOP_FS_GS_AUTH_SERVICE_ACCOUNT_JSON_KEYFILE"
      })
  void setting_thatOnlyLooksLikeASecret_isTaken(String name) {
    assertThat(LakeJob.of(LEAST + maintenance(name + ": x")).plain()).containsEntry(name, "x");
  }

  @Test
  void password_inAddress_isRefused() {
    assertThatThrownBy(
            () -> LakeJob.of(LEAST + "postgres: {url: 'jdbc:postgresql://db/weir?password=x'}"))
        .hasMessageContaining("postgres.url has a password in it");
  }

  @Test
  void setting_thatHasAValueOfItsOwn_isRefused() {
    assertThatThrownBy(() -> LakeJob.of(LEAST + maintenance("WEIR_SINK_WAREHOUSE: /other")))
        .hasMessageContaining("set lake.warehouse instead");
  }

  @Test
  void warehouse_isRequiredOfTheJdbcCatalogOnly() {
    assertThatThrownBy(() -> LakeJob.of(""))
        .hasMessageContaining("lake.warehouse is not set; for example s3://lake/weir");

    assertThat(LakeJob.of("lake: {settings: {WEIR_SINK_CATALOG: rest}}").plain())
        .doesNotContainKey("WEIR_SINK_WAREHOUSE");
  }

  @Test
  void claim_isMounted() {
    LakeJob job =
        LakeJob.of("lake: {warehouse: /data/weir, volume: {existingClaim: c, mountPath: /data}}");

    assertThat(job.container("volumeMounts.1"))
        .isEqualTo(Map.of("name", "lake", "mountPath", "/data"));
    assertThat(job.pod("volumes.1.persistentVolumeClaim.claimName")).isEqualTo("c");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lakeMaintenance: {shedule: x}",
        "lakeMaintenance: {settings: {SINK_FILE_SIZE: 64mb}}",
        "lakeMaintenance: {settings: {WEIR_SINK_FILE_SIZE: 64}}",
        "image: {pullPolicy: Sometimes}",
        "postgres: {url: 'postgres://db/weir'}"
      })
  void value_thatIsWrong_isRefused(String values) {
    assertThatThrownBy(() -> LakeJob.of(LEAST + values))
        .hasMessageContaining("don't meet the specifications of the schema");
  }

  @Test
  void name_ofLongRelease_leavesRoomForThatOfItsJobs() {
    LakeJob job = LakeJob.of("r".repeat(53), LEAST);

    assertThat((String) job.job("metadata.name")).hasSizeLessThanOrEqualTo(52);
  }

  @Test
  void job_switchedOff_isNotThere() {
    assertThat(Chart.render(Chart.JOB_ONLY + LEAST + "lakeMaintenance: {enabled: false}"))
        .noneMatch(each -> each.isKind("CronJob"));
  }

  private static String maintenance(String setting) {
    return "lakeMaintenance: {settings: {" + setting + "}}";
  }
}

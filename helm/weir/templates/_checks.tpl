{{/* What a schema cannot say: values that contradict each other. */}}
{{- define "weir.checks" -}}
{{- $values := .Values -}}
{{- $stream := $values.streamApp -}}
{{- if regexMatch "(?i)[?&](ssl)?password=" $values.postgres.url -}}
{{- fail "postgres.url has a password in it: put that into an existing Secret, and name it in postgres.passwordSecret" -}}
{{- end -}}
{{- include "weir.checks.instances" (list . "streamApp" $stream) -}}
{{- include "weir.checks.instances" (list . "lakeSink" (set (deepCopy $values.lakeSink) "threads" 1)) -}}
{{- include "weir.checks.instances" (list . "mlScoring" $values.mlScoring) -}}
{{- if $stream.enabled -}}
{{- include "weir.checks.stream" . -}}
{{- end -}}
{{- include "weir.checks.lake" . -}}
{{- include "weir.checks.reset" . -}}
{{- include "weir.checks.demo" . -}}
{{- include "weir.checks.schedules" . -}}
{{- $scoring := $values.mlScoring -}}
{{- $mlflow := $scoring.mlflow -}}
{{- range $name, $value := dict "postgres.url" $values.postgres.url "lake.warehouse" $values.lake.warehouse "alerts.url" $values.alerts.url "mlScoring.mlflow.url" $mlflow.url -}}
{{- include "weir.checks.address" (list $name $value) -}}
{{- end -}}
{{- if and $values.training.enabled (or $mlflow.url $mlflow.urlSecret.name) (ne $mlflow.alias "champion") -}}
{{- fail (printf "training registers its models with the alias champion, and mlScoring.mlflow.alias is %s: ml-scoring would never serve them; set mlScoring.mlflow.alias to champion, or training.enabled to false" $mlflow.alias) -}}
{{- end -}}
{{- if and $mlflow.url $mlflow.urlSecret.name -}}
{{- fail "mlScoring.mlflow has both url and urlSecret: one of them is right" -}}
{{- end -}}
{{- if and (or $scoring.enabled $values.training.enabled) $mlflow.urlSecret.name $values.networkPolicy.enabled (not $values.networkPolicy.mlflow.ports) -}}
{{- fail "mlScoring.mlflow.urlSecret hides the port of MLflow: set networkPolicy.mlflow.ports" -}}
{{- end -}}
{{- if and $values.training.enabled (not $scoring.existingClaim) (not $mlflow.url) (not $mlflow.urlSecret.name) -}}
{{- fail "training has nowhere to put its models: set mlScoring.mlflow.url to an MLflow server, or mlScoring.existingClaim to a claim that training may write" -}}
{{- end -}}
{{- $models := list -}}
{{- range $values.training.models -}}
{{- if has .model $models -}}
{{- fail (printf "training.models has %s twice: one job trains it" .model) -}}
{{- end -}}
{{- $models = append $models .model -}}
{{- if and (eq .model "p_convert") .name (ne .name $mlflow.model) -}}
{{- fail (printf "training.models gives p_convert the name %s, and ml-scoring follows mlScoring.mlflow.model, %s: leave the name out" .name $mlflow.model) -}}
{{- end -}}
{{- if regexMatch "(^| )--(model|name)([= ]|$)" (join " " (.args | default $values.training.args)) -}}
{{- fail (printf "training.models says model and name of %s: leave --model and --name out of its args" .model) -}}
{{- end -}}
{{- end -}}
{{- if and $values.drift.enabled (not $scoring.existingClaim) (or $mlflow.url $mlflow.urlSecret.name (eq $scoring.starterModel "none")) -}}
{{- fail "drift reads the models that were served from a folder: set mlScoring.existingClaim to the claim that ml-scoring keeps them in, or drift.enabled to false" -}}
{{- end -}}
{{- $hasModel := or $scoring.existingClaim $mlflow.url $mlflow.urlSecret.name (ne $scoring.starterModel "none") -}}
{{- if and $scoring.enabled (not $hasModel) -}}
{{- fail "mlScoring has no model and would never be ready: set mlScoring.existingClaim to a claim that holds a model, mlScoring.mlflow.url to the MLflow server that has one, mlScoring.starterModel to demo, or mlScoring.enabled to false" -}}
{{- end -}}
{{- if and (not $values.kafka.trust.secret) (contains "SSL_TRUSTSTORE" (toString $values.kafka.settings)) -}}
{{- fail "kafka.settings has a truststore: put the certificate into a Secret, and name it in kafka.trust" -}}
{{- end -}}
{{- $protocol := get $values.kafka.settings "WEIR_KAFKA_CLIENT_SECURITY_PROTOCOL" -}}
{{- if and (hasPrefix "SASL" $protocol) (not $values.kafka.secrets) (not $values.kafka.secretKeys) -}}
{{- fail (printf "kafka.settings says %s, but nothing holds WEIR_KAFKA_CLIENT_SASL_JAAS_CONFIG: name a Secret in kafka.secrets or kafka.secretKeys" $protocol) -}}
{{- end -}}
{{- $auth := get $values.kafka.settings "WEIR_KAFKA_AUTH" | default "none" -}}
{{- $sink := $values.lakeSink -}}
{{- $hasOwn := and (or (not $values.streamApp.enabled) $values.streamApp.secrets) (or (not $scoring.enabled) $scoring.secrets) (or (not $sink.enabled) $sink.secrets $values.lake.secrets) -}}
{{- $hasOwn = or $hasOwn (hasKey $values.kafka.settings "WEIR_KAFKA_PASSWORD_FILE") -}}
{{- if and (not (has $auth (list "none" "msk-iam" "oauth"))) (not $values.kafka.secrets) (not $values.kafka.secretKeys) (not $hasOwn) -}}
{{- fail (printf "kafka.settings says WEIR_KAFKA_AUTH=%s, but nothing holds WEIR_KAFKA_PASSWORD: name a Secret in kafka.secrets or kafka.secretKeys, or one for each service in streamApp.secrets, mlScoring.secrets and lakeSink.secrets" $auth) -}}
{{- end -}}
{{- end }}

{{/* No address has a password in it. Takes (list NAME VALUE). */}}
{{- define "weir.checks.address" -}}
{{- if regexMatch "://[^/?#@]*:[^/?#@]*@" (index . 1) -}}
{{- fail (printf "%s has a password in its address: put it into an existing Secret" (index . 0)) -}}
{{- end -}}
{{- end }}

{{/* Takes (list . NAME VALUES). */}}
{{- define "weir.checks.instances" -}}
{{- $values := (index . 0).Values -}}
{{- $partitions := int $values.topics.partitions -}}
{{- $name := index . 1 -}}
{{- $service := index . 2 -}}
{{- $scaling := $service.autoscaling -}}
{{- $most := int $service.replicas -}}
{{- $where := "replicas" -}}
{{- if ne $scaling.type "none" -}}
{{- $most = int $scaling.maxReplicas -}}
{{- $where = "autoscaling.maxReplicas" -}}
{{- if gt (int $scaling.minReplicas) $most -}}
{{- fail (printf "%s.autoscaling: minReplicas %d is more than maxReplicas %d" $name (int $scaling.minReplicas) $most) -}}
{{- end -}}
{{- end -}}
{{- if and $service.enabled (gt (mul $most (int $service.threads)) $partitions) (gt $most 1) -}}
{{- fail (printf "%s.%s: %d instances with %d threads each are more than topics.partitions (%d): the others would stand idle" $name $where $most (int $service.threads) $partitions) -}}
{{- end -}}
{{- if and (eq $scaling.type "hpa") (not (dig "requests" "cpu" "" $service.resources)) -}}
{{- fail (printf "%s.autoscaling.type is hpa, so %s.resources.requests.cpu must be set: it is a share of that" $name $name) -}}
{{- end -}}
{{- $protocol := get $values.kafka.settings "WEIR_KAFKA_CLIENT_SECURITY_PROTOCOL" | default "PLAINTEXT" -}}
{{- $auth := get $values.kafka.settings "WEIR_KAFKA_AUTH" | default "none" -}}
{{- if ne $auth "none" -}}
{{- $protocol = printf "login %s" $auth -}}
{{- end -}}
{{- if and (eq $scaling.type "keda") (ne $protocol "PLAINTEXT") (not $values.keda.authenticationRef) -}}
{{- fail (printf "%s.autoscaling.type is keda and Kafka's protocol %s: name a TriggerAuthentication in keda.authenticationRef" $name $protocol) -}}
{{- end -}}
{{- end }}

{{- define "weir.checks.stream" -}}
{{- $stream := .Values.streamApp -}}
{{- if and $stream.staticMembership (eq (get $stream.settings "WEIR_STREAM_GROUP_PROTOCOL") "streams") -}}
{{- fail "streamApp.settings has WEIR_STREAM_GROUP_PROTOCOL=streams, which knows no static membership: set streamApp.staticMembership to false" -}}
{{- end -}}
{{- $most := int (ternary $stream.replicas $stream.autoscaling.maxReplicas (eq $stream.autoscaling.type "none")) -}}
{{- if and (gt $most 1) (ge (int $stream.standbyReplicas) $most) -}}
{{- fail (printf "streamApp.standbyReplicas is %d, but there are at most %d instances: a copy needs an instance of its own" (int $stream.standbyReplicas) $most) -}}
{{- end -}}
{{- if lt (int $stream.terminationGracePeriodSeconds) 30 -}}
{{- fail "streamApp.terminationGracePeriodSeconds is less than 30: the stream may take 25 seconds to commit and to end" -}}
{{- end -}}
{{- end }}

{{- define "weir.checks.lake" -}}
{{- $values := .Values -}}
{{- $rest := eq (get $values.lake.settings "WEIR_SINK_CATALOG") "rest" -}}
{{- if and $values.lake.warehouse (not $rest) (not (regexMatch "^(/|[a-z][a-z0-9]*:/)" $values.lake.warehouse)) -}}
{{- fail (printf "lake.warehouse is %s: set it to an address such as s3://lake/weir, or to a path that begins with / on the volume of lake.volume" $values.lake.warehouse) -}}
{{- end -}}
{{- if regexMatch "^https?:" $values.lake.warehouse -}}
{{- fail (printf "lake.warehouse is %s, and the lake is no web page: set it to an address such as s3://lake/weir, and the address of the store in lake.settings (docs/storage.md)" $values.lake.warehouse) -}}
{{- end -}}
{{- if and (hasPrefix "/" $values.lake.warehouse) (not $values.lake.volume.existingClaim) (not $values.demo.lake) -}}
{{- fail (printf "lake.warehouse is the path %s, so lake.volume.existingClaim must name the claim that holds it" $values.lake.warehouse) -}}
{{- end -}}
{{- if $values.demo.lake -}}
{{- if or $values.preparation.enabled $values.lakeMaintenance.enabled $values.audit.enabled $values.training.enabled $values.drift.enabled (gt (int $values.lakeSink.replicas) 1) (ne $values.lakeSink.autoscaling.type "none") -}}
{{- fail "demo.lake is a folder of one pod: set preparation.enabled, lakeMaintenance.enabled, audit.enabled, training.enabled and drift.enabled to false and lakeSink.replicas to 1, or use a lake that all pods reach" -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* A value that is copied to another release, or forgotten in a file, resets nothing else. */}}
{{- define "weir.checks.reset" -}}
{{- $reset := .Values.reset -}}
{{- $stream := .Values.streamApp -}}
{{- if $reset.release -}}
{{- $here := printf "%s/%s" .Release.Namespace .Release.Name -}}
{{- if ne $reset.release $here -}}
{{- fail (printf "reset.release is %s, and this release is %s (NAMESPACE/RELEASE): name the release whose state is to go, or leave it empty" $reset.release $here) -}}
{{- end -}}
{{- if not $stream.enabled -}}
{{- fail "reset.release is set, but streamApp.enabled is false: a stream-app elsewhere would go on with the state that the job deletes" -}}
{{- end -}}
{{- if and $stream.persistence.enabled (ne $stream.persistence.whenScaled "Delete") -}}
{{- fail "reset.release is set, but streamApp.persistence.whenScaled is not Delete: a claim that stays would bring the old state back" -}}
{{- end -}}
{{- if .Values.demo.lake -}}
{{- fail "reset.release is not for the demo: delete all its pods together to begin anew" -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* What a demo starts itself is nowhere else. */}}
{{- define "weir.checks.demo" -}}
{{- if and .Values.demo.kafka .Values.kafka.bootstrapServers -}}
{{- fail (printf "demo.kafka starts a broker, and kafka.bootstrapServers names %s: set demo.kafka to false, or leave kafka.bootstrapServers out" .Values.kafka.bootstrapServers) -}}
{{- end -}}
{{- if and .Values.demo.postgres .Values.postgres.passwordSecret.name -}}
{{- fail (printf "demo.postgres starts a PostgreSQL without a password, and postgres.passwordSecret names %s: set demo.postgres to false, or leave the Secret out" .Values.postgres.passwordSecret.name) -}}
{{- end -}}
{{- end }}

{{/* A line of its own, because the schema would answer with its whole pattern. */}}
{{- define "weir.checks.schedules" -}}
{{- range $name := list "lakeMaintenance" "audit" "training" "drift" -}}
{{- $job := get $.Values $name -}}
{{- include "weir.checks.schedule" (list (printf "%s.schedule" $name) $job.schedule) -}}
{{- range $job.models -}}
{{- if .schedule -}}
{{- include "weir.checks.schedule" (list (printf "%s.models: the schedule of %s" $name .model) .schedule) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* Takes (list NAME VALUE). */}}
{{- define "weir.checks.schedule" -}}
{{- $minute := "[0-5]?[0-9]" -}}
{{- $hour := "[01]?[0-9]|2[0-3]" -}}
{{- $day := "0?[1-9]|[12][0-9]|3[01]" -}}
{{- $month := "0?[1-9]|1[0-2]|[A-Za-z]{3}" -}}
{{- $weekday := "[0-6]|[A-Za-z]{3}" -}}
{{- $fields := list -}}
{{- range $unit := list $minute $hour $day $month $weekday -}}
{{- $each := printf "([*?]|(%s)(-(%s))?)(/[1-9][0-9]*)?" $unit $unit -}}
{{- $fields = append $fields (printf "%s(,%s)*" $each $each) -}}
{{- end -}}
{{- $pattern := printf "^(@(yearly|annually|monthly|weekly|daily|midnight|hourly)|%s)$" (join " " $fields) -}}
{{- if not (regexMatch $pattern (index . 1)) -}}
{{- fail (printf "%s is \"%s\": set it to minute, hour, day, month and weekday, such as \"17 3 * * *\", or to @hourly, @daily or @weekly" (index . 0) (index . 1)) -}}
{{- end -}}
{{- end }}

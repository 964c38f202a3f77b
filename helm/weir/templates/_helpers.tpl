{{/* The release's name, "weir" in it; short enough for the names of CronJobs and pods of a StatefulSet (52). */}}
{{- define "weir.name" -}}
{{- $name := ternary .Release.Name (printf "%s-weir" .Release.Name) (contains "weir" .Release.Name) -}}
{{- $name | trunc 35 | trimSuffix "-" -}}
{{- end }}

{{/* What a selector may rely on. Takes (list . COMPONENT). */}}
{{- define "weir.selectorLabels" -}}
app.kubernetes.io/name: weir
app.kubernetes.io/instance: {{ (index . 0).Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end }}

{{/* Takes (list . COMPONENT). */}}
{{- define "weir.labels" -}}
{{- $root := index . 0 -}}
{{ include "weir.selectorLabels" . }}
app.kubernetes.io/version: {{ $root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ $root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" $root.Chart.Name $root.Chart.Version }}
{{- end }}

{{/*
Labels of a pod. The chart's version is not among them: a new version of the chart alone restarts nothing.
Takes (list . COMPONENT VALUES).
*/}}
{{- define "weir.podLabels" -}}
{{- $root := index . 0 -}}
{{ include "weir.selectorLabels" . }}
app.kubernetes.io/version: {{ $root.Chart.AppVersion | quote }}
{{- with (index . 2).podLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* Takes (list . MODULE). */}}
{{- define "weir.image" -}}
{{- $root := index . 0 -}}
{{- $image := $root.Values.image -}}
{{ printf "%s/%s:%s" $image.repository (index . 1) ($image.tag | default $root.Chart.AppVersion) }}
{{- end }}

{{- define "weir.serviceAccount" -}}
{{- $account := .Values.serviceAccount -}}
{{- if $account.create -}}
{{ $account.name | default (include "weir.name" .) }}
{{- else -}}
{{ $account.name | default "default" }}
{{- end -}}
{{- end }}

{{/* What all pods have in common. */}}
{{- define "weir.pod" -}}
automountServiceAccountToken: false
# Else a Service called weir-sink would put WEIR_SINK_PORT into the environment.
enableServiceLinks: false
serviceAccountName: {{ include "weir.serviceAccount" . }}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile:
    type: RuntimeDefault
{{- end }}

{{/* What all containers have in common. */}}
{{- define "weir.containerSecurityContext" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop:
    - ALL
{{- end }}

{{/* Where pods go: apart from each other, if the values say nothing else. Takes (list . COMPONENT VALUES). */}}
{{- define "weir.scheduling" -}}
{{- $values := index . 2 -}}
{{- with $values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with $values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
affinity:
{{- if $values.affinity }}
  {{- toYaml $values.affinity | nindent 2 }}
{{- else }}
  podAntiAffinity:
    preferredDuringSchedulingIgnoredDuringExecution:
      - weight: 100
        podAffinityTerm:
          topologyKey: kubernetes.io/hostname
          labelSelector:
            matchLabels:
              {{- include "weir.selectorLabels" . | nindent 14 }}
{{- end }}
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: topology.kubernetes.io/zone
    whenUnsatisfiable: {{ $values.zoneSpread }}
    labelSelector:
      matchLabels:
        {{- include "weir.selectorLabels" . | nindent 8 }}
{{- end }}

{{/*
The probes of a service. It answers /health from its start on, whatever it restores or waits for, so liveness
never ends a pod that is busy. The management port speaks plain HTTP, also where the service's own has TLS. Takes (list . VALUES).
*/}}
{{- define "weir.probes" -}}
startupProbe:
  httpGet:
    path: /health
    port: management
  periodSeconds: 2
  timeoutSeconds: 2
  failureThreshold: {{ div (add (index . 1).startupSeconds 1) 2 }}
livenessProbe:
  httpGet:
    path: /health
    port: management
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 6
readinessProbe:
  httpGet:
    path: /ready
    port: management
  periodSeconds: 5
  timeoutSeconds: 5
  failureThreshold: 2
{{- end }}

{{/* A map of settings as variables; secrets and what has a value of its own are refused. */}}
{{- define "weir.settings" -}}
{{- $own := dict
  "WEIR_POSTGRES_URL" "postgres.url"
  "WEIR_POSTGRES_USER" "postgres.user"
  "WEIR_SINK_WAREHOUSE" "lake.warehouse"
  "WEIR_KAFKA_BOOTSTRAP_SERVERS" "kafka.bootstrapServers"
  "WEIR_KAFKA_CLIENT_BOOTSTRAP_SERVERS" "kafka.bootstrapServers"
  "WEIR_TOPIC_PREFIX" "topics.prefix"
  "WEIR_TOPIC_PARTITIONS" "topics.partitions"
  "WEIR_TOPIC_REPLICATION" "topics.replication"
  "WEIR_TOPIC_RETENTION" "topics.retention"
  "WEIR_SITE_TIME_ZONE" "site.timeZone"
  "WEIR_HTTP_OPEN" "http.open"
  "WEIR_HTTP_HOSTS" "http.hosts"
  "WEIR_HTTP_KEYS" "http.keysSecret"
  "WEIR_HTTP_TLS_CERTIFICATE_FILE" "http.tls.secretName"
  "WEIR_HTTP_TLS_KEY_FILE" "http.tls.secretName"
  "WEIR_HTTP_TLS_TRUST_FILE" "http.tls.trustKey"
  "WEIR_STREAM_APPLICATION_ID" "streamApp.applicationId"
  "WEIR_STREAM_THREADS" "streamApp.threads"
  "WEIR_STREAM_STANDBY_REPLICAS" "streamApp.standbyReplicas"
  "WEIR_STREAM_INSTANCE_ID" "streamApp.staticMembership"
  "WEIR_STREAM_SESSION_TIMEOUT" "streamApp.sessionTimeout"
  "WEIR_STREAM_GOALS_FILE" "streamApp.goals"
  "WEIR_SCORING_STARTER_MODEL" "mlScoring.starterModel"
  "WEIR_SCORING_THREADS" "mlScoring.threads"
  "WEIR_SCORING_MLFLOW_URL" "mlScoring.mlflow.url or mlScoring.mlflow.urlSecret"
  "WEIR_SCORING_MLFLOW_MODEL" "mlScoring.mlflow.model"
  "WEIR_SCORING_MLFLOW_ALIAS" "mlScoring.mlflow.alias" -}}
{{- range $name, $value := . -}}
{{- /* OTEL_…_CLIENT_KEY is the path of a file. */ -}}
{{- $isPath := or (hasSuffix "_FILE" $name) (regexMatch "^OTEL_.*_CLIENT_KEY$" $name) -}}
{{- if and (not $isPath) (regexMatch "PASSWORD|SECRET|JAAS|_KEY(_|$)|(CREDENTIAL|TOKEN|AUTHORIZATION|_HEADERS)$" $name) -}}
{{- fail (printf "%s among the settings is a secret: put it into an existing Secret, and name that in kafka.secrets, lake.secrets, streamApp.secrets, lakeSink.secrets, mlScoring.secrets, ingest.secrets or postgres.passwordSecret" $name) -}}
{{- end -}}
{{- if and (eq $name "WEIR_KAFKA_AUTH") (not (has (lower $value) (list "none" "plain" "scram-sha-256" "scram-sha-512" "oauth" "event-hubs" "msk-iam"))) -}}
{{- fail (printf "WEIR_KAFKA_AUTH among the settings is %s: set it to none, plain, scram-sha-256, scram-sha-512, oauth, event-hubs or msk-iam" $value) -}}
{{- end -}}
{{- if hasKey $own $name -}}
{{- fail (printf "%s among the settings: set %s instead" $name (get $own $name)) -}}
{{- end -}}
{{- include "weir.checks.address" (list $name $value) -}}
{{- if regexMatch "^WEIR_(STREAM|SINK|SCORING)_(HOST|PORT|MANAGEMENT_PORT|STATE_DIR|ADVERTISED_HOST|MODEL_DIR)$" $name -}}
{{- fail (printf "%s among the settings: the chart sets it, or its image does" $name) -}}
{{- end }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end }}
{{- end }}

{{/* Secrets whose keys are settings. Takes a list of names. */}}
{{- define "weir.envFrom" -}}
{{- with . }}
envFrom:
  {{- range . }}
  - secretRef:
      name: {{ . }}
  {{- end }}
{{- end }}
{{- end }}

{{/* The Secret with the keys of those who may ask the services. */}}
{{- define "weir.http.secret" -}}
{{ .Values.http.keysSecret | default (printf "%s-http-keys" (include "weir.name" .)) }}
{{- end }}

{{/* Whom a service lets in, and where its health and metrics are. Takes (list . SETTING PORT). */}}
{{- define "weir.http.env" -}}
{{- $root := index . 0 -}}
- name: WEIR_{{ index . 1 }}_MANAGEMENT_PORT
  value: {{ index . 2 | quote }}
{{- if $root.Values.http.open }}
- name: WEIR_HTTP_OPEN
  value: "true"
{{- with $root.Values.http.hosts }}
- name: WEIR_HTTP_HOSTS
  value: {{ join "," . | quote }}
{{- end }}
{{- else }}
- name: WEIR_HTTP_KEYS
  valueFrom:
    secretKeyRef:
      name: {{ include "weir.http.secret" $root }}
      key: WEIR_HTTP_KEYS
{{- end }}
{{- /* stream-app asks its other instances, and ml-scoring asks stream-app. Open services need no key but take a given one. */}}
{{- $asks := or (eq (index . 1) "STREAM") (and (eq (index . 1) "SCORING") $root.Values.streamApp.enabled) }}
{{- if ternary (and $root.Values.http.keysSecret (eq (index . 1) "STREAM")) $asks $root.Values.http.open }}
- name: WEIR_HTTP_KEY
  valueFrom:
    secretKeyRef:
      name: {{ include "weir.http.secret" $root }}
      key: WEIR_HTTP_KEY
{{- end }}
{{- if $root.Values.http.tls.secretName }}
- name: WEIR_HTTP_TLS_CERTIFICATE_FILE
  value: /etc/weir/tls/tls.crt
- name: WEIR_HTTP_TLS_KEY_FILE
  value: /etc/weir/tls/tls.key
{{- if ne (index . 1) "SINK" }}
{{- with $root.Values.http.tls.trustKey }}
- name: WEIR_HTTP_TLS_TRUST_FILE
  value: {{ printf "/etc/weir/tls/%s" . }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- define "weir.http.scheme" -}}
{{ ternary "https" "http" (not (empty .Values.http.tls.secretName)) }}
{{- end }}

{{/* Certificate and key. The whole folder is mounted: Kubernetes renews no file that is mounted alone. */}}
{{- define "weir.http.volumeMounts" -}}
{{- if .Values.http.tls.secretName }}
- name: http-tls
  mountPath: /etc/weir/tls
  readOnly: true
{{- end }}
{{- end }}

{{- define "weir.http.volumes" -}}
{{- with .Values.http.tls.secretName }}
- name: http-tls
  secret:
    secretName: {{ . }}
    defaultMode: 0440
{{- end }}
{{- end }}

{{/* How a pod finds Kafka and its topics. */}}
{{- define "weir.kafka.env" -}}
{{- $kafka := .Values.kafka -}}
{{- $topics := .Values.topics -}}
- name: WEIR_KAFKA_BOOTSTRAP_SERVERS
  value: {{ include "weir.kafka.bootstrapServers" . | quote }}
{{- with $kafka.trust.secret }}
- name: WEIR_KAFKA_CLIENT_SSL_TRUSTSTORE_LOCATION
  value: {{ printf "/etc/weir/kafka/%s" $kafka.trust.key }}
- name: WEIR_KAFKA_CLIENT_SSL_TRUSTSTORE_TYPE
  value: {{ $kafka.trust.type }}
{{- end }}
{{- range $kafka.secretKeys }}
- name: {{ .setting }}
  valueFrom:
    secretKeyRef:
      name: {{ .name }}
      key: {{ .key }}
{{- end }}
- name: WEIR_TOPIC_PREFIX
  value: {{ $topics.prefix | quote }}
- name: WEIR_TOPIC_PARTITIONS
  value: {{ $topics.partitions | quote }}
- name: WEIR_TOPIC_REPLICATION
  value: {{ $topics.replication | quote }}
- name: WEIR_TOPIC_RETENTION
  value: {{ $topics.retention | quote }}
{{- end }}

{{- define "weir.kafka.volumeMounts" -}}
{{- if .Values.kafka.trust.secret }}
- name: kafka-trust
  mountPath: /etc/weir/kafka
  readOnly: true
{{- end }}
{{- end }}

{{- define "weir.kafka.volumes" -}}
{{- with .Values.kafka.trust }}
{{- if .secret }}
- name: kafka-trust
  secret:
    secretName: {{ .secret }}
    items:
      - key: {{ .key }}
        path: {{ .key }}
{{- end }}
{{- end }}
{{- end }}

{{/* PostgreSQL. */}}
{{- define "weir.postgres.env" -}}
{{- $postgres := .Values.postgres -}}
- name: WEIR_POSTGRES_URL
  value: {{ include "weir.postgres.url" . | quote }}
- name: WEIR_POSTGRES_USER
  value: {{ $postgres.user | quote }}
{{- with $postgres.passwordSecret }}
{{- if .name }}
- name: WEIR_POSTGRES_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ .name }}
      key: {{ .key }}
{{- end }}
{{- end }}
{{- end }}

{{/* How many instances, unless something else decides. Takes VALUES. */}}
{{- define "weir.replicas" -}}
{{- if eq .autoscaling.type "none" -}}
replicas: {{ .replicas }}
{{- end }}
{{- end }}

{{- define "weir.applicationId" -}}
{{ .Values.streamApp.applicationId | default (printf "%s-stream" .Values.topics.prefix) }}
{{- end }}

{{/* The Service of a Deployment. Takes (list . COMPONENT PORT MANAGEMENT). */}}
{{- define "weir.service" -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ include "weir.name" (index . 0) }}-{{ index . 1 }}
  labels:
    {{- include "weir.labels" . | nindent 4 }}
spec:
  selector:
    {{- include "weir.selectorLabels" . | nindent 4 }}
  ports:
    - name: http
      port: {{ index . 2 }}
      targetPort: http
    - name: management
      port: {{ index . 3 }}
      targetPort: management
{{- end }}

{{/* A node can be drained at any time, but only one instance goes at once. Takes (list . COMPONENT). */}}
{{- define "weir.budget" -}}
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ include "weir.name" (index . 0) }}-{{ index . 1 }}
  labels:
    {{- include "weir.labels" . | nindent 4 }}
spec:
  maxUnavailable: 1
  selector:
    matchLabels:
      {{- include "weir.selectorLabels" . | nindent 6 }}
{{- end }}

{{/* Of the values, or of the demo. */}}
{{- define "weir.kafka.bootstrapServers" -}}
{{- if .Values.demo.kafka -}}
{{ include "weir.name" . }}-demo-kafka:9092
{{- else -}}
{{ required "kafka.bootstrapServers is not set; for example kafka:9092" .Values.kafka.bootstrapServers }}
{{- end -}}
{{- end }}

{{- define "weir.postgres.url" -}}
{{- if .Values.demo.postgres -}}
jdbc:postgresql://{{ include "weir.name" . }}-demo-postgres:5432/weir
{{- else -}}
{{ .Values.postgres.url }}
{{- end -}}
{{- end }}

{{/* The components that are there and reach Kafka, as a list. */}}
{{- define "weir.kafka.clients" -}}
{{- $clients := list -}}
{{- $values := .Values -}}
{{- range $component, $section := dict "stream-app" "streamApp" "lake-sink" "lakeSink" "ml-scoring" "mlScoring" "simulator" "simulator" "ingest" "ingest" "audit" "audit" -}}
{{- if (get $values $section).enabled }}{{ $clients = append $clients $component }}{{ end -}}
{{- end -}}
{{- if and $values.preparation.enabled $values.lakeSink.enabled }}{{ $clients = append $clients "preparation" }}{{ end -}}
{{- if $values.reset.release }}{{ $clients = append $clients "reset" }}{{ end -}}
{{- $clients | toJson -}}
{{- end }}

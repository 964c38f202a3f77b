{{/* The variables that say where the lake is. Takes (list . SETTINGS); the settings win over those of the lake. */}}
{{- define "weir.lake.env" -}}
{{- $values := (index . 0).Values -}}
{{- $settings := merge (dict) (index . 1) $values.lake.settings -}}
{{- if regexMatch "(?i)[?&](ssl)?password=" $values.postgres.url -}}
{{- fail "postgres.url has a password in it: put that into an existing Secret, and name it in postgres.passwordSecret" -}}
{{- end -}}
- name: WEIR_POSTGRES_URL
  value: {{ $values.postgres.url | quote }}
- name: WEIR_POSTGRES_USER
  value: {{ $values.postgres.user | quote }}
{{- with $values.postgres.passwordSecret }}
{{- if .name }}
- name: WEIR_POSTGRES_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ .name }}
      key: {{ .key }}
{{- end }}
{{- end }}
{{- if or $values.lake.warehouse (ne (get $settings "WEIR_SINK_CATALOG") "rest") }}
- name: WEIR_SINK_WAREHOUSE
  value: {{ required "lake.warehouse is not set; for example s3://lake/weir" $values.lake.warehouse | quote }}
{{- end }}
{{- include "weir.settings" $settings }}
{{- end }}

{{- define "weir.lake.envFrom" -}}
{{- with .Values.lake.secrets }}
envFrom:
  {{- range . }}
  - secretRef:
      name: {{ . }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "weir.lake.volumeMounts" -}}
{{- with .Values.lake.volume }}
{{- if .existingClaim }}
- name: lake
  mountPath: {{ .mountPath }}
{{- end }}
{{- end }}
{{- end }}

{{- define "weir.lake.volumes" -}}
{{- with .Values.lake.volume.existingClaim }}
- name: lake
  persistentVolumeClaim:
    claimName: {{ . }}
{{- end }}
{{- end }}

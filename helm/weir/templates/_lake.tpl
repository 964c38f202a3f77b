{{/* The variables that say where the lake is. Takes (list . SETTINGS); the settings win over those of the lake. */}}
{{- define "weir.lake.env" -}}
{{- $values := (index . 0).Values -}}
{{- $settings := merge (dict) (index . 1) $values.lake.settings -}}
{{- include "weir.postgres.env" (index . 0) }}
{{- if or $values.lake.warehouse (ne (get $settings "WEIR_SINK_CATALOG") "rest") }}
- name: WEIR_SINK_WAREHOUSE
  value: {{ required "lake.warehouse is not set; for example s3://lake/weir" $values.lake.warehouse | quote }}
{{- end }}
{{- include "weir.settings" $settings }}
{{- end }}

{{- define "weir.lake.volumeMounts" -}}
{{- $isDemo := .Values.demo.lake }}
{{- with .Values.lake.volume }}
{{- if or .existingClaim $isDemo }}
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
{{- else }}
{{- if .Values.demo.lake }}
- name: lake
  emptyDir:
    sizeLimit: 10Gi
{{- end }}
{{- end }}
{{- end }}

{{/* The sizes of the lake's empty folders in a pod, as a list. */}}
{{- define "weir.lake.rooms" -}}
{{- ternary (list "10Gi") list (and .Values.demo.lake (not .Values.lake.volume.existingClaim)) | toJson -}}
{{- end }}

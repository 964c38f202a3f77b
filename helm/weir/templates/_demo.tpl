{{/* Takes (list . COMPONENT PORT). */}}
{{- define "weir.demo.service" -}}
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
    - name: {{ trimPrefix "demo-" (index . 1) }}
      port: {{ index . 2 }}
      targetPort: {{ trimPrefix "demo-" (index . 1) }}
{{- end }}

{{/* Takes (list . USER). */}}
{{- define "weir.demo.pod" -}}
automountServiceAccountToken: false
enableServiceLinks: false
serviceAccountName: {{ include "weir.serviceAccount" (index . 0) }}
securityContext:
  runAsNonRoot: true
  runAsUser: {{ index . 1 }}
  runAsGroup: {{ index . 1 }}
  fsGroup: {{ index . 1 }}
  seccompProfile:
    type: RuntimeDefault
{{- end }}

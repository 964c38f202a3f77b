# The images of Weir's services, one target each: stream-app, lake-sink, ml-scoring, simulator; ingest, which
# sends your files or topics; lake-tools, the commands that a person runs on the lake; and ml-training, which trains the
# scorer's model.
#   docker build --target lake-sink -t weir/lake-sink:0.1.0 .
# Needs Docker 25 or newer: BuildKit, and health checks each second during a start. docs/docker.md explains the choices.

# The build needs Maven and a JDK 25 for glibc, of which the images' Java is made, too.
ARG MAVEN_IMAGE=maven:3.9-eclipse-temurin-25
# Parts of this Debian and modules of that JDK make the base, unless JAVA_IMAGE names another: one with a Java 25
# runtime, glibc, libstdc++, bash and flock.
ARG SYSTEM_IMAGE=debian:13-slim
ARG JAVA_IMAGE=base

# Empty. --build-context maven-repository=$HOME/.m2/repository replaces it: a build without network.
FROM scratch AS maven-repository

FROM ${MAVEN_IMAGE} AS build
WORKDIR /source
COPY . .
RUN --mount=type=cache,target=/root/.m2/repository,sharing=locked \
    --mount=type=bind,from=maven-repository,target=/maven-repository,rw \
    docker/build
# Libraries for other platforms are most of what some jars hold.
ARG TARGETARCH
RUN java docker/OnePlatform.java "${TARGETARCH:-amd64}" */target/image/lib

FROM ${MAVEN_IMAGE} AS runtime
COPY docker/runtime docker/runtime
RUN docker/runtime /runtime/opt/java

FROM ${SYSTEM_IMAGE} AS system
COPY docker/system docker/system
RUN docker/system /system base-files base-passwd bash dash coreutils findutils grep sed util-linux libc-bin \
  libstdc++6 zlib1g

# XGBoost needs OpenMP.
FROM ${SYSTEM_IMAGE} AS openmp
COPY docker/system docker/system
RUN dpkg-query --show libgomp1 >/dev/null 2>&1 \
  || { apt-get update -qq && apt-get install -y -qq --no-install-recommends libgomp1; }
RUN docker/system /openmp --only libgomp1

FROM scratch AS base
COPY --from=system /system /
COPY --from=runtime /runtime /
ENV JAVA_HOME=/opt/java \
    PATH=/opt/java/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    LANG=C.UTF-8

FROM ${JAVA_IMAGE} AS service
LABEL org.opencontainers.image.title="Weir" \
      org.opencontainers.image.description="Clickstream to sessions, lakehouse and scores" \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.licenses="Apache-2.0"
# Hadoop asks for the name of the user that it runs as.
RUN echo 'weir:x:10001:10001:Weir:/tmp:/sbin/nologin' >> /etc/passwd \
  && echo 'weir:x:10001:' >> /etc/group \
  && mkdir -p /var/lib/weir/tmp /var/lib/weir/state /var/lib/weir/model /lake \
  && chown -R 10001:10001 /var/lib/weir /lake
# Without MALLOC_ARENA_MAX glibc gives each thread an arena of native memory of its own.
ENV MALLOC_ARENA_MAX=2
WORKDIR /weir
COPY --chmod=755 docker/start docker/ready ./
USER 10001:10001
ENTRYPOINT ["/weir/start"]

# In each image: what changes rarely comes first, so a new version of Weir is a layer of one megabyte, and one of the
# archive of classes where there is one.
FROM service AS stream-app-jars
COPY --from=build /source/stream-app/target/image/lib lib/
COPY --from=build /source/stream-app/target/image/own own/
COPY --from=build /source/stream-app/target/image/java.args ./

FROM stream-app-jars AS stream-app-classes
COPY --chmod=755 docker/archive /archive
ARG CLASS_ARCHIVE=yes
RUN --mount=type=bind,from=build,source=/source/local/target/image,target=/broker \
    WEIR_STREAM_STATE_DIR=/var/lib/weir/state WEIR_STREAM_GEO_FILE=demo WEIR_STREAM_GOALS_FILE=demo \
    /archive STREAM 8180 /tmp/classes.jsa ^nl/basjes/

FROM stream-app-jars AS stream-app
COPY --from=stream-app-classes /tmp/classes.jsa ./
ENV WEIR_STREAM_HOST=0.0.0.0 \
    WEIR_STREAM_STATE_DIR=/var/lib/weir/state
EXPOSE 8180
HEALTHCHECK --start-interval=1s --interval=5s --timeout=5s --start-period=180s --retries=6 CMD ["/weir/ready", "STREAM", "8180"]

# Without an archive of classes: there is no room for one.
FROM service AS lake-sink
COPY --from=build /source/lake-sink/target/image/lib lib/
COPY --from=build /source/lake-sink/target/image/own own/
COPY --from=build /source/lake-sink/target/image/java.args ./
ENV WEIR_SINK_HOST=0.0.0.0
EXPOSE 8181
HEALTHCHECK --start-interval=1s --interval=5s --timeout=5s --start-period=180s --retries=6 CMD ["/weir/ready", "SINK", "8181"]

# No health check: a command runs to its end.
FROM service AS lake-tools
COPY --from=build /source/lake-tools/target/image/lib lib/
COPY --from=build /source/lake-tools/target/image/own own/
COPY --from=build /source/lake-tools/target/image/java.args ./

FROM service AS ml-scoring-jars
COPY --from=build /source/ml-scoring/target/image/lib lib/
COPY --from=build /source/ml-scoring/target/image/own own/
COPY --from=build /source/ml-scoring/target/image/java.args ./

FROM ml-scoring-jars AS ml-scoring-classes
COPY --chmod=755 docker/archive /archive
ARG CLASS_ARCHIVE=yes
RUN --mount=type=bind,from=build,source=/source/local/target/image,target=/broker \
    WEIR_SCORING_STATE_DIR=/var/lib/weir/state WEIR_SCORING_MODEL_DIR=/var/lib/weir/model \
    WEIR_SCORING_STARTER_MODEL=demo /archive SCORING 8182 /tmp/classes.jsa

FROM ml-scoring-jars AS ml-scoring
COPY --from=ml-scoring-classes /tmp/classes.jsa ./
ENV WEIR_SCORING_HOST=0.0.0.0 \
    WEIR_SCORING_STATE_DIR=/var/lib/weir/state \
    WEIR_SCORING_MODEL_DIR=/var/lib/weir/model
EXPOSE 8182
HEALTHCHECK --start-interval=1s --interval=5s --timeout=5s --start-period=180s --retries=6 CMD ["/weir/ready", "SCORING", "8182"]

# No health check: a training runs to its end.
FROM service AS ml-training
COPY --from=openmp /openmp /
COPY --from=build /source/ml-training/target/image/lib lib/
COPY --from=build /source/ml-training/target/image/own own/
COPY --from=build /source/ml-training/target/image/java.args ./

# No health check: the simulator has no port, and while its process runs it sends.
FROM service AS simulator
COPY --from=build /source/simulator/target/image/lib lib/
COPY --from=build /source/simulator/target/image/own own/
COPY --from=build /source/simulator/target/image/java.args ./

# No health check: ingest has no port. It ends when it cannot go on.
FROM service AS ingest
COPY --from=build /source/ingest/target/image/lib lib/
COPY --from=build /source/ingest/target/image/own own/
COPY --from=build /source/ingest/target/image/java.args ./

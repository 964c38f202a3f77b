# A service as an image. What it takes, target/image of the module, comes first:
#   ./mvnw -Pimage -pl lake-sink -am -DskipTests -DskipChecks package
#   docker build --build-arg MODULE=lake-sink -t weir/lake-sink:0.1.0 .
# Any image with a Java 25 runtime, glibc, a shell and java on the PATH will do.
ARG BASE=eclipse-temurin:25-jre
FROM ${BASE}
# Hadoop asks for the name of the user that it runs as.
RUN echo 'weir:x:10001:10001:Weir:/tmp:/sbin/nologin' >> /etc/passwd \
  && echo 'weir:x:10001:' >> /etc/group
# Else glibc gives each thread an arena of native memory of its own.
ENV MALLOC_ARENA_MAX=2
WORKDIR /weir
ARG MODULE=lake-sink
# What changes rarely comes first: a new version of Weir is a layer of one megabyte.
COPY ${MODULE}/target/image/lib lib/
COPY ${MODULE}/target/image/own own/
COPY ${MODULE}/target/image/java.args ./
USER 10001:10001
ENTRYPOINT ["java", "@/weir/java.args"]

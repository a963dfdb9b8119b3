# Builds the jar, takes it apart into layers, and runs it as a user without rights. Only /data and /tmp have to be writable.
FROM eclipse-temurin:25-jdk AS build
WORKDIR /build
COPY .mvn .mvn
COPY mvnw pom.xml ./
# Dependencies change less often than code: a layer of their own.
RUN ./mvnw --batch-mode --no-transfer-progress dependency:go-offline
COPY src src
RUN ./mvnw --batch-mode --no-transfer-progress -DskipTests package \
 && java -Djarmode=tools -jar target/ackbox.jar extract --layers --destination layers
# The AOT cache below checks the times of the jars, and some builders drop the fraction of a second.
RUN find layers -name '*.jar' -exec touch -d 2000-01-01 {} +
# SQLite's library would be unpacked into /tmp at each start, where often nothing may be executed.
RUN mkdir native \
 && jar -x -f layers/dependencies/lib/sqlite-jdbc-*.jar "org/sqlite/native/Linux/$(uname -m)" \
 && mv org/sqlite/native/Linux/"$(uname -m)"/* native

FROM eclipse-temurin:25-jre AS service
RUN groupadd --system --gid 10001 ackbox \
 && useradd --system --uid 10001 --gid ackbox --home-dir /ackbox --shell /usr/sbin/nologin ackbox \
 && mkdir -p /ackbox/handlers/lib /data \
 && chown ackbox:ackbox /data
WORKDIR /ackbox
COPY --from=build /build/layers/dependencies/ ./
COPY --from=build /build/native/ native/
COPY --from=build /build/layers/snapshot-dependencies/ ./
COPY --from=build /build/layers/application/ ./
USER 10001:10001

# Starts the service, warms it up and ends it, so that Java notes the classes it loaded and how methods were called. The cache is
# of use to the same Java with the same options for modules, and to heaps of up to 32 GB only. The class path of this run has to be the
# beginning of later ones: the handlers' jars come after it.
FROM service AS training
RUN set -e; \
    ACKBOX_VERIFY_TOKEN=training ACKBOX_APP_SECRET=training ACKBOX_DATA_DIR=/tmp/training ACKBOX_WARM_UP=10s \
      java -XX:AOTCacheOutput=/tmp/ackbox.aot -Xmx512m -Dorg.sqlite.lib.path=/ackbox/native \
        --enable-native-access=ALL-UNNAMED -cp /ackbox/ackbox.jar dev.ackbox.AckboxApplication & \
    tries=0; \
    until java -cp /ackbox/ackbox.jar dev.ackbox.HealthProbe; do \
      kill -0 $!; tries=$((tries + 1)); test $tries -lt 120; sleep 1; \
    done; \
    kill $!; \
    wait $! || test $? = 143; \
    test -s /tmp/ackbox.aot

FROM service
COPY --from=training /tmp/ackbox.aot ./
ENV ACKBOX_DATA_DIR=/data ACKBOX_HANDLERS_DIR=/ackbox/handlers
VOLUME /data
EXPOSE 8080 8081
# Ready means that the inbox can store.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["java", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp", "/ackbox/ackbox.jar", "dev.ackbox.HealthProbe"]
# The heap begins small, whatever memory the machine has, and takes what it needs. Every five seconds the C library gives back what
# Java's compilers have freed: some 10 to 20 MB.
ENTRYPOINT ["java", "-XX:AOTCache=/ackbox/ackbox.aot", "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", \
  "-Xms32m", "-XX:TrimNativeHeapInterval=5000", "-Dorg.sqlite.lib.path=/ackbox/native", "--enable-native-access=ALL-UNNAMED", \
  "-cp", "/ackbox/ackbox.jar:/ackbox/handlers/*:/ackbox/handlers/lib/*", "dev.ackbox.AckboxApplication"]

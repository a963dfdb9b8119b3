# Builds the jar, takes it apart into layers, and runs it as a user without rights. Only /data and /tmp have to be writable.
FROM eclipse-temurin:25-jdk AS build
WORKDIR /build
COPY .mvn .mvn
COPY mvnw pom.xml ./
# Dependencies change less often than code: a layer of their own.
RUN ./mvnw --batch-mode --no-transfer-progress dependency:go-offline
COPY src src
RUN ./mvnw --batch-mode --no-transfer-progress -DskipTests -Dspotless.check.skip package \
 && java -Djarmode=tools -jar target/ackbox.jar extract --layers --launcher --destination layers
# SQLite's library would be unpacked into /tmp at each start, where often nothing may be executed.
RUN mkdir native \
 && jar -x -f layers/dependencies/BOOT-INF/lib/sqlite-jdbc-*.jar "org/sqlite/native/Linux/$(uname -m)" \
 && mv org/sqlite/native/Linux/"$(uname -m)"/* native

FROM eclipse-temurin:25-jre
RUN groupadd --system --gid 10001 ackbox \
 && useradd --system --uid 10001 --gid ackbox --home-dir /ackbox --shell /usr/sbin/nologin ackbox \
 && mkdir -p /ackbox /data \
 && chown ackbox:ackbox /data
WORKDIR /ackbox
COPY --from=build /build/layers/dependencies/ ./
COPY --from=build /build/native/ native/
COPY --from=build /build/layers/spring-boot-loader/ ./
COPY --from=build /build/layers/snapshot-dependencies/ ./
COPY --from=build /build/layers/application/ ./
USER 10001:10001
ENV ACKBOX_DATA_DIR=/data
VOLUME /data
EXPOSE 8080 8081
# Ready means that the inbox can store.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["java", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp", "/ackbox/BOOT-INF/classes", "dev.ackbox.HealthProbe"]
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED", \
  "-Dorg.sqlite.lib.path=/ackbox/native", \
  "org.springframework.boot.loader.launch.JarLauncher"]

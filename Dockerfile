# One file for the three services; the argument SERVICE says which: docker build --build-arg SERVICE=ingestion-service .

FROM maven:3-eclipse-temurin-25 AS build
WORKDIR /build
COPY . .
# Does not name SERVICE, so that it runs once for all three images. "locked", since Maven's repository is not made for
# two builds at a time.
RUN --mount=type=cache,target=/root/.m2,sharing=locked \
    mvn -B -ntp -pl ingestion-service,processor-service,reporting-service -am package -DskipTests
# Each runnable jar in layers: those that change rarely are not built, pushed and pulled again.
RUN set -e; for service in ingestion-service processor-service reporting-service; do \
      mv "$service"/target/*-exec.jar service.jar; \
      java -Djarmode=tools -jar service.jar extract --layers --destination "/layers/$service"; \
    done

FROM eclipse-temurin:25-jre
ARG SERVICE
WORKDIR /app
# Owned by root: the service reads its code and cannot change it.
COPY --from=build /layers/${SERVICE}/dependencies/ ./
COPY --from=build /layers/${SERVICE}/spring-boot-loader/ ./
COPY --from=build /layers/${SERVICE}/snapshot-dependencies/ ./
COPY --from=build /layers/${SERVICE}/application/ ./
# A number, so that an orchestrator can tell that it is not root.
USER 10001:10001
# The heap takes a share of the container's memory limit. A JVM that ran out of it is not to be trusted: it exits, and
# is started again. More options: the environment variable JDK_JAVA_OPTIONS.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", "-jar", "service.jar"]

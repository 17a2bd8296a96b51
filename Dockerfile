# Builds Confab, and makes an image that serves a chat page and an API at port 7860:
#
#   docker build --tag confab .
#   docker run --publish 127.0.0.1:7860:7860 --volume confab-data:/data --volume confab-models:/models confab

FROM docker.io/library/maven:3.9-eclipse-temurin-25 AS build
WORKDIR /opt/confab
COPY . .
RUN --mount=type=cache,target=/root/.m2 ./confab --version

FROM docker.io/library/eclipse-temurin:25-jre
WORKDIR /opt/confab
COPY confab LICENSE ./
COPY --from=build /opt/confab/app/target/confab.jar app/target/
COPY --from=build /opt/confab/app/target/lib app/target/lib
# The first start archives the classes of this Java, for quick starts; the program itself stays read-only.
RUN ./confab --version \
    && useradd --system --uid 10001 --home-dir /data --no-create-home confab \
    && install --directory --owner=confab --group=confab --mode=0700 /data /models

USER confab
VOLUME ["/data", "/models"]
ENV HF_HOME=/models \
    CONFAB_DATA=/data \
    CONFAB_HOST=0.0.0.0 \
    CONFAB_PORT=7860 \
    CONFAB_JAVA_OPTIONS="-XX:MaxRAMPercentage=50 -XX:+ExitOnOutOfMemoryError"
EXPOSE 7860
# Unhealthy until the model is loaded, which takes as long as its download when it is fetched for the first time.
HEALTHCHECK --interval=15s --timeout=5s --start-period=10m --start-interval=1s \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/7860 && printf 'GET /health/ready HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["/opt/confab/confab"]
CMD ["serve", "--no-browser"]

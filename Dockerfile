FROM golang:1.26.8 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG VERSION=dev
# The folder is made here because an empty image has no command that could.
RUN VERSION="$VERSION" .ci/build /out/tenantry && mkdir /out/data

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /out/tenantry /tenantry
COPY --from=build --chown=65532:65532 /out/data /data
USER 65532:65532
ENV TENANTRY_LISTEN=0.0.0.0:8080 TENANTRY_DATA=/data/tenantry.db
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["/tenantry", "health"]
ENTRYPOINT ["/tenantry"]
CMD ["serve"]

# The container of the hourly CronJob: one executable and the shared libraries that it loads, nothing else.
#
#   docker build --tag gridexit:0.1.0 --build-arg VERSION=0.1.0 --build-arg COMMIT="$(git rev-parse HEAD)" .
#   docker run --rm gridexit:0.1.0 evaluate --symbol ETH-USDT

FROM debian:12-slim AS builder
WORKDIR /source
# Packages first: this layer is rebuilt only when the lists of dependencies change.
COPY infra/dev/bootstrap.sh infra/dev/
COPY dashboards/package.json dashboards/package-lock.json dashboards/.npmrc dashboards/
RUN infra/dev/bootstrap.sh --build
COPY . .
# Without the .git folder the commit can't be asked for; every decision record names it.
ARG COMMIT=unknown
RUN cmake --preset release -DGRIDEXIT_TESTS=OFF -DGRIDEXIT_COMMIT="${COMMIT}" \
    && cmake --build --preset release --target gridexit \
    && strip build/release/gridexit

FROM debian:12-slim
# tests/infra compares this list with what the executable loads.
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
       ca-certificates libcurl4 libfmt9 libgit2-1.5 libspdlog1.10 libssl3 libstdc++6 libyaml-0-2 zlib1g \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --user-group --create-home --home-dir /home/gridexit --shell /usr/sbin/nologin gridexit
COPY --from=builder /source/build/release/gridexit /usr/local/bin/gridexit

ARG VERSION=0.1.0
ARG COMMIT=unknown
LABEL org.opencontainers.image.title="gridexit" \
      org.opencontainers.image.description="Tells the operator of a spot grid when to leave, why, and how sure it is" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${COMMIT}"

# Numeric, because Kubernetes refuses to prove that a user name is not root. libgit2 looks for known_hosts in HOME.
USER 10001:10001
ENV HOME=/home/gridexit
WORKDIR /home/gridexit
ENTRYPOINT ["/usr/local/bin/gridexit"]
CMD ["--help"]

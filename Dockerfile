# The program, and nothing else:
#
#   docker build --tag connect-lint .
#   docker run --rm --volume "$PWD:/src" connect-lint check .
FROM debian:12-slim AS build
WORKDIR /connect-lint
COPY ci/packages ci/
RUN ci/packages build
COPY CMakeLists.txt ./
COPY ci ci
COPY rules rules
COPY schemas schemas
COPY src src
RUN ci/connect-lint --version

FROM scratch
COPY --from=build /connect-lint/build/release/connect-lint /usr/local/bin/
ENV PATH=/usr/local/bin
WORKDIR /src
ENTRYPOINT ["/usr/local/bin/connect-lint"]

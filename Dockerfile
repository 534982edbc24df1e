# syntax=docker/dockerfile:1

# A digest is what is pulled; the tag before it says what that is, and is changed with it.
FROM node:22-trixie-slim@sha256:7b8a0c89c54499bee567618f96578e1a12a800f062fbdbfd1fb6a443fa6f6284 AS node

FROM rust:1.95.0-slim-trixie@sha256:e14e87345b4d5964ddcc3491d27ee046a0f23820f340c3c1e24da6880141f7c0 AS builder
COPY --from=node /usr/local/bin/node /usr/local/bin/
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm \
    && rustup target add wasm32-unknown-unknown
WORKDIR /src

# Tools first, in a layer that only a change of their versions rebuilds.
# They run for seconds, so they are built quickly rather than well.
ENV CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
    CARGO_PROFILE_RELEASE_LTO=off \
    CARGO_PROFILE_RELEASE_OPT_LEVEL=1
RUN cargo install cargo-leptos --locked --version 0.3.10
# The wasm-bindgen command must be exactly the version of the library.
COPY Cargo.lock ./
RUN version="$(sed -n '/^name = "wasm-bindgen"$/{n;s/version = "\(.*\)"/\1/p}' Cargo.lock)" \
    && cargo install wasm-bindgen-cli --version "$version"
COPY package.json package-lock.json .npmrc ./
RUN npm ci
ENV PATH=/src/node_modules/.bin:$PATH

# The club itself takes its profiles from Cargo.toml.
COPY . .
RUN env --unset=CARGO_PROFILE_RELEASE_CODEGEN_UNITS \
        --unset=CARGO_PROFILE_RELEASE_LTO \
        --unset=CARGO_PROFILE_RELEASE_OPT_LEVEL \
        cargo-leptos build --release --split --precompress

FROM debian:trixie-slim@sha256:a29215f6a35e51e22adffa17f89e9d2ef06214e64a2bad10d765c46aea49f11f
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin club \
    && install --directory --mode=700 --owner=club --group=club /data
WORKDIR /app
# hash.txt names the hashed files of the page; Leptos looks for it beside the binary.
COPY --from=builder /src/target/release/casino-club /src/target/release/hash.txt ./
COPY --from=builder /src/target/site site

# Production refuses to start without JWT_SECRET_KEY, SECRETS_KEY and SITE_URL; there is no default to leak.
ENV DATABASE_URL=sqlite:///data/casino-club.db \
    ENVIRONMENT=production \
    LEPTOS_HASH_FILES=true \
    LEPTOS_OUTPUT_NAME=casino-club \
    LEPTOS_SITE_ADDR=0.0.0.0:3000 \
    LEPTOS_SITE_ROOT=/app/site
USER club
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["/app/casino-club", "status"]
ENTRYPOINT ["/app/casino-club"]
CMD ["serve"]

# Dependencies apart from the sources: a change of the code keeps their layer.
FROM node:24-slim AS dependencies
WORKDIR /nox
COPY package.json package-lock.json ./
RUN npm ci --omit=dev

FROM node:24-slim
ENV NODE_ENV=production PORT=3000 DATABASE_PATH=/nox/data/nox.db
WORKDIR /nox
COPY --from=dependencies /nox/node_modules node_modules
COPY package.json LICENSE ./
COPY migrations migrations
COPY src src
RUN mkdir data && chown 1000:1000 data
# By number: Kubernetes can only tell that a number is not root. It is the user `node` of the image.
USER 1000:1000
VOLUME /nox/data
EXPOSE 3000
# Node itself is process 1: it gets the signal to stop, and stops within SHUTDOWN_SECONDS.
HEALTHCHECK --interval=10s --timeout=3s --start-period=15s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=16", "--heap-growing-percent=70", "--v8-pool-size=2", "src/entry.mjs"]

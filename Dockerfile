# seam-emulator as a container: docker build -t seam-emulator . && docker run -p 3020:3020 seam-emulator
# The base image is there for amd64 and arm64 alike, and so are the binaries of better-sqlite3.
FROM node:24-slim AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json tsconfig.build.json ./
COPY scripts scripts
COPY src src
COPY fixtures fixtures
RUN npm run build && npm prune --omit=dev

FROM node:24-slim
ENV NODE_ENV=production
# A container is reached from outside or not at all; which ports are published is up to who runs it.
ENV SEAM_EMULATOR_HOST=0.0.0.0
ENV PORT=3020
WORKDIR /app
COPY --from=build /build/package.json ./
COPY --from=build /build/node_modules node_modules
COPY --from=build /build/dist dist
COPY bin bin
COPY --from=build /build/fixtures fixtures
COPY LICENSE README.md ./
RUN ln -s /app/bin/seam-emulator.js /usr/local/bin/seam-emulator && mkdir /data /app/compiled && chown node:node /data /app/compiled
# SEAM_EMULATOR_DB=/data/world.db keeps everything on a volume.
VOLUME /data
USER node
# What Node keeps of compiled code: one start makes it here, and no container has to make it again.
ENV NODE_COMPILE_CACHE=/app/compiled
RUN timeout 5 node dist/cli.js start --port 0 --log-level error || [ $? -eq 124 ]
EXPOSE 3020
HEALTHCHECK --interval=5s --timeout=3s --start-period=10s --retries=5 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/_emulator/ready`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "dist/cli.js"]
CMD ["start"]

# The image is the artefact: the checkout at /app, its dependencies by hash, one unprivileged user.
FROM python:3.13.9-slim-trixie

ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_ROOT_USER_ACTION=ignore

WORKDIR /app

COPY requirements.lock ./
RUN pip install --require-hashes -r requirements.lock

COPY pyproject.toml README.md LICENSE* ./
COPY standards standards
COPY graph graph
COPY ingest ingest
COPY export export
COPY sample sample
COPY loaders loaders
COPY resolvers resolvers
COPY schema schema
COPY execution execution
COPY server server
COPY explorer/dist explorer/dist
COPY explorer/examples explorer/examples
RUN pip install --no-deps --no-build-isolation -e . \
    && useradd --system --uid 10001 --home-dir /data --create-home content-graph

USER content-graph
VOLUME /data
EXPOSE 8000

# Production wants the rest said: CONTENT_GRAPH_URI and, for a Neo4j, CONTENT_GRAPH_PASSWORD.
ENV CONTENT_GRAPH_PROFILE=production \
    CONTENT_GRAPH_HOST=0.0.0.0 \
    CONTENT_GRAPH_PORT=8000 \
    CONTENT_GRAPH_DATA=/data

HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f\"http://127.0.0.1:{os.environ['CONTENT_GRAPH_PORT']}/readyz\", timeout=2.5)"]

ENTRYPOINT ["content-graph"]
CMD ["serve"]

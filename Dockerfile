# The portal as one image; `make image` builds it. BASE is an image with Python 3.11 to 3.13 as `python`, and with pip.
# Tests hold each instruction but the base image itself without an engine (tests/ercportal/test_image.py).
ARG BASE=docker.io/library/python:3.11-slim
FROM ${BASE} AS build
COPY requirements.txt .
# Wheels only: nothing is compiled, so neither stage needs a compiler. pip itself stays outside of what is copied.
RUN python -m venv --without-pip /venv \
    && python -m pip --python /venv/bin/python install --no-cache-dir --only-binary :all: -r requirements.txt

FROM ${BASE}
# A number, so that an orchestrator can tell that it is not root.
RUN groupadd --system --gid 10001 portal \
    && useradd --system --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin portal
WORKDIR /portal
COPY --from=build /venv /venv
COPY manage.py gunicorn.conf.py ./
COPY ercportal ercportal
COPY orders orders
COPY templates templates
COPY static static
# WEB_ADDRESS: the container's own network decides who reaches the port; publish it to the proxy alone.
# MALLOC_ARENA_MAX: one heap for all threads of a process, which saves about 10 MB.
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 WEB_ADDRESS=0.0.0.0 MALLOC_ARENA_MAX=1
# The values only let the command start; none of them stays in the image. What is compiled here, no process has to
# compile at its start, since it may not write.
RUN ENV_FILE=/dev/null SECRET_KEY=not-kept-not-kept-not-kept-not-kept-not-kept-not-kept ALLOWED_HOSTS=portal.invalid \
    DATABASE_URL=sqlite://:memory: ERC_API_BASE_URL=https://api.invalid ERC_TOKEN_URL=https://token.invalid/oauth/token \
    ERC_CLIENT_ID=none ERC_CLIENT_SECRET=none \
    python manage.py collectstatic --noinput --verbosity 0 \
    && python -m compileall -q ercportal orders
USER 10001:10001
EXPOSE 8000
# Any response will do: the request's host is none of ALLOWED_HOSTS. Only an image in Docker's format has this check.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 CMD ["python", "-c", "import os, http.client; c = http.client.HTTPConnection('127.0.0.1', int(os.environ.get('PORT') or 8000), timeout=4); c.request('GET', '/healthz'); raise SystemExit(c.getresponse().status >= 500)"]
CMD ["gunicorn", "--config", "gunicorn.conf.py", "ercportal.wsgi"]

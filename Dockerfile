# The portal as one image. CI has no container engine: a test carries out what can be carried out without one, that is
# COPY, the last RUN, HEALTHCHECK and CMD (tests/ercportal/test_image.py). The base image itself is not tried.
FROM python:3.11-slim AS build
WORKDIR /portal
COPY requirements.txt .
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir -r requirements.txt

FROM python:3.11-slim
RUN useradd --system --home /portal portal
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
# The values only let the command start; none of them stays in the image.
RUN ENV_FILE=/dev/null SECRET_KEY=not-kept-not-kept-not-kept-not-kept-not-kept-not-kept ALLOWED_HOSTS=portal.invalid \
    ERC_API_BASE_URL=https://api.invalid ERC_TOKEN_URL=https://token.invalid/oauth/token \
    ERC_CLIENT_ID=none ERC_CLIENT_SECRET=none \
    python manage.py collectstatic --noinput --verbosity 0
USER portal
EXPOSE 8000
# Any response will do: the request's host is none of ALLOWED_HOSTS.
HEALTHCHECK CMD ["python", "-c", "import http.client; c = http.client.HTTPConnection('127.0.0.1', 8000, timeout=3); c.request('GET', '/healthz'); raise SystemExit(c.getresponse().status >= 500)"]
CMD ["gunicorn", "--config", "gunicorn.conf.py", "ercportal.wsgi"]

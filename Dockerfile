# The portal as one image; docs/deployment.md tells how it is run. Written without an engine at hand: not built yet.
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
# The container's own network decides who reaches the port: publish it to the proxy alone.
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 WEB_ADDRESS=0.0.0.0
# The values only let the command start; none of them is kept.
RUN ENV_FILE=/dev/null SECRET_KEY=not-kept-not-kept-not-kept-not-kept-not-kept-not-kept ALLOWED_HOSTS=portal.invalid \
    ERC_API_BASE_URL=https://api.invalid ERC_TOKEN_URL=https://token.invalid/oauth/token \
    ERC_CLIENT_ID=none ERC_CLIENT_SECRET=none \
    python manage.py collectstatic --noinput --verbosity 0
USER portal
EXPOSE 8000
# Any answer will do: it is asked by an address that is none of ALLOWED_HOSTS.
HEALTHCHECK CMD ["python", "-c", "import http.client; c = http.client.HTTPConnection('127.0.0.1', 8000, timeout=3); c.request('GET', '/healthz'); raise SystemExit(c.getresponse().status >= 500)"]
CMD ["gunicorn", "--config", "gunicorn.conf.py", "ercportal.wsgi"]

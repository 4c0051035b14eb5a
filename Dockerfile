# Baogao in a container: `docker build -t baogao .`; compose.yaml shows how it is run.
FROM python:3.11-slim AS build
WORKDIR /src
COPY pyproject.toml constraints.txt README.md LICENSE baogao.py ./
COPY assistant assistant
COPY index index
COPY prompts prompts
RUN python -m venv /opt/baogao \
    && /opt/baogao/bin/pip install --no-cache-dir --constraint constraints.txt '.[mcp,openai,server]'

FROM python:3.11-slim
COPY --from=build /opt/baogao /opt/baogao
RUN useradd --uid 1000 baogao && install --directory --owner baogao /data
ENV PATH=/opt/baogao/bin:$PATH BAOGAO_DATA=/data HOME=/tmp PYTHONUNBUFFERED=1
USER baogao
VOLUME /data
EXPOSE 7860
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:7860/health', timeout=5)"]
ENTRYPOINT ["baogao"]
CMD ["chat", "--host", "0.0.0.0", "--port", "7860", "--no-browser", "--auth", "/readers"]

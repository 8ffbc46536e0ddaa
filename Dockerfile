# The course in a container. `machine` is what it needs from the system, `course` the whole of it:
#   docker build -t nine-questions . && docker run -p 127.0.0.1:8888:8888 nine-questions
FROM python:3.11-bookworm AS machine

# Students' code is sealed with libseccomp; the suite drives Chromium, PostgreSQL and openssl.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        chromium chromium-headless-shell libseccomp2 make openssl postgresql python3-venv \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 1000 --shell /bin/bash student

FROM machine AS course
USER student
WORKDIR /home/student/course
COPY --chown=student . .
# The packages of requirements.txt, by their hashes, and the course itself.
RUN make setup
EXPOSE 8888
CMD [".venv/bin/jupyter", "lab", "--ip=0.0.0.0", "--no-browser", "notebooks"]

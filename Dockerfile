# JupyterLab with the notebooks: docker build -t dlfs . && docker run -p 127.0.0.1:8888:8888 dlfs
# The log names the address with its token.
FROM node:24-bookworm-slim AS tools
RUN apt-get update \
  && apt-get install -y --no-install-recommends ca-certificates git python3 python3-venv \
  && rm -rf /var/lib/apt/lists/*

# a student's server for JupyterHub on Kubernetes (docs/classroom.md): docker build --target classroom -t dlfs-classroom:0.1.0 .
FROM tools AS classroom
WORKDIR /opt/dlfs
COPY . .
RUN classroom/install.sh
USER node
WORKDIR /home/node
CMD ["/opt/dlfs/classroom/.venv/bin/python", "/opt/dlfs/classroom/begin.py"]

FROM tools
USER node
WORKDIR /home/node/dlfs
COPY --chown=node:node . .
RUN npm run build
EXPOSE 8888
# inside the container every address: what the outside sees is set by docker run -p
CMD ["npm", "run", "lab", "--", "--no-browser", "--ServerApp.ip=0.0.0.0"]

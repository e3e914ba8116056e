import type { Threads } from "../host";
import { site } from "./site";

/** The first message to a thread, and what a thread sends back. */
interface Start {
  readonly build: string;
}
interface Failure {
  readonly failure: unknown;
}

/** What a worker's global object has and Node's types do not know. */
interface WorkerScope {
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  postMessage(message: unknown): void;
  close(): void;
}

export const threads: Threads = {
  count: () => site().threads,
  load: () => undefined,
  start(build, ended) {
    const worker = site().startThread();
    let alive = true;
    let told: unknown;
    worker.onmessage = ({ data }) => (told = (data as Failure).failure);
    worker.onerror = ({ message = "it could not be loaded" }) => {
      alive = false;
      ended(message);
    };
    worker.postMessage({ build } satisfies Start);
    return {
      post: (message) => worker.postMessage(message),
      end() {
        alive = false;
        worker.terminate();
      },
      get alive() {
        return alive;
      },
      takeError() {
        const error = told;
        told = undefined;
        return error;
      },
    };
  },
  serve(begin) {
    // Node's types know nothing of workers
    const scope = globalThis as unknown as WorkerScope;
    scope.onmessage = ({ data }) => {
      const receive = begin((data as Start).build, (failure) => scope.postMessage({ failure } satisfies Failure));
      scope.onmessage = ({ data: message }) => receive(message);
    };
  },
};

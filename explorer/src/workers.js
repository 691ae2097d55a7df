// Monaco asks for its workers through this global; build.mjs fills in where our own copies stand.
globalThis.MonacoEnvironment = {
  getWorker: (_workerId, label) => new Worker(WORKER_URLS[label] ?? WORKER_URLS.editor, { name: label }),
};

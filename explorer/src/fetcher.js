// Every operation goes over HTTP. GraphiQL's own fetcher would refuse a subscription before the
// server is asked, with words about its configuration; the server's answer says what is so.
import { getOperationAST } from "graphql";

import { eventsOf, partsOf } from "./parts.js";

const WHOLE = "application/graphql-response+json, application/json;q=0.9";
const IN_PARTS = `multipart/mixed;incrementalSpec=v0.2, ${WHOLE}`;
const IN_EVENTS = "text/event-stream, application/graphql-response+json;q=0.9, application/json;q=0.8";

const READERS = { "multipart/mixed": partsOf, "text/event-stream": eventsOf };

/** The answer, or an iterable of its payloads, which GraphiQL puts together. */
export async function fetcher(operation, { headers, documentAST } = {}) {
  const leaving = new AbortController();
  const response = await fetch("/graphql", {
    method: "POST",
    body: JSON.stringify(operation),
    headers: headersOf(operation, documentAST, headers),
    signal: leaving.signal,
  });
  const type = response.headers.get("content-type") ?? "";
  const read = READERS[type.split(";", 1)[0].trim()];
  if (read && response.ok) {
    return leavable(read(response.body, type), leaving);
  }
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    // A proxy's error page, say: the status tells more than where its text stops being JSON.
    throw new Error(`The answer is not JSON: HTTP ${response.status} ${response.statusText}`);
  }
}

function headersOf({ operationName }, documentAST, given) {
  const asked = documentAST && getOperationAST(documentAST, operationName)?.operation;
  const headers = new Headers({
    "content-type": "application/json",
    accept: asked === "subscription" ? IN_EVENTS : IN_PARTS,
  });
  for (const [name, value] of Object.entries(given ?? {})) {
    headers.set(name, value);
  }
  return headers;
}

// A generator that waits for the server cannot be ended from outside: what it waits for is.
function leavable(payloads, leaving) {
  return {
    async next() {
      try {
        return await payloads.next();
      } catch (error) {
        if (leaving.signal.aborted) {
          return { done: true, value: undefined };
        }
        throw error;
      }
    },
    async return() {
      leaving.abort();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

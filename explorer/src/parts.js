// Answers that come one payload after another: the parts of `multipart/mixed`, and the events of
// graphql-sse's distinct connections. Each payload is yielded as soon as it is whole.

/** The payloads of a multipart body; throws where it breaks off. */
export async function* partsOf(body, type) {
  const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1] ?? "-";
  // The first delimiter has no line before it, all others have.
  for await (const part of pieces(textsOf(body), `\r\n--${boundary}`, "\r\n")) {
    if (part.startsWith("--")) {
      return;
    }
    const at = part.indexOf("\r\n\r\n");
    if (at >= 0) {
      yield JSON.parse(part.slice(at));
    }
  }
  throw new Error("The answer broke off.");
}

/** The payloads of an event stream, up to `complete`; throws where it breaks off. */
export async function* eventsOf(body) {
  for await (const event of pieces(textsOf(body), "\n\n")) {
    const fields = event.split("\n").map((line) => /^(\w*): ?(.*)$/.exec(line) ?? []);
    const told = (name) => fields.filter((field) => field[1] === name).map((field) => field[2]);
    if (told("event").includes("complete")) {
      return;
    }
    if (told("event").includes("next")) {
      yield JSON.parse(told("data").join("\n"));
    }
  }
  throw new Error("The answer broke off.");
}

// What stands between delimiters. After the last one is what is not whole, or a body's mark of its end.
async function* pieces(texts, delimiter, before = "") {
  let held = before;
  for await (const text of texts) {
    held += text;
    const whole = held.split(delimiter);
    held = whole.pop();
    yield* whole;
  }
  if (held.startsWith("--")) {
    yield held;
  }
}

// A stream of bytes as texts; not every browser takes streams as iterables.
async function* textsOf(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    yield read.value;
  }
}

// Every operation goes over HTTP. GraphiQL's own fetcher would refuse a subscription before the
// server is asked, with words about its configuration; the server's answer says what is so.
export async function fetcher(operation, { headers } = {}) {
  const response = await fetch("/graphql", {
    method: "POST",
    body: JSON.stringify(operation),
    headers: {
      "content-type": "application/json",
      accept: "application/graphql-response+json, application/json;q=0.9",
      ...headers,
    },
  });
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    // A proxy's error page, say: the status tells more than where its text stops being JSON.
    throw new Error(`The answer is not JSON: HTTP ${response.status} ${response.statusText}`);
  }
}

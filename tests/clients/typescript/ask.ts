import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { print } from "graphql";

type Answer<Data> = { data: Data; errors?: { message: string }[] };

/** Ask a typed document, by its id where the server takes only trusted ones; throw what is refused. */
export async function ask<Data, Variables>(
  url: string,
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  trusted = false,
): Promise<Data> {
  const { __meta__ } = document as { __meta__?: { hash: string } };
  const asked = trusted ? { documentId: __meta__?.hash } : { query: print(document) };
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/graphql-response+json" },
    body: JSON.stringify({ ...asked, variables }),
  });
  const { data, errors } = (await response.json()) as Answer<Data>;
  if (errors) throw new Error(errors[0]?.message);
  return data;
}

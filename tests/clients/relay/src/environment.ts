import { Environment, getFragment, getSingularSelector, Network, RecordSource, Store } from "relay-runtime";
import type { GraphQLResponse, GraphQLTaggedNode } from "relay-runtime";

/** Return a store of what the server at an address answers. */
export function environmentOf(url: string): Environment {
  const network = Network.create(async ({ id, text }, variables) => {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/graphql-response+json" },
      body: JSON.stringify(text ? { query: text, variables } : { documentId: id, variables }),
    });
    return (await response.json()) as GraphQLResponse;
  });
  return new Environment({ network, store: new Store(new RecordSource()) });
}

/** Return what the store has of a fragment; the key is where a parent spreads it. */
export function read<Data>(environment: Environment, fragment: GraphQLTaggedNode, key: unknown): Data {
  const selector = getSingularSelector(getFragment(fragment), key);
  return environment.lookup(selector!).data as unknown as Data;
}

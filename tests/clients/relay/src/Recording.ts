import { fetchQuery, graphql } from "relay-runtime";
import type { Environment } from "relay-runtime";
import refetch, { type RecordingCreditsQuery } from "./__generated__/RecordingCreditsQuery.graphql";
import type { RecordingFindQuery } from "./__generated__/RecordingFindQuery.graphql";
import type { RecordingOwnersQuery } from "./__generated__/RecordingOwnersQuery.graphql";
import type { RecordingQuery } from "./__generated__/RecordingQuery.graphql";
import type { Recording_credits$data } from "./__generated__/Recording_credits.graphql";
import { read } from "./environment";

const find = graphql`
  query RecordingFindQuery($text: String!, $types: [SearchType!]) {
    search(text: $text, types: $types, first: 3) {
      edges {
        node {
          entity {
            __typename
            ... on Recording {
              id
              title
            }
            ... on Work {
              title
            }
          }
        }
      }
    }
  }
`;

const creditsOf = graphql`
  fragment Recording_credits on Recording
  @argumentDefinitions(count: { type: "Int", defaultValue: 5 }, cursor: { type: "String" })
  @refetchable(queryName: "RecordingCreditsQuery") {
    credits(first: $count, after: $cursor) @connection(key: "Recording_credits") {
      edges {
        node {
          role
          artist {
            name
          }
        }
      }
    }
  }
`;

const thing = graphql`
  query RecordingQuery($id: ID!) {
    node(id: $id) {
      __typename
      ... on Entity {
        identifiers(valid: true, first: 2) {
          nodes {
            scheme
            value
          }
        }
      }
      ...Recording_credits @alias
    }
  }
`;

const owners = graphql`
  query RecordingOwnersQuery($id: ID!, $right: Right!, $territory: String!, $at: Date!) {
    recording(id: $id) {
      ownership(right: $right, territory: $territory, at: $at) {
        at
        status
        owners(first: 1) {
          share {
            percent
          }
          party {
            name
          }
        }
        claims {
          kind
          validFrom
          recordedAt
        }
      }
    }
  }
`;

/** Return what search finds, and the id of the first recording. */
export async function found(environment: Environment, text: string): Promise<[string[], string]> {
  const variables = { text, types: ["RECORDING", "WORK"] } as const;
  const answer = await fetchQuery<RecordingFindQuery>(environment, find, variables).toPromise();
  const entities = answer!.search!.edges.map(({ node }) => node.entity);
  const told = entities.flatMap((each) =>
    each?.__typename === "Recording" || each?.__typename === "Work" ? [`${each.__typename} ${each.title}`] : [],
  );
  const first = entities.find((each) => each?.__typename === "Recording");
  return [told, first?.__typename === "Recording" ? first.id : ""];
}

/** Return who did what on a recording, fetched again as a node, and what identifies it. */
export async function credits(
  environment: Environment,
  id: string,
): Promise<{ credits: string[]; identifiers: string[] }> {
  const answer = await fetchQuery<RecordingQuery>(environment, thing, { id }).toPromise();
  const again = await fetchQuery<RecordingCreditsQuery>(environment, refetch, { id }).toPromise();
  const { credits } = read<Recording_credits$data>(environment, creditsOf, again?.node);
  return {
    credits: credits!.edges.map(({ node: { role, artist } }) => `${role} ${artist?.name}`),
    identifiers: answer!.node!.identifiers!.nodes.map(({ scheme, value }) => `${scheme} ${value}`),
  };
}

/** Return who owns a recording, and what was claimed. */
export async function ownership(
  environment: Environment,
  id: string,
): Promise<{ ownership: string; claims: string[] }> {
  const variables = { id, right: "MASTER", territory: "DE", at: "2026-01-01" } as const;
  const answer = await fetchQuery<RecordingOwnersQuery>(environment, owners, variables).toPromise();
  const { at, status, owners: kept, claims } = answer!.recording!.ownership!;
  return {
    ownership: `${new Date(at).getUTCFullYear()} ${status} ${kept[0]?.party?.name} ${kept[0]?.share.percent}`,
    claims: claims.map(
      ({ kind, validFrom, recordedAt }) => `${kind} ${validFrom} ${new Date(recordedAt).getUTCFullYear()}`,
    ),
  };
}

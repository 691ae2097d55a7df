import { createOperationDescriptor, fetchQuery, getRequest, graphql } from "relay-runtime";
import type { Environment } from "relay-runtime";
import next, { type ArtistsPageQuery } from "./__generated__/ArtistsPageQuery.graphql";
import type { ArtistsQuery } from "./__generated__/ArtistsQuery.graphql";
import type { Artists_page$data } from "./__generated__/Artists_page.graphql";
import type { Artists_artist$data } from "./__generated__/Artists_artist.graphql";
import { read } from "./environment";

const artist = graphql`
  fragment Artists_artist on Artist {
    name
    type
    source {
      kind
    }
  }
`;

const page = graphql`
  fragment Artists_page on Query
  @argumentDefinitions(first: { type: "Int", defaultValue: 2 }, after: { type: "String" })
  @refetchable(queryName: "ArtistsPageQuery") {
    artists(filter: $filter, orderBy: { field: NAME, direction: DESC }, first: $first, after: $after)
      @connection(key: "Artists_artists", filters: ["filter"]) {
      edges {
        node {
          ...Artists_artist
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`;

const query = graphql`
  query ArtistsQuery($filter: ArtistFilter) {
    ...Artists_page
  }
`;

/** Return all artists of the filter, read page by page into one connection of the store. */
export async function artists(
  environment: Environment,
  variables: ArtistsQuery["variables"],
): Promise<string[]> {
  environment.retain(createOperationDescriptor(getRequest(query), variables));
  const key = await fetchQuery<ArtistsQuery>(environment, query, variables).toPromise();
  const now = () => read<Artists_page$data>(environment, page, key).artists!;
  while (now().pageInfo.hasNextPage) {
    const after = now().pageInfo.endCursor;
    await fetchQuery<ArtistsPageQuery>(environment, next, { ...variables, after }).toPromise();
  }
  return now().edges.map((edge) => {
    const { name, type, source } = read<Artists_artist$data>(environment, artist, edge.node);
    return `${name} ${type} ${source?.kind}`;
  });
}

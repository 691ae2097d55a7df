import { ask } from "./ask";
import { ArtistPageDocument, FindDocument, OwnersDocument, ThingDocument } from "./generated/graphql";
import type { ArtistPageQueryVariables, FindQueryVariables, OwnersQueryVariables } from "./generated/graphql";

/** Ask what every client of these tests asks. */
async function asked(url: string, trusted: boolean): Promise<unknown> {
  const page = async (after: string | null) => {
    const variables: ArtistPageQueryVariables = {
      filter: { nameStartsWith: "s", type: "PERSON" },
      orderBy: { field: "NAME", direction: "DESC" },
      first: 2,
      after,
    };
    return (await ask(url, ArtistPageDocument, variables, trusted)).artists!;
  };
  const artists: string[] = [];
  let after: string | null = null;
  do {
    const { edges, pageInfo } = await page(after);
    artists.push(...edges.map(({ node }) => `${node.name} ${node.type} ${node.source?.kind}`));
    after = pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null;
  } while (after);

  const found: string[] = [];
  let id = "";
  const sought: FindQueryVariables = { text: "another one bites the dust", types: ["RECORDING", "WORK"] };
  const { search } = await ask(url, FindDocument, sought, trusted);
  for (const { node } of search!.edges) {
    const { entity } = node;
    if (entity?.__typename === "Recording" || entity?.__typename === "Work") {
      found.push(`${entity.__typename} ${entity.title}`);
      if (entity.__typename === "Recording") id ||= entity.id;
    }
  }

  const { node } = await ask(url, ThingDocument, { id }, trusted);
  if (node?.__typename !== "Recording") throw new Error("It is no recording.");
  const credits = node.credits!.nodes.map(({ role, artist }) => `${role} ${artist?.name}`);
  const identifiers = node.identifiers!.nodes.map(({ scheme, value }) => `${scheme} ${value}`);

  const right: OwnersQueryVariables = { id, right: "MASTER", territory: "DE", at: "2026-01-01" };
  const { recording } = await ask(url, OwnersDocument, right, trusted);
  const { at, status, owners, claims } = recording!.ownership!;
  const year = (moment: string) => new Date(moment).getUTCFullYear();
  return {
    artists,
    found,
    credits,
    identifiers,
    ownership: `${year(at)} ${status} ${owners[0]?.party?.name} ${owners[0]?.share.percent}`,
    claims: claims.map(({ kind, validFrom, recordedAt }) => `${kind} ${validFrom} ${year(recordedAt)}`),
  };
}

asked(process.argv[2]!, process.argv[3] === "trusted").then((told) => console.log(JSON.stringify(told)));

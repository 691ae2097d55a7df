// Composes subgraphs, on standard input an object of their texts by name, with Apollo's composition and the
// Guild's, and prints what each made of them.
import { text } from 'node:stream/consumers';
import { composeServices as apollo } from '@apollo/composition';
import { Supergraph } from '@apollo/federation-internals';
import {
  composeServices as guild,
  transformSupergraphToPublicSchema,
} from '@theguild/federation-composition';
import { buildASTSchema, lexicographicSortSchema, parse, printSchema } from 'graphql';

const given = JSON.parse(await text(process.stdin));
const subgraphs = Object.entries(given).map(([name, { sdl, url }]) => ({
  name,
  url,
  typeDefs: parse(sdl),
}));
const publicSchemas = {
  apollo: (supergraph) => Supergraph.build(supergraph).apiSchema().toGraphQLJSSchema(),
  guild: (supergraph) => buildASTSchema(transformSupergraphToPublicSchema(parse(supergraph))),
};
const told = {};
for (const [by, compose] of Object.entries({ apollo, guild })) {
  const { errors, hints, supergraphSdl: supergraph } = compose(subgraphs);
  told[by] = {
    errors: (errors ?? []).map(({ message }) => message),
    hints: (hints ?? []).map(({ definition, message }) => [definition.level.name, message]),
    supergraph,
    api: supergraph && printSchema(lexicographicSortSchema(publicSchemas[by](supergraph))),
  };
}
console.log(JSON.stringify(told));

// Apollo Server as its documentation runs it in production, less what nothing here uses: cache hints,
// which are worked out for every field otherwise.
import { ApolloServer } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from "@apollo/server/plugin/disabled";
import { startStandaloneServer } from "@apollo/server/standalone";
import { context, listen, ready, schema } from "./graph.js";

const server = new ApolloServer({
  schema,
  introspection: false,
  plugins: [ApolloServerPluginCacheControlDisabled(), ApolloServerPluginLandingPageDisabled()],
});
await startStandaloneServer(server, { context: async () => ({ ...context }), listen });
ready();

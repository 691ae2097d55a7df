// GraphQL Yoga as its documentation runs it in production.
import { createServer } from "node:http";
import { useDisableIntrospection } from "@graphql-yoga/plugin-disable-introspection";
import { createYoga } from "graphql-yoga";
import { context, listen, ready, schema } from "./graph.js";

const yoga = createYoga({
  schema,
  context: () => ({ ...context }),
  graphiql: false,
  landingPage: false,
  logging: false,
  plugins: [useDisableIntrospection()],
});
createServer(yoga).listen(listen, ready);

// What both servers share: the executable schema, the driver, and a context that names the database.
import { readFileSync } from "node:fs";
import { Neo4jGraphQL } from "@neo4j/graphql";
import neo4j from "neo4j-driver";

const { NEO4J_URI, NEO4J_USER, NEO4J_PASSWORD, NEO4J_DATABASE, PORT } = process.env;

// The driver's own defaults: a pool of 100 connections, no logging.
export const driver = neo4j.driver(NEO4J_URI, neo4j.auth.basic(NEO4J_USER, NEO4J_PASSWORD));

export const schema = await new Neo4jGraphQL({
  typeDefs: readFileSync(new URL("typedefs.graphql", import.meta.url), "utf8"),
  driver,
  // Pages are read on from the last row of the page before, by key, not by skipping rows.
  features: { filters: { String: { GT: true, GTE: true } } },
}).getSchema();

// A named database spares the driver a round trip.
export const context = { sessionConfig: { database: NEO4J_DATABASE } };

export const listen = { host: "127.0.0.1", port: Number(PORT) };

// The benchmark reads this line, and nothing is printed afterwards.
export function ready() {
  console.log("READY");
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.once(signal, () => process.exit(0));
  }
}

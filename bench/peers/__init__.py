"""The benchmark against other servers: Apollo Server and GraphQL Yoga, both with `@neo4j/graphql`.

They serve the same graph from the same Neo4j; this folder is also their npm project.
"""

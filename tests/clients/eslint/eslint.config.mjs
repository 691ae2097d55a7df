import graphql from "@graphql-eslint/eslint-plugin";

const { "flat/schema-all": all, "flat/schema-recommended": recommended, "flat/schema-relay": relay } = graphql.configs;

export default [
  {
    files: ["schema.graphql"],
    plugins: { "@graphql-eslint": graphql },
    languageOptions: { parser: graphql.parser, parserOptions: { graphQLConfig: { schema: "schema.graphql" } } },
    rules: {
      ...all.rules,
      ...recommended.rules,
      ...relay.rules,
      "@graphql-eslint/require-description": [
        "error",
        {
          types: true,
          rootField: true,
          DirectiveDefinition: true,
          EnumValueDefinition: true,
          FieldDefinition: true,
          InputValueDefinition: true,
        },
      ],
      // Fields stand in an order of meaning: what a thing is, what it has, what it leads to.
      "@graphql-eslint/alphabetize": "off",
      // `Credit.creditedAs` is what the trade calls the printed name; the field has no shorter one.
      "@graphql-eslint/no-typename-prefix": "off",
      // `@deprecated` has a reason and nothing else in the specification; a date stands in the reason.
      "@graphql-eslint/require-deprecation-date": "off",
      // There are mutations and subscriptions, on purpose.
      "@graphql-eslint/no-root-type": "off",
      // A payload tells the thing that was changed; who wants more asks for it.
      "@graphql-eslint/require-field-of-type-query-in-mutation-result": "off",
      "@graphql-eslint/relay-edge-types": [
        "error",
        {
          withEdgeSuffix: true,
          // A connection has `nodes` as well, for who needs no cursors.
          listTypeCanWrapOnlyEdgeType: false,
          // A list may be of values, such as credits and identifiers, which have no id of their own.
          shouldImplementNode: false,
        },
      ],
      "@graphql-eslint/strict-id-in-types": [
        "error",
        {
          exceptions: {
            // Pages and places in them are read with their list and never asked for again.
            // A payload is what came of one change.
            suffixes: ["Connection", "Edge", "PageInfo", "Payload"],
            types: [
              // Values: each is what it says, and belongs to the thing it is read from.
              "ConflictChange",
              "ConflictScope",
              "ExactShare",
              "Identifier",
              "Identity",
              "MutationError",
              "Source",
              "StoredValue",
              "Territory",
              "TerritoryScope",
              // Who asks: known to the issuer of a token, and not a thing of the graph.
              "Viewer",
              // Ties between two things that have ids, and facts about the tie.
              "ArtistRelation",
              "Credit",
              "LabelIssue",
              "Parentage",
              "Track",
              // Worked out for one question and stored nowhere.
              "Availability",
              "CatalogueEntry",
              "ContentCandidate",
              "ContentMatch",
              "EffectiveOwner",
              "Ownership",
              "OwnershipPath",
              "PastState",
              "SearchHit",
              "UnresolvableCircle",
            ],
          },
        },
      ],
    },
  },
];

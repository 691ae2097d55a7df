import "./workers.js";
import "graphiql/style.css";
import "@graphiql/plugin-explorer/style.css";
import "./page.css";

import { explorerPlugin } from "@graphiql/plugin-explorer";
import { GraphiQL, HISTORY_PLUGIN } from "graphiql";
import { createRoot } from "react-dom/client";

import { examplesPlugin, fetchExamples } from "./examples.jsx";
import { fetcher } from "./fetcher.js";
import { storage } from "./storage.js";

const examples = await fetchExamples();
const plugins = [
  HISTORY_PLUGIN,
  { ...explorerPlugin(), title: "Explorer" },
  ...(examples.length > 0 ? [examplesPlugin(examples)] : []),
];
const defaultTabs = examples.map(({ query, variables }) => ({ query, variables }));

createRoot(document.getElementById("explorer")).render(
  <GraphiQL
    fetcher={fetcher}
    storage={storage}
    plugins={plugins}
    shouldPersistHeaders={false}
    showPersistHeadersSettings={false}
    isHeadersEditorEnabled
    inputValueDeprecation
    schemaDescription
    defaultQuery=""
    defaultTabs={defaultTabs.length > 0 ? defaultTabs : undefined}
  >
    <GraphiQL.Logo>Content Graph</GraphiQL.Logo>
  </GraphiQL>,
);

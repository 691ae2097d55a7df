// The ready operations: the tabs of a first visit, and a panel that brings them back afterwards.
import { useGraphiQL, useGraphiQLActions } from "@graphiql/react";

/** The examples the server offers now; none, when it cannot be asked. */
export async function fetchExamples() {
  try {
    const response = await fetch("/explorer/examples.json");
    return response.ok ? await response.json() : [];
  } catch {
    return [];
  }
}

function ExamplesIcon() {
  return (
    <svg viewBox="0 0 24 24" height="1em" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round">
      <path d="M9 6h11M9 12h11M9 18h11" />
      <path d="M3.8 4.6 5.6 6 3.8 7.4M3.8 10.6 5.6 12l-1.8 1.4M3.8 16.6 5.6 18l-1.8 1.4" strokeLinejoin="round" />
    </svg>
  );
}

function Examples({ examples }) {
  const { addTab } = useGraphiQLActions();
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  const open = ({ query, variables }) => {
    addTab();
    queryEditor?.setValue(query);
    variableEditor?.setValue(variables ?? "");
  };
  return (
    <section className="examples" aria-label="Examples">
      <h2>Examples</h2>
      <p>Each opens in a new tab.</p>
      <ul>
        {examples.map((example) => (
          <li key={example.name}>
            <button type="button" onClick={() => open(example)}>
              {example.title}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A panel of the sidebar that opens any example in a new tab. */
export function examplesPlugin(examples) {
  return {
    title: "Examples",
    icon: ExamplesIcon,
    content: () => <Examples examples={examples} />,
  };
}

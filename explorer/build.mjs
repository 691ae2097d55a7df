// Bundles the explorer page into dist/: hashed file names, each file gzipped the same way on every
// machine, and a manifest that lets the server find them and lets a test see a stale bundle.
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import { build } from "esbuild";

const ROOT = fileURLToPath(new URL(".", import.meta.url));
const DIST = join(ROOT, "dist");
const PUBLIC_PATH = "/explorer/";

// What the bundle is made from; tests/explorer/test_bundle.py holds the same rule.
const SOURCES = ["build.mjs", "package-lock.json", "package.json"];

const WORKERS = {
  editor: "monaco-editor/esm/vs/editor/editor.worker.js",
  graphql: "monaco-graphql/esm/graphql.worker.js",
  json: "monaco-editor/esm/vs/language/json/json.worker.js",
};

// GraphiQL names a tab after its operation. A first line `# Title` reads better, and GraphiQL has
// no option for it. Each edit must be found exactly as often as stated, so an upgrade cannot lose it.
const TAB_TITLES = [
  {
    find: "title: operationName || DEFAULT_TITLE",
    replace: "title: titleFromComment(query) || operationName || DEFAULT_TITLE",
    times: 2,
  },
  {
    find: "title: newTab.operationName || ",
    replace: "title: titleFromComment(newTab.query) || newTab.operationName || ",
    times: 1,
  },
];
const TITLE_FROM_COMMENT = `
function titleFromComment(query) {
  return /^#[ \\t]*(\\S.*?)[ \\t]*\\r?$/m.exec(query?.trimStart().split("\\n", 1)[0] ?? "")?.[1];
}
`;

const tabTitles = {
  name: "tab-titles",
  setup({ onLoad, onEnd }) {
    let patched = false;
    onLoad({ filter: /@graphiql[\\/]react[\\/]dist[\\/]utility[\\/]tabs\.js$/ }, async ({ path }) => {
      let contents = await readFile(path, "utf8");
      for (const { find, replace, times } of TAB_TITLES) {
        const found = contents.split(find).length - 1;
        if (found !== times) {
          throw new Error(`tab titles: expected ${times} × "${find}", found ${found}`);
        }
        contents = contents.replaceAll(find, replace);
      }
      patched = true;
      return { contents: contents + TITLE_FROM_COMMENT, loader: "js" };
    });
    onEnd(() => {
      if (!patched) {
        throw new Error("tab titles: @graphiql/react has moved its tabs module");
      }
    });
  },
};

// graphiql/style.css already holds Monaco's styles; the copies beside Monaco's modules would end in
// stylesheets of lazily loaded chunks, which nothing loads.
const withoutMonacoStyles = {
  name: "without-monaco-styles",
  setup({ onLoad }) {
    onLoad({ filter: /monaco-editor[\\/]esm[\\/].*\.css$/ }, () => ({ contents: "", loader: "css" }));
  },
};

const COMMON = {
  absWorkingDir: ROOT,
  bundle: true,
  minify: true,
  format: "esm",
  target: ["es2022"],
  platform: "browser",
  legalComments: "none",
  define: { "process.env.NODE_ENV": '"production"' },
  write: false,
  outdir: DIST,
  metafile: true,
  logLevel: "warning",
};

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

async function sourceFiles() {
  const entries = await readdir(join(ROOT, "src"), { recursive: true, withFileTypes: true });
  const inSrc = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(ROOT, join(entry.parentPath ?? entry.path, entry.name)));
  return [...SOURCES, ...inSrc].map((path) => path.split(sep).join("/")).sort();
}

async function sourcesDigest() {
  const lines = [];
  for (const path of await sourceFiles()) {
    lines.push(`${path} ${sha256(await readFile(join(ROOT, path)))}\n`);
  }
  return sha256(lines.join(""));
}

function gzip(bytes) {
  const packed = gzipSync(bytes, { level: 9 });
  packed[9] = 255; // The header's operating system: unknown, so that machines agree.
  return packed;
}

// The licences of everything bundled; a copy of the code must carry them.
async function licences(metafiles) {
  const packages = new Set();
  for (const path of metafiles.flatMap(({ inputs }) => Object.keys(inputs))) {
    const inside = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path);
    if (inside) {
      packages.add(inside[1]);
    }
  }
  const parts = [];
  for (const folder of [...packages].sort()) {
    const about = JSON.parse(await readFile(join(ROOT, folder, "package.json"), "utf8"));
    const name = (await readdir(join(ROOT, folder))).find((n) => /^licen[cs]e/i.test(n));
    const text = name ? await readFile(join(ROOT, folder, name), "utf8") : "";
    parts.push(`${about.name} ${about.version} (${about.license})\n\n${text.trim()}\n`);
  }
  return Buffer.from(parts.join(`\n${"-".repeat(72)}\n\n`));
}

const outputs = new Map();
function keep(files) {
  for (const { path, contents } of files) {
    if (contents.length > 0) {
      outputs.set(basename(path), contents);
    }
  }
}

const workers = await build({
  ...COMMON,
  entryPoints: WORKERS,
  entryNames: "[name].worker-[hash]",
  format: "iife",
});
keep(workers.outputFiles);
const workerUrls = Object.fromEntries(
  Object.entries(workers.metafile.outputs).map(([path, { entryPoint }]) => {
    const label = Object.keys(WORKERS).find((key) => entryPoint.endsWith(WORKERS[key]));
    return [label, PUBLIC_PATH + basename(path)];
  }),
);

const page = await build({
  ...COMMON,
  entryPoints: { main: "src/main.jsx", icon: "src/icon.svg" },
  entryNames: "[name]-[hash]",
  chunkNames: "chunk-[hash]",
  assetNames: "[name]-[hash]",
  publicPath: PUBLIC_PATH,
  splitting: true,
  jsx: "automatic",
  loader: { ".svg": "copy", ".ttf": "file", ".woff2": "file" },
  define: { ...COMMON.define, WORKER_URLS: JSON.stringify(workerUrls) },
  plugins: [tabTitles, withoutMonacoStyles],
});
keep(page.outputFiles);

const named = (prefix, suffix) => {
  const found = [...outputs.keys()].filter((n) => n.startsWith(prefix) && n.endsWith(suffix));
  if (found.length !== 1) {
    throw new Error(`expected one ${prefix}*${suffix}, found ${found.join(", ") || "none"}`);
  }
  return PUBLIC_PATH + found[0];
};
const html = (await readFile(join(ROOT, "src/index.html"), "utf8"))
  .replace("{{script}}", named("main-", ".js"))
  .replace("{{style}}", named("main-", ".css"))
  .replace("{{icon}}", named("icon-", ".svg"));
outputs.set("index.html", Buffer.from(html));
outputs.set("licenses.txt", await licences([workers.metafile, page.metafile]));

await rm(DIST, { recursive: true, force: true });
await mkdir(DIST);
const files = {};
let packedSize = 0;
for (const [name, contents] of [...outputs].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const packed = gzip(contents);
  packedSize += packed.length;
  await writeFile(join(DIST, `${name}.gz`), packed);
  files[name] = sha256(contents);
}
const manifest = { sources: await sourcesDigest(), files };
await writeFile(join(DIST, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
console.log(`${Object.keys(files).length} files, ${(packedSize / 1e6).toFixed(2)} MB compressed`);

// Bundles the front end into pvwidgets/static, or into the folder named as the first argument.
import { build } from "esbuild";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(process.argv[2] ?? join(here, "..", "pvwidgets", "static"));

const common = {
  absWorkingDir: here,
  bundle: true,
  minify: true,
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  // Preact's licence asks for its notice in every copy.
  banner: { js: "/*! pvwidgets, BSD-3-Clause. Contains Preact, (c) 2015-present Jason Miller, MIT. */" },
  logLevel: "warning",
  jsx: "automatic",
  jsxImportSource: "preact",
};

await Promise.all([
  // anywidget loads one ES module; a page opened from file:// loads no modules, only classic scripts.
  build({ ...common, entryPoints: ["src/hosts/widget.tsx"], format: "esm", outfile: join(out, "widget.js") }),
  build({ ...common, entryPoints: ["src/hosts/page.tsx"], format: "iife", outfile: join(out, "page.js") }),
  build({ ...common, entryPoints: ["src/style.css"], outfile: join(out, "pv.css") }),
]);

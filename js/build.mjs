// Bundles the front end into pvwidgets/static, or into the folder named as the first argument.
import { build } from "esbuild";
import { minify } from "terser";
import { writeFile } from "node:fs/promises";
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
  // Superfine's licence asks for its notice in every copy.
  banner: { js: "/*! pvwidgets, BSD-3-Clause. Contains Superfine, (c) Jorge Bucaran, MIT. */" },
  logLevel: "warning",
  inject: [join(here, "jsx.js")],
};

/** esbuild bundles; terser then takes out what esbuild leaves, about 4 % of what is sent. */
async function script(entry, format, name) {
  const { outputFiles } = await build({ ...common, entryPoints: [entry], format, write: false, outfile: join(out, name) });
  const { code } = await minify(outputFiles[0].text, {
    ecma: 2022,
    module: format === "esm",
    toplevel: true,
    compress: { passes: 3, unsafe_arrows: true, pure_getters: true },
    format: { comments: /^!/ },
  });
  await writeFile(join(out, name), `${code}\n`);
}

await Promise.all([
  // anywidget loads one ES module; a page opened from file:// loads no modules, only classic scripts.
  script("src/hosts/widget.tsx", "esm", "widget.js"),
  script("src/hosts/page.tsx", "iife", "page.js"),
  build({ ...common, entryPoints: ["src/style.css"], outfile: join(out, "pv.css") }),
]);

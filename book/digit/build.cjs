// Builds book/_static/digit from the sources beside this file: see README.md. Needs NODE_PATH.

const { createHash } = require("node:crypto");
const { readdirSync, readFileSync } = require("node:fs");
const { join } = require("node:path");
const esbuild = require("esbuild");

const OUT = join(__dirname, "..", "_static", "digit");

/** SHA-256 of the names and contents of everything that the outcome depends on. */
function fingerprint() {
  const hash = createHash("sha256");
  const sources = readdirSync(join(__dirname, "src")).map((name) => `src/${name}`);
  const files = [...sources, "build.cjs", "package-lock.json"];
  for (const name of files.sort()) {
    hash.update(`${name}\0`).update(readFileSync(join(__dirname, name))).update("\0");
  }
  return hash.digest("hex");
}

const banner = `Built by \`make digit\` from book/digit, sources ${fingerprint()}. Licences: LICENCES.txt`;

const common = {
  absWorkingDir: __dirname,
  outdir: OUT,
  nodePaths: [process.env.NODE_PATH], // the packages are not beside the sources
  bundle: true,
  format: "iife",
  minify: true,
  legalComments: "none", // the licences are in LICENCES.txt
  target: ["es2020", "chrome109", "firefox110", "safari16"],
  banner: { js: `// ${banner}`, css: `/* ${banner} */` },
  logLevel: "warning",
};
esbuild.buildSync({ ...common, entryPoints: ["src/loader.js", "src/digit.css"] });
const { metafile } = esbuild.buildSync({
  ...common,
  entryPoints: ["src/digit.js"],
  globalName: "digit",
  loader: { ".wasm": "dataurl" },
  metafile: true,
});

const licences = readFileSync(join(OUT, "LICENCES.txt"), "utf8");
const [bundle] = Object.values(metafile.outputs);
for (const file of Object.keys(bundle.inputs)) {
  if (file.startsWith("(disabled)")) continue; // replaced by nothing in a browser
  const [, name] = file.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/) ?? [];
  if (name && !licences.includes(name)) throw new Error(`${name} is not in LICENCES.txt`);
}

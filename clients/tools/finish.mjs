// After the bundles are written: are they small enough, does the oldest browser know everything in them; and, since a phone
// loads them over a bad network, a compressed copy beside each.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = process.env.LIVESKATE_CLIENTS_OUT ?? fileURLToPath(new URL("../../.artifacts/clients", import.meta.url));
const KB = 1024;
const BUDGETS = { "scoreboard/index.html": 60 * KB, "m/index.html": 60 * KB, "commentator/index.html": 90 * KB };

/** What Chromium 103 (OBS 30) does not know. */
const TOO_NEW = {
  ".css": [/:has\(/, /@container/, /\boklch\(/, /\bcolor-mix\(/, /\d[dsl]v[hw]\b/, /@layer/, /text-wrap/, /[{;]\s*&/, /@starting-style/],
  ".js": [/\.toSorted\(/, /\.toReversed\(/, /\.toSpliced\(/, /startViewTransition/, /Promise\.withResolvers/, /Object\.groupBy/],
};

const files = (await readdir(folder, { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile() && /\.(html|css|js)$/.test(entry.name))
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
const faults = [];

for (const file of files) {
  const text = await readFile(file, "utf8");
  for (const pattern of TOO_NEW[file.slice(file.lastIndexOf("."))] ?? [])
    if (pattern.test(text)) faults.push(`${file} has ${pattern}, which Chromium 103 does not know`);
  await writeFile(file + ".gz", gzipSync(text, { level: 9 }));
  await writeFile(file + ".br", brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
}

for (const [page, budget] of Object.entries(BUDGETS)) {
  const html = await readFile(join(folder, page), "utf8");
  const parts = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map((match) => match[1]);
  if (parts.length === 0) faults.push(`${page} loads nothing`);
  let bytes = gzipSync(html, { level: 9 }).length;
  for (const part of parts) bytes += gzipSync(await readFile(join(folder, part)), { level: 9 }).length;
  console.log(`${page}: ${(bytes / KB).toFixed(1)} of ${budget / KB} kB gzip`);
  if (bytes > budget) faults.push(`${page} is ${bytes - budget} bytes over its budget`);
}

for (const fault of faults) console.error(fault);
process.exit(faults.length > 0 ? 1 : 0);

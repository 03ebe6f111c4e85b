// schema.json (written by the C# test WireSchemaTests) -> src/generated.ts.
// With --write the file is written; without, the check fails when the committed file differs.
import { readFile, writeFile } from "node:fs/promises";
import { compile } from "json-schema-to-typescript";

const folder = new URL("../packages/wire/", import.meta.url);
const target = new URL("src/generated.ts", folder);
const schema = JSON.parse(await readFile(new URL("schema.json", folder), "utf8"));

const generated = await compile(schema, schema.title, {
  additionalProperties: false, // a client reads what it knows; the schema itself allows additions
  unreachableDefinitions: true,
  bannerComment: "/* Generated from schema.json by `npm run types`; do not edit. */",
  style: { printWidth: 120 },
});
// The schema describes no document of its own, only definitions.
const types = generated
  .replace(/\/\*\*[^/]*\*\/\nexport interface LiveSkateWire \{[^}]*\}\n/, "")
  .replace(/\/\*\*\n \* This interface was referenced by[^/]*\*\/\n/g, "");

if (process.argv.includes("--write")) {
  await writeFile(target, types);
} else if ((await readFile(target, "utf8").catch(() => "")) !== types) {
  console.error("packages/wire/src/generated.ts is not what schema.json says. Run `npm run types` and commit it.");
  process.exit(1);
}

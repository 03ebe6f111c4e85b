// schema.json (written by the C# test WireSchemaTests) -> src/generated.ts.
// With --write the file is written; without, the check fails when the committed file differs.
import { readFile, writeFile } from "node:fs/promises";
import { compile } from "json-schema-to-typescript";

const folder = new URL("../packages/wire/", import.meta.url);
const target = new URL("src/generated.ts", folder);
const schema = JSON.parse(await readFile(new URL("schema.json", folder), "utf8"));

// What a server may leave out is put in again as it is read, so to everybody else it is there.
const leftOut = {};
for (const [name, record] of Object.entries(schema.$defs)) {
  const absent = Object.keys(record.properties).filter((member) => !record.required.includes(member));
  if (absent.length > 0) leftOut[name] = Object.fromEntries(absent.map((member) => [member, emptyOf(record.properties[member])]));
  record.required = Object.keys(record.properties);
}

function emptyOf({ type, anyOf }) {
  if (anyOf !== undefined || [type].flat().includes("null")) return null;
  if (type === "array") return [];
  return type === "boolean" ? false : 0;
}

const generated = await compile(schema, schema.title, {
  additionalProperties: false, // a client reads what it knows; the schema itself allows additions
  unreachableDefinitions: true,
  bannerComment: "/* Generated from schema.json by `npm run types`; do not edit. */",
  style: { printWidth: 120 },
});
// The schema describes no document of its own, only definitions.
const types = generated
  .replace(/\/\*\*[^/]*\*\/\nexport interface LiveSkateWire \{[^}]*\}\n/, "")
  .replace(/\/\*\*\n \* This interface was referenced by[^/]*\*\/\n/g, "")
  .concat(`\n/** What a member is that the server has left out, by record. */\nexport const leftOut = ${JSON.stringify(leftOut, null, 2)};\n`);

if (process.argv.includes("--write")) {
  await writeFile(target, types);
} else if ((await readFile(target, "utf8").catch(() => "")) !== types) {
  console.error("packages/wire/src/generated.ts is not what schema.json says. Run `npm run types` and commit it.");
  process.exit(1);
}

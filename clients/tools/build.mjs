// Called by the server's build (Clients.targets): node tools/build.mjs OUT
// Installs packages where the lock file has changed, builds where a source has changed, and is safe when two builds call it
// at the same time: the second waits, and finds the work done.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const OLDEST_NODE = [20, 19];
const PATIENCE_MS = 10 * 60_000;

const clients = fileURLToPath(new URL("..", import.meta.url));
const out = resolve(process.argv[2] ?? join(clients, "../.artifacts/clients"));
const stamp = out + ".stamp";
const lock = out + ".lock";

function fail(message) {
  console.error(message);
  process.exit(1);
}

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1]))
  fail(`The pages are built with Node ${OLDEST_NODE.join(".")} or newer; this is ${process.versions.node}. Without the pages: -p:SkipClients=true`);

function hashOf(paths) {
  const hash = createHash("sha256");
  for (const path of paths) hash.update(path).update("\0").update(readFileSync(join(clients, path))).update("\0");
  return hash.digest("hex");
}

function sources(folder = "") {
  const found = [];
  for (const entry of readdirSync(join(clients, folder), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name === "node_modules" || entry.name === "tests" || entry.name === "fixtures" || entry.name.endsWith(".md")) continue;
    const path = folder + entry.name;
    if (entry.isDirectory()) found.push(...sources(path + "/"));
    else found.push(path);
  }
  return found;
}

const read = (path) => (existsSync(path) ? readFileSync(path, "utf8") : "");

function npm(args, env = {}) {
  const run = spawnSync("npm", args, { cwd: clients, encoding: "utf8", shell: process.platform === "win32", env: { ...process.env, ...env } });
  if (run.status !== 0) throw new Error(`npm ${args.join(" ")} failed.\n${run.error ?? ""}${run.stdout ?? ""}${run.stderr ?? ""}`);
}

/** Waits until no other build works here. A lock whose owner has died is nobody's. */
function takeLock() {
  mkdirSync(dirname(lock), { recursive: true });
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      const file = openSync(lock, "wx");
      writeFileSync(file, String(process.pid));
      closeSync(file);
      return;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    if (isOrphan()) rmSync(lock, { force: true });
    else if (Date.now() > until) fail(`Another build has held ${lock} for ten minutes. If none is running, delete it.`);
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  }
}

function isOrphan() {
  const pid = Number(read(lock));
  if (!pid) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === "ESRCH";
  }
}

function install() {
  const wanted = hashOf(sources().filter((path) => /(^|\/)package(-lock)?\.json$/.test(path)));
  const mark = join(clients, "node_modules/.liveskate");
  if (read(mark) === wanted) return;
  npm(["ci", "--no-audit", "--no-fund", "--prefer-offline"]);
  writeFileSync(mark, wanted);
}

function build() {
  const begun = new Date();
  const wanted = hashOf(sources());
  if (read(stamp) !== wanted || !existsSync(join(out, "index.html"))) {
    install();
    npm(["run", "build"], { LIVESKATE_CLIENTS_OUT: out + ".new" });
    rmSync(out, { recursive: true, force: true });
    renameSync(out + ".new", out);
  }
  writeFileSync(stamp, wanted);
  // What is edited while this runs is newer than the stamp, and so is built the next time.
  utimesSync(stamp, begun, begun);
}

takeLock();
let fault = null;
try {
  build();
} catch (error) {
  fault = error;
} finally {
  rmSync(lock, { force: true });
}
if (fault !== null) fail(`The pages could not be built (without them: -p:SkipClients=true). ${fault.message}`);

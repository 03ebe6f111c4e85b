import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import type { Plugin } from "vite";

/** The folder of an app and the path it is served under; only the phone's is short, for those who type it. */
const APPS = { scoreboard: "scoreboard", commentator: "commentator", mobile: "m" } as const;

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** `mobile/index.html` is built as `m/index.html`, and served there while developing. */
function shortPaths(): Plugin {
  return {
    name: "liveskate-short-paths",
    enforce: "post",
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        request.url = request.url?.replace(/^\/m\//, "/mobile/");
        next();
      });
    },
    generateBundle(_options, bundle) {
      for (const [folder, path] of Object.entries(APPS)) {
        const page = bundle[`${folder}/index.html`];
        if (page !== undefined) page.fileName = `${path}/index.html`;
      }
    },
  };
}

export default defineConfig({
  root: at("."),
  plugins: [shortPaths()],
  build: {
    // The browser inside OBS 30, and of many a hall's screen.
    target: "chrome103",
    cssTarget: "chrome103",
    outDir: process.env["LIVESKATE_CLIENTS_OUT"] ?? at("../.artifacts/clients"),
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: [at("index.html"), ...Object.keys(APPS).map((folder) => at(`${folder}/index.html`))],
    },
  },
  server: {
    proxy: {
      "/live": { target: "http://localhost:5080", ws: true },
      "/api": "http://localhost:5080",
    },
  },
  test: { include: ["packages/*/tests/**/*.test.{ts,tsx}", "*/tests/**/*.test.{ts,tsx}"], environment: "node", testTimeout: 60_000 },
});

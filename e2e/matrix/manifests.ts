import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const dist = (): string => process.env.MERIDIAN_DIST ?? ".next";

const read = <Shape>(...path: readonly string[]): Shape =>
  JSON.parse(readFileSync(join(dist(), ...path), "utf8")) as Shape;

/** Every path the built application answers, as the framework itself lists them: route handlers and pages. */
export function builtRoutes(): readonly { readonly path: string; readonly isPage: boolean }[] {
  const routes = read<Record<string, string>>("app-path-routes-manifest.json");
  return Object.entries(routes).map(([file, path]) => ({ path, isPage: file.endsWith("/page") }));
}

export type BuiltAction = {
  readonly id: string;
  /** `file#export` */
  readonly name: string;
  /** A page that carries it, as a path pattern. */
  readonly page: string;
};

type ActionEntry = {
  readonly filename: string;
  readonly exportedName: string;
  readonly workers: Readonly<Record<string, unknown>>;
};

/** Every server action that can be called, with a page it can be called on. */
export function builtActions(): readonly BuiltAction[] {
  const path = join("server", "server-reference-manifest.json");
  if (!existsSync(join(dist(), path))) throw new Error("There is no build to look at.");
  const { node, edge } = read<Record<"node" | "edge", Record<string, ActionEntry>>>(path);
  const routes = read<Record<string, string>>("app-path-routes-manifest.json");
  return Object.entries({ ...edge, ...node }).map(([id, entry]) => {
    const workers = Object.keys(entry.workers).map((file) => file.replace(/^app/, ""));
    const page = workers.map((file) => routes[file]).find((found) => found !== undefined) ?? "/";
    return { id, name: `${entry.filename}#${entry.exportedName}`, page };
  });
}

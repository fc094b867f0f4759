import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path/posix";

/** The sources by path, as they are on the disk or, for a planted violation, as a test says. */
export type House = ReadonlyMap<string, string>;

/** A rule answers with one sentence per violation; none is right. */
export type HouseRule = (house: House) => readonly string[];

const SOURCES = "{lib,app,components,bin,bench,e2e,prisma,i18n}/**/*.{ts,tsx,css}";
const AT_THE_TOP = "*.{ts,mts}";

/** Reads every source of ours. */
export function readHouse(): House {
  const paths = [...globSync(SOURCES), ...globSync(AT_THE_TOP)]
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => !path.startsWith("prisma/generated/") && !path.endsWith(".d.ts"));
  return new Map(paths.sort().map((path) => [path, readFileSync(path, "utf8")]));
}

export const isSource = (path: string): boolean => /\.tsx?$/.test(path);

/** Comments do not run. What looks like one inside a text is kept: `//` follows a blank or begins a line. */
export const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "$1");

const SPECIFIER = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*["'`]([^"'`]+)["'`]/g;

/** Every module a file names: ours and others'. */
export const specifiersOf = (text: string): readonly string[] =>
  [...withoutComments(text).matchAll(SPECIFIER)].map(([, specifier = ""]) => specifier);

/** Which of our files a specifier means, seen from `path`. */
function fileNamed(house: House, path: string, specifier: string): string | undefined {
  if (!specifier.startsWith("@/") && !specifier.startsWith(".")) return undefined;
  const target = specifier.startsWith("@/")
    ? specifier.slice(2)
    : normalize(join(dirname(path), specifier));
  return [target, `${target}.ts`, `${target}.tsx`].find((candidate) => house.has(candidate));
}

export const importsOf = (house: House, path: string): readonly string[] =>
  specifiersOf(house.get(path) ?? "").flatMap((specifier) => {
    const target = fileNamed(house, path, specifier);
    return target === undefined ? [] : [target];
  });

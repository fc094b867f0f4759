import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import { tokens } from "@/components/ui/tokens";

/** The script other websites load, as one small file of plain JavaScript without a dependency. */
export async function embedScript(root: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(root, "embed", "embed.ts")],
    bundle: true,
    minify: true,
    format: "iife",
    // Dialogs and sheets made by script are younger than this anyway; the syntax should not be what fails.
    target: "es2019",
    // Written as it is read, whatever encoding the host page says it has.
    charset: "ascii",
    legalComments: "none",
    define: { HOUSE_ACCENT: JSON.stringify(tokens.light.accent) },
    write: false,
  });
  const [file] = outputFiles;
  if (file === undefined) throw new Error("the script for other websites could not be built");
  return file.text;
}

/** Writes it to where the server reads it. Takes a few hundredths of a second, so it is done at every start. */
export async function writeEmbedScript(root: string, path: string): Promise<void> {
  const script = await embedScript(root);
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, script);
  renameSync(draft, path);
}

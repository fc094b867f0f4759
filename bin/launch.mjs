// Plain JavaScript for Node 20 and nothing else: it runs before anything is installed.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { installWhatIsMissing, node, root, say } from "./install.mjs";

const nodeArguments = (args) => [
  "--enable-source-maps",
  "--disable-warning=ExperimentalWarning",
  "--import",
  pathToFileURL(join(root, "node_modules", "tsx", "dist", "loader.mjs")).href,
  "--import",
  pathToFileURL(join(root, "bin", "register.mjs")).href,
  join(root, "bin", "meridian.ts"),
  ...args,
];

/** Becomes the command where this Node can do that; otherwise runs it, hands signals on and ends as it ended. */
function become(args) {
  const env = { ...process.env };
  if (process.execve) {
    process.execve(node, [node, ...nodeArguments(args)], env);
    return;
  }
  const child = spawn(node, nodeArguments(args), {
    cwd: root,
    stdio: "inherit",
    // Lets the command notice when this process is killed, instead of living on as nobody's child.
    env: { ...env, MERIDIAN_LAUNCHER: String(process.pid) },
  });
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(name, () => child.kill(name));
  child.on("error", (error) => {
    say(error.message);
    process.exitCode = 1;
  });
  child.on("close", (code, signal) => {
    process.exitCode = signal ? 1 : (code ?? 1);
  });
}

/** Installs what is missing and runs one of Meridian's commands on the house's own Node. */
export async function launch(...args) {
  process.chdir(root);
  try {
    await installWhatIsMissing();
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
    return;
  }
  become(args);
}

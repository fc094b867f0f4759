import { spawnSync } from "node:child_process";
import { say } from "@/bin/terminal";

/** A program of Debian's that tests talk to: how to see that it is here, and the package that brings it. */
type TestTool = { readonly package: string; readonly probe: readonly [string, ...string[]] };

/** What the tests need besides what npm brings: others' software, as it is installed. */
const TEST_TOOLS: readonly TestTool[] = [
  { package: "radicale", probe: ["radicale", "--version"] },
  { package: "python3-icalendar", probe: ["/usr/bin/python3", "-c", "import icalendar"] },
  { package: "khal", probe: ["khal", "--version"] },
];

const isHere = ({ probe: [program, ...args] }: TestTool): boolean =>
  spawnSync(program, args, { stdio: "ignore" }).status === 0;

/**
 * Installs what is missing of it, from Debian as root. Elsewhere, or when that fails, it says what to install; the
 * tests that need it then fail and say so, too.
 */
export function ensureTestTools(): void {
  const missing = TEST_TOOLS.filter((tool) => !isHere(tool)).map((tool) => tool.package);
  if (missing.length === 0) return;
  const command = `apt-get install ${missing.join(" ")}`;
  if (process.getuid?.() === 0 && spawnSync("apt-get", ["--version"]).status === 0) {
    say(`Installing what the tests talk to (${command}) …`);
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    const options = { env, stdio: ["ignore", 2, 2] } satisfies Parameters<typeof spawnSync>[2];
    const quiet = ["-y", "-q", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300"];
    spawnSync("apt-get", ["update", "-q"], options);
    if (spawnSync("apt-get", ["install", ...quiet, ...missing], options).status === 0) return;
  }
  say(`Some tests talk to programs that are not here. Debian, Ubuntu: ${command}`);
}

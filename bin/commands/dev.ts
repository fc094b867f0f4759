import type { Command } from "@/bin/command";
import { startServer } from "@/bin/commands/start";

export const command: Command = { run: () => startServer(true) };

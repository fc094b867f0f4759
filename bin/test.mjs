import { launch } from "./launch.mjs";

await launch("test", ...process.argv.slice(2));

import { generateClient } from "./install.mjs";

generateClient({ force: true });

import { availableParallelism } from "node:os";
import { hash, verify } from "@node-rs/argon2";
import { MAX_PASSWORD_CHARACTERS } from "./core/password-rules";

/** OWASP's floor for argon2id: 19 MiB, two passes, one lane; 15 ms on the machine it was measured on. */
const PARAMETERS = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const HASH_PREFIX = "$argon2id$v=19$m=19456,t=2,p=1$";

/** So many sign-ins wait for a core; the next is told to come back, so that a flood cannot fill the memory. */
const MAX_WAITING = 200;

/** Too many passwords are being checked at once. Another try in a few seconds will do. */
export class SignInBusy extends Error {
  override readonly name = "SignInBusy";
}

let running = 0;
const waiting: (() => void)[] = [];

/** At most one hash per core at a time, in the order they came. */
async function onACore<Value>(work: () => Promise<Value>): Promise<Value> {
  if (running >= availableParallelism()) {
    if (waiting.length >= MAX_WAITING) throw new SignInBusy("too many sign-ins are waiting");
    // Whoever leaves hands its place on, so `running` does not change here.
    await new Promise<void>((enter) => waiting.push(enter));
  } else {
    running += 1;
  }
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

/** One password has one spelling, whichever keyboard typed it. */
const normalized = (password: string): string => password.normalize("NFKC");

/** The argon2id hash of a password, in PHC format. Throws SignInBusy. */
export const hashPassword = (password: string): Promise<string> =>
  onACore(() => hash(normalized(password), PARAMETERS));

/** Was this hash made with weaker parameters than today's? Then it is made anew at the next sign-in. */
export const isOutdatedHash = (stored: string): boolean => !stored.startsWith(HASH_PREFIX);

let decoy: Promise<string> | undefined;

/**
 * Is this the password? Without a stored hash (nobody of that address, disabled, no password set) a decoy is
 * checked instead, so that the answer takes as long. Throws SignInBusy.
 */
export async function passwordMatches(stored: string | null, password: string): Promise<boolean> {
  const usable = password.length <= MAX_PASSWORD_CHARACTERS;
  decoy ??= hash("nobody has this password", PARAMETERS);
  const against = stored !== null && usable ? stored : await decoy;
  const matches = await onACore(() => verify(against, normalized(usable ? password : "")));
  return matches && stored !== null && usable;
}

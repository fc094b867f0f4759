import { afterAll, expect } from "vitest";
import type { Throttle } from "@/lib/http/throttle";
import { PASSWORD } from "@/lib/testing/factories/people";
import { makeMember, realThrottle } from "@/lib/testing/factories/sign-in";
import type { House } from "@/lib/testing/house";
import { NOW, test } from "@/lib/testing/house";
import type { Instant } from "@/lib/time/instant";
import { knownBrowser } from "./known-browser";
import { signIn } from "./sign-in";

const PAIRS = 10_000;
const ACCOUNTS = 200;
const ADDRESSES = 100;

let throttle: Throttle;
let close: () => Promise<void> = async () => undefined;

afterAll(() => close());

const attempt = (
  house: House,
  about: { email: string; password: string; from: string; known?: string | undefined },
  now: Instant = NOW,
) =>
  signIn(
    {
      email: about.email,
      password: about.password,
      address: { address: about.from, throttleKey: about.from },
      userAgent: "test",
      known: about.known,
    },
    { db: house.db, keys: house.keys, now: () => now, throttle },
  );

test("of 10,000 stolen pairs from 100 addresses at most sixty an address are looked at, the owner's browser gets in all the same, and everybody does after the window", async ({
  house,
}) => {
  ({ throttle, close } = realThrottle(house.databaseUrl));
  const owner = await makeMember(house);
  const victim = await makeMember(house);
  const strangers = Array.from({ length: ACCOUNTS - 2 }, (_, at) => `stolen-${at}@example.org`);
  const emails = [owner.email, victim.email, ...strangers];
  const seen = { wrong: 0, throttled: 0, in: 0 };
  const tries = Array.from({ length: PAIRS }, (_, at) => ({
    email: emails[at % ACCOUNTS] ?? "",
    password: `stolen ${at}`,
    from: `203.0.113.${at % ADDRESSES}`,
  }));
  const lane = async () => {
    for (let next = tries.shift(); next !== undefined; next = tries.shift()) {
      const answer = await attempt(house, next);
      if (answer.ok) seen.in += 1;
      else if (answer.refusal.reason === "wrong") seen.wrong += 1;
      else seen.throttled += 1;
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: 16 }, lane));
  const seconds = (performance.now() - began) / 1_000;
  process.stdout.write(
    `10,000 pairs: ${seen.wrong} looked at (one argon2id each), ${seen.throttled} refused before, in ${seconds.toFixed(1)} s\n`,
  );
  expect(seen.in).toBe(0);
  expect(seen.wrong + seen.throttled).toBe(PAIRS);
  // Five an account, sixty an address: whichever is met first.
  expect(seen.wrong).toBeLessThanOrEqual(Math.min(ACCOUNTS * 5, ADDRESSES * 60));

  // Known and unknown are refused alike.
  const known = await attempt(house, { email: owner.email, password: "x", from: "198.51.100.1" });
  const unknown = await attempt(house, {
    email: emails[2] ?? "",
    password: "x",
    from: "198.51.100.2",
  });
  expect(known).toMatchObject({ refusal: { reason: "too-many-tries" } });
  expect(unknown).toMatchObject({ refusal: { reason: "too-many-tries" } });

  // The owner, at home, in the browser they always use.
  const right = { email: owner.email, password: PASSWORD, from: "198.51.100.3" };
  expect((await attempt(house, right)).ok).toBe(false);
  const cookie = knownBrowser(house.keys, owner.email, NOW);
  expect((await attempt(house, { ...right, known: cookie })).ok).toBe(true);
  // Such a cookie is of one account, and its own count ends too.
  expect((await attempt(house, { ...right, email: victim.email, known: cookie })).ok).toBe(false);
  for (let time = 0; time < 5; time += 1) {
    await attempt(house, { ...right, password: "wrong", known: cookie });
  }
  expect(await attempt(house, { ...right, known: cookie })).toMatchObject({
    refusal: { reason: "too-many-tries" },
  });

  // When the window is over, nobody is locked out. The counters' clock is the machine's: it is moved here.
  await house.db.$executeRaw`UPDATE rate_limit SET expire = 1`;
  expect((await attempt(house, { ...right, email: victim.email })).ok).toBe(true);
}, 240_000);

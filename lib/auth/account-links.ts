import { hashToken, sameBytes } from "@/lib/crypto/token";
import type { ClientAddress } from "@/lib/http/client-address";
import type { Throttle } from "@/lib/http/throttle";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { AccountDeps } from "./account";
import { auditOwn, findAccount } from "./account";
import type { LinkAsked } from "./account-jobs";
import { queueLinkAsked } from "./account-jobs";
import { queueAccountMail } from "./account-mail";
import { findAccountLink, issueAccountToken, spendAccountLink } from "./account-token";
import type { Opened, Owed, Visitor } from "./admit";
import { admit } from "./admit";

/** Asks for a link by mail. The answer is the same for every address; only too many questions are refused. */
export async function askForLink(
  input: {
    readonly purpose: LinkAsked["purpose"];
    readonly email: string;
    /** What this browser will show when the link is opened in it. */
    readonly browser: string | null;
    readonly address: ClientAddress;
  },
  deps: Pick<AccountDeps, "db" | "queue"> & { readonly throttle: Throttle },
): Promise<Result<undefined, { readonly retryAfterSeconds: number }>> {
  const email = input.email.trim().toLowerCase();
  const byAddress = await deps.throttle.consume("account-mail-address", input.address.throttleKey);
  const counted = byAddress.ok
    ? await deps.throttle.consume("account-mail-email", email)
    : byAddress;
  if (!counted.ok) return refuse({ retryAfterSeconds: counted.retryAfterSeconds });
  const browserHash =
    input.browser === null ? null : hashToken(input.browser).toString("base64url");
  await queueLinkAsked({ purpose: input.purpose, email, browserHash }, deps);
  return ok(undefined);
}

/** The worker's part: makes the link and its mail when there is an account of that address, and nothing otherwise. */
export async function handleLinkAsked(asked: LinkAsked, deps: AccountDeps): Promise<void> {
  const { purpose, email, browserHash } = asked;
  const found = await deps.db.appUser.findFirst({
    where: { email, disabledAt: null },
    // The same account that a password would open (lib/auth/sign-in.ts).
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    select: { workspaceId: true, id: true },
  });
  const account =
    found === null
      ? undefined
      : await findAccount(deps.db, { workspaceId: found.workspaceId, userId: found.id });
  if (!account) return;
  await deps.db.$transaction(async (tx) => {
    const { tokenId } = await issueAccountToken(
      tx,
      {
        ...account,
        purpose,
        ...(browserHash === null ? {} : { browserHash: Buffer.from(browserHash, "base64url") }),
      },
      deps,
    );
    const { workspaceId, workspaceName } = account;
    const mail = { workspaceId, workspaceName, kind: purpose, to: account, tokenId };
    await queueAccountMail(tx, mail, deps);
    await auditOwn(tx, deps, account, { action: `${purpose}.link-asked` });
  });
}

/** Was this link asked for in this browser? One that was asked for nowhere (an admin sent it) opens anywhere. */
const isFromHere = (browserHash: Uint8Array | null, browser: string | undefined): boolean =>
  browserHash === null ||
  (browser !== undefined && sameBytes(hashToken(browser), Buffer.from(browserHash)));

export type LinkState = "ready" | "elsewhere" | "gone";

/** What a mailed sign-in link is good for in this browser. Looking uses nothing up: scanners of mail look too. */
export async function findSignInLink(
  token: string,
  browser: string | undefined,
  deps: Pick<AccountDeps, "db" | "now">,
): Promise<LinkState> {
  const link = await findAccountLink(deps.db, token, "sign-in", deps.now());
  if (!link) return "gone";
  return isFromHere(link.browserHash, browser) ? "ready" : "elsewhere";
}

/** The first step of signing in, with a mailed link: good once, in the browser that asked. */
export async function enterWithLink(
  input: {
    readonly token: string;
    readonly browser: string | undefined;
    readonly next: string;
  } & Visitor,
  deps: Pick<AccountDeps, "db" | "keys" | "now">,
): Promise<
  Result<{ readonly entered: Opened | Owed; readonly email: string }, "elsewhere" | "gone">
> {
  const link = await findAccountLink(deps.db, input.token, "sign-in", deps.now());
  if (!link) return refuse("gone");
  if (!isFromHere(link.browserHash, input.browser)) return refuse("elsewhere");
  return deps.db.$transaction(async (tx) => {
    if (!(await spendAccountLink(tx, link, deps.now()))) return refuse("gone");
    const { address, userAgent, next } = input;
    const entered = await admit(tx, link, { method: "link", next, address, userAgent }, deps);
    return ok({ entered, email: link.email });
  });
}

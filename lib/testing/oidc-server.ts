import { createHash, randomUUID } from "node:crypto";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from "jose";

/** Whom the provider says the browser is. */
export type Subject = {
  readonly sub: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly name?: string;
};

/** What the provider does wrong, on request. */
export type Fault =
  | "wrong-nonce"
  | "no-nonce"
  | "wrong-audience"
  | "other-issuer-in-token"
  | "other-issuer-in-answer"
  | "expired"
  | "not-yet"
  | "alg-none"
  | "foreign-key"
  | "wrong-state"
  | "no-id-token"
  | "token-500"
  | "token-slow"
  | "token-huge"
  | "token-redirect"
  | "not-json";

type Key = Awaited<ReturnType<typeof newKey>>;
type Grant = {
  readonly subject: Subject;
  readonly nonce: string | null;
  readonly challenge: string;
  readonly redirectUri: string;
};

export type OidcServer = {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Whom the next browser is said to be. */
  subject: Subject;
  fault: Fault | undefined;
  /** Seconds the provider's clock is ahead. */
  skewSeconds: number;
  /** How often each of its addresses was asked. */
  readonly asked: ReadonlyMap<string, number>;
  /** Signs with a new key from now on, and forgets the old one. */
  rotateKeys(): Promise<void>;
  /** What a browser does that is sent to the provider: signs in there and comes back. Gives the address it comes back to. */
  visit(url: string): Promise<URL>;
  close(): Promise<void>;
};

async function newKey() {
  const kid = randomUUID();
  const { publicKey, privateKey } = await generateKeyPair("RS256", { extractable: true });
  return {
    kid,
    privateKey,
    jwk: { ...(await exportJWK(publicKey)), kid, use: "sig", alg: "RS256" },
  };
}

const readBody = async (request: IncomingMessage): Promise<URLSearchParams> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return new URLSearchParams(Buffer.concat(chunks).toString("utf8"));
};

const json = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify(body));
};

const s256 = (verifier: string): string =>
  createHash("sha256").update(verifier).digest("base64url");

class Provider {
  readonly asked = new Map<string, number>();
  readonly grants = new Map<string, Grant>();
  readonly clientId = "meridian";
  readonly clientSecret = randomUUID();
  issuer = "";
  key: Key;
  subject: Subject = { sub: "somebody" };
  fault: Fault | undefined;
  skewSeconds = 0;

  constructor(key: Key) {
    this.key = key;
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", this.issuer);
    this.asked.set(url.pathname, (this.asked.get(url.pathname) ?? 0) + 1);
    if (url.pathname === "/.well-known/openid-configuration") return this.discover(response);
    if (url.pathname === "/jwks") {
      json(response, 200, { keys: [this.key.jwk] });
      return;
    }
    if (url.pathname === "/authorize") return this.authorize(url, response);
    if (url.pathname === "/token") return this.token(request, response);
    json(response, 404, { error: "not_found" });
  }

  discover(response: ServerResponse): void {
    const { issuer } = this;
    json(response, 200, {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      response_types_supported: ["code"],
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: ["RS256"],
      code_challenge_methods_supported: ["S256"],
      authorization_response_iss_parameter_supported: true,
    });
  }

  authorize(url: URL, response: ServerResponse): void {
    const asked = url.searchParams;
    const redirectUri = asked.get("redirect_uri") ?? "";
    if (asked.get("client_id") !== this.clientId || asked.get("code_challenge_method") !== "S256") {
      json(response, 400, { error: "invalid_request" });
      return;
    }
    const code = randomUUID();
    this.grants.set(code, {
      subject: this.subject,
      nonce: asked.get("nonce"),
      challenge: asked.get("code_challenge") ?? "",
      redirectUri,
    });
    const back = new URL(redirectUri);
    back.searchParams.set("code", code);
    const state = this.fault === "wrong-state" ? randomUUID() : (asked.get("state") ?? "");
    back.searchParams.set("state", state);
    const other = this.fault === "other-issuer-in-answer";
    back.searchParams.set("iss", other ? "https://elsewhere.example" : this.issuer);
    response.writeHead(302, { location: back.href });
    response.end();
  }

  async token(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const sent = await readBody(request);
    const grant = this.grants.get(sent.get("code") ?? "");
    this.grants.delete(sent.get("code") ?? "");
    const secret = sent.get("client_secret") === this.clientSecret;
    const proven = grant && s256(sent.get("code_verifier") ?? "") === grant.challenge;
    if (!grant || !proven || sent.get("redirect_uri") !== grant.redirectUri || !secret) {
      json(response, 400, { error: "invalid_grant" });
      return;
    }
    if (this.fault === "token-500") {
      json(response, 500, { error: "server_error" });
      return;
    }
    if (this.fault === "token-slow") return;
    if (this.fault === "not-json") {
      response.writeHead(200, { "content-type": "text/html" });
      response.end("<html>");
      return;
    }
    if (this.fault === "token-redirect") {
      response.writeHead(307, { location: "http://127.0.0.1:1/token" });
      response.end();
      return;
    }
    json(response, 200, {
      access_token: randomUUID(),
      token_type: "Bearer",
      expires_in: 300,
      ...(this.fault === "no-id-token" ? {} : { id_token: await this.idToken(grant) }),
      ...(this.fault === "token-huge" ? { padding: "x".repeat(2_000_000) } : {}),
    });
  }

  async idToken({ subject, nonce }: Grant): Promise<string> {
    const { fault } = this;
    const now = Math.floor(Date.now() / 1_000) + this.skewSeconds;
    const claims = {
      ...subject,
      iss: fault === "other-issuer-in-token" ? "https://elsewhere.example" : this.issuer,
      aud: fault === "wrong-audience" ? "somebody-else" : this.clientId,
      iat: now,
      auth_time: now,
      exp: fault === "expired" ? now - 3_600 : now + 300,
      ...(fault === "not-yet" ? { nbf: now + 3_600 } : {}),
      ...(fault === "no-nonce" ? {} : { nonce: fault === "wrong-nonce" ? randomUUID() : nonce }),
    };
    if (fault === "alg-none") return new UnsecuredJWT(claims).encode();
    const { privateKey } = fault === "foreign-key" ? await newKey() : this.key;
    return new SignJWT(claims)
      .setProtectedHeader({ alg: "RS256", kid: this.key.kid })
      .sign(privateKey);
  }
}

const listening = (server: Server): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });

/**
 * A real identity provider on loopback: discovery, authorization with PKCE, tokens signed with a key it publishes, and
 * every fault a client has to see. It signs in whoever `subject` names, without asking.
 */
export async function startOidcServer(): Promise<OidcServer> {
  const provider = new Provider(await newKey());
  const server = createServer((request, response) => {
    provider.answer(request, response).catch((error: unknown) => {
      response.writeHead(500);
      response.end(String(error));
    });
  });
  provider.issuer = `http://localhost:${await listening(server)}`;
  return Object.assign(provider, {
    rotateKeys: async () => {
      provider.key = await newKey();
    },
    visit: async (url: string) => {
      const answer = await fetch(url, { redirect: "manual" });
      const location = answer.headers.get("location");
      if (location === null) throw new Error(`the provider refused: ${await answer.text()}`);
      return new URL(location);
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

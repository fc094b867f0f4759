import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { Lease } from "./lease";
import { LEASE_MS, RENEW_EVERY_MS } from "./lease";
import type { NodeMessage } from "./node-message";
import { MessageLog, parseNodeMessage } from "./node-message";
import type { PeerNode, RunSql } from "./nodes";
import { fenceNode, insertNode, listPeers, removeFencedNode, removeNode, renewNode } from "./nodes";
import type { PageCache } from "./page-cache";

/** Sends a signed body to a node's address. Resolves with the HTTP status; rejects when nobody answers in time. */
export type Post = (address: string, body: string, signature: string) => Promise<number>;

export type PageNodeParts = {
  readonly pages: PageCache;
  readonly lease: Lease;
  readonly run: RunSql;
  readonly post: Post;
  /** Signs a body with the installation's key, and tells whether a signature is ours. */
  readonly sign: (body: string) => string;
  readonly verify: (body: string, signature: string) => boolean;
  /** Monotonic milliseconds, the same clock as the lease's. */
  readonly clock: () => number;
  readonly wait: (ms: number) => Promise<unknown>;
  /** Where the other nodes reach this one; undefined for a process that serves no pages, such as a worker. */
  readonly address?: string;
  /** Told of every change that reaches this node, at once: the pages that are open hear of it. */
  readonly onChange?: (tokens: readonly string[]) => void;
  /** Told when changes may have passed this node by, because it held no lease. */
  readonly onMissed?: () => void;
  readonly onTrouble: (what: string, cause: unknown) => void;
};

/** One process's part in keeping every node's pages true. */
export class PageNode {
  readonly id = randomUUID();
  private readonly parts: PageNodeParts;
  private readonly log = new MessageLog();
  private readonly stopping = new AbortController();
  private beating: Promise<void> | undefined;
  private lastNonce = 0;

  constructor(parts: PageNodeParts) {
    this.parts = parts;
  }

  /** Begins to hold a lease and renew it. Without a database it keeps trying, and nothing is cached meanwhile. */
  start(): void {
    this.beating ??= this.beat();
  }

  /** Gives the lease back. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.beating;
    this.parts.lease.ended();
    if (this.parts.address !== undefined) await removeNode(this.parts.run, this.id).catch(() => {});
  }

  /** One renewal, public so that a test can drive it step by step. Never rejects. */
  async renew(): Promise<void> {
    const { lease, run, clock, address, onTrouble } = this.parts;
    if (address === undefined) return;
    const askedAt = clock();
    try {
      if (lease.epoch() !== undefined && (await renewNode(run, this.id))) {
        lease.renewed(askedAt);
        return;
      }
      await insertNode(run, this.id, address);
      lease.begun(askedAt);
      this.parts.onMissed?.();
    } catch (cause) {
      onTrouble("the page cache's lease could not be renewed", cause);
    }
  }

  /**
   * Call after a change to these links is committed and before it is answered. When it returns, no node gives out a
   * page of them that was read before the commit. A node that does not answer is fenced and waited for until its
   * lease has ended, LEASE_MS at most.
   */
  async invalidate(tokens: readonly string[]): Promise<void> {
    if (tokens.length === 0) return;
    const { pages, run, onChange } = this.parts;
    onChange?.(tokens);
    const [, peers] = await Promise.all([pages.invalidate(tokens), listPeers(run, this.id)]);
    await Promise.all(peers.map((peer) => this.tell(peer, tokens)));
  }

  /**
   * Takes a message of another node. The answer is the HTTP status: 200 when this node has forgotten the pages, 401
   * for a wrong signature, 400 for no message, 409 for one that is not for this process or was taken before.
   */
  async receive(body: string, signature: string): Promise<200 | 400 | 401 | 409> {
    if (!this.parts.verify(body, signature)) return 401;
    const message = parseNodeMessage(body);
    if (!message) return 400;
    if (message.to !== this.id || !this.log.take(message)) return 409;
    this.parts.onChange?.(message.tokens);
    await this.parts.pages.invalidate(message.tokens);
    return 200;
  }

  private async tell(peer: PeerNode, tokens: readonly string[]): Promise<void> {
    const { run, post, sign, wait, onTrouble } = this.parts;
    if (!peer.fenced) {
      this.lastNonce += 1;
      const message: NodeMessage = { from: this.id, to: peer.id, nonce: this.lastNonce, tokens };
      const body = JSON.stringify(message);
      try {
        if ((await post(peer.address, body, sign(body))) === 200) return;
      } catch (cause) {
        onTrouble(`node ${peer.id} did not answer an invalidation`, cause);
      }
      await fenceNode(run, peer.id);
    }
    await wait(LEASE_MS);
    await removeFencedNode(run, peer.id);
  }

  private async beat(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await this.renew();
      await delay(RENEW_EVERY_MS, undefined, { signal, ref: false }).catch(() => {});
    }
  }
}

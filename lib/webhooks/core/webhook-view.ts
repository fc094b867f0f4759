import type { Instant } from "@/lib/time/instant";

/** One endpoint as its admins see it. */
export type EndpointRow = {
  readonly id: string;
  readonly url: string;
  readonly events: readonly string[];
  readonly active: boolean;
  readonly createdAt: Instant;
  /** Since when nothing could be delivered; null when the last delivery was. */
  readonly failingSince: Instant | null;
  /** Of the last thirty days. */
  readonly deliveries: {
    readonly delivered: number;
    readonly queued: number;
    readonly failed: number;
  };
};

export type DeliveryRow = {
  readonly id: string;
  readonly event: string;
  readonly state: "queued" | "delivered" | "failed";
  readonly attempts: number;
  /** The receiver's last status; null when there was no answer. */
  readonly status: number | null;
  readonly cause: string | null;
  readonly createdAt: Instant;
  readonly deliveredAt: Instant | null;
  /** What was or will be sent, indented for the eye. */
  readonly payload: string;
};

/** What the server says to a form of the webhooks. */
export type WebhookAnswer =
  | { readonly status: "idle" }
  | {
      readonly status: "done";
      readonly message: string;
      /** What deliveries are signed with, this once. */
      readonly secret?: string;
    }
  | {
      readonly status: "refused";
      readonly message: string;
      readonly fields?: Readonly<Record<string, string>>;
    };

const CAUSES: Readonly<Record<string, string>> = {
  "no-answer": "No answer in time",
  refused: "This address is not allowed",
  redirect: "Redirected: deliveries follow no redirects",
  status: "Not answered with 2xx",
  paused: "The endpoint is paused",
};

export const deliveryCauseWords = (cause: string): string => CAUSES[cause] ?? "Not delivered";

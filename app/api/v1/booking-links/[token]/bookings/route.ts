import { z } from "zod";
import { bookAsGuest } from "@/lib/booking/commands/book-as-guest";
import { refusalOnWire, statusOfRefusal } from "@/lib/booking/core/wire";
import { bookingInput, linkToken } from "@/lib/booking/schema";
import { errorAnswer, jsonAnswer, RequestRefused } from "@/lib/http/answer";
import { publicRoute } from "@/lib/http/route";
import { throttle } from "@/lib/http/throttle";
import { runtime } from "@/lib/runtime";
import { toIso } from "@/lib/time/instant";

/** Books a time; public. 201 with the manage link, or a refusal with the next free slots. */
export const POST = publicRoute(
  {
    route: "POST /api/v1/booking-links/{token}/bookings",
    params: z.object({ token: linkToken }),
    body: bookingInput,
  },
  async ({ params, body, address, idempotencyKey }) => {
    if (body.website !== undefined && body.website !== "") {
      throw new RequestRefused(422, "invalid", "This request was not accepted.", {
        fields: { website: "must be left empty" },
      });
    }
    const deps = runtime();
    const booked = await bookAsGuest(
      {
        linkToken: params.token,
        input: body,
        address,
        ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
      },
      { ...deps, throttle: throttle() },
    );
    if (!booked.ok) {
      const { reason, retryAfterSeconds } = booked.refusal;
      return errorAnswer(
        statusOfRefusal(reason),
        refusalOnWire(booked.refusal),
        retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) },
      );
    }
    const { manageToken, status, start, end } = booked.value;
    return jsonAnswer(201, {
      status,
      start: toIso(start),
      end: toIso(end),
      manageToken,
      manageUrl: `${deps.appUrl}/m/${manageToken}`,
    });
  },
);

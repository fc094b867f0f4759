import { jsonAnswer } from "@/lib/http/answer";
import { countedReads, publicRoute } from "@/lib/http/route";
import { bookingPaths } from "./booking-paths";
import { crmPaths } from "./crm-paths";
import { elsewherePaths } from "./elsewhere-paths";
import { meetingPaths } from "./meeting-paths";
import { metricPaths } from "./metric-paths";
import { reportPaths } from "./report-paths";
import { roomPaths } from "./room-paths";
import { schemas } from "./schemas";
import { targetPaths } from "./target-paths";
import { virtualRoomPaths } from "./virtual-room-paths";

const document = {
  openapi: "3.1.0",
  info: {
    title: "Meridian",
    version: "1",
    description: "Moments are ISO 8601 with an offset; answers use Z.",
  },
  paths: {
    ...bookingPaths,
    ...meetingPaths,
    ...elsewherePaths,
    ...roomPaths,
    ...virtualRoomPaths,
    ...reportPaths,
    ...crmPaths,
    ...targetPaths,
    ...metricPaths,
  },
  components: {
    securitySchemes: {
      apiKey: { type: "http", scheme: "bearer" },
      session: { type: "apiKey", in: "cookie", name: "meridian" },
    },
    schemas,
  },
};

/** What this interface offers, as OpenAPI 3.1. */
export const GET = publicRoute(
  {
    route: "GET /api/v1/openapi.json",
    limits: countedReads,
  },
  () => jsonAnswer(200, document),
);

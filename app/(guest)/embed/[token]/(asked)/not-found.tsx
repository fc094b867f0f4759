import { ClosedView } from "@/components/booking/closed-view";
import { requestLocale } from "@/components/guest/request-choices";

export default async function EmbedNotFound() {
  return <ClosedView answer={{ kind: "absent" }} token="" locale={await requestLocale()} framed />;
}

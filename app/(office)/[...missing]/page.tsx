import { notFound } from "next/navigation";

/** Addresses no page has. With two documents and no common one, this is where they get theirs. */
export default function Missing() {
  notFound();
}

import { lazy, Suspense, useEffect, useState } from "react";
import { whenWanted } from "../ui/notify";

const Toaster = lazy(() => import("../ui/toaster").then((code) => ({ default: code.Toaster })));

/** The toaster is loaded with the first notice. */
export function LateToaster() {
  const [wanted, setWanted] = useState(false);
  useEffect(() => whenWanted(() => setWanted(true)), []);
  return <Suspense>{wanted ? <Toaster /> : null}</Suspense>;
}

import { words } from "../../words";
import { Again } from "./broken-note";

export const UnreachableNote = ({ repeat }: { repeat: () => void }) => (
  <div role="alert" className="flex flex-col gap-3 text-sm">
    <p>{words.playground.run.unreachable}</p>
    <Again repeat={repeat} />
  </div>
);

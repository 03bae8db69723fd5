import { Link } from "@tanstack/react-router";
import type { Connection } from "../../../shared/contracts/connections";
import { plainLine } from "../ui/foreign";
import { connect as connectWords } from "../words/connect";

const say = connectWords.setup;

/** Where the server of a connection is, which signing in anew does not change. */
export const McpKnown = ({ connection: { id, config } }: { connection: Connection }) => (
  <p className="text-sm">
    <span className="font-medium">{say.address}</span>{" "}
    <code className="wrap-anywhere">{plainLine(config.url, 2048)}</code>{" "}
    <Link
      to="/connections/$id"
      params={{ id }}
      search={{ tab: "settings" }}
      className="font-medium text-accent underline"
    >
      {say.edit}
    </Link>
  </p>
);

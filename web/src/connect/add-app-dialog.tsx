import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Field, Select } from "../ui/field";
import { SkeletonRows } from "../ui/skeleton";
import { ErrorNote } from "../ui/states";
import { words } from "../words";
import { connect as connectWords } from "../words/connect";
import { connectorsQuery } from "./queries";

const say = connectWords.apps;
const form = "add-app";
const withApps = new Set(["oauth2_code", "oauth2_device"]);

/** Which vendor the app is at: those that let people sign in through one. */
export function AddAppDialog({
  taken,
  onClose,
  onChoose,
}: {
  taken: readonly string[];
  onClose: () => void;
  onChoose: (connector: string) => void;
}) {
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery(
    connectorsQuery({}),
  );
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const vendors = data?.pages
    .flatMap(({ items }) => items)
    .filter(({ id, kinds }) => kinds.some((kind) => withApps.has(kind)) && !taken.includes(id))
    .toSorted((one, other) => one.name.localeCompare(other.name));
  const [chosen, setChosen] = useState("");
  const value = chosen === "" ? (vendors?.[0]?.id ?? "") : chosen;
  return (
    <Dialog
      open
      size="small"
      onClose={onClose}
      title={say.addTitle}
      actions={
        <>
          <Button onClick={onClose}>{words.common.cancel}</Button>
          <Button type="submit" form={form} look="primary" disabled={value === ""}>
            {connectWords.signIn.choose.go}
          </Button>
        </>
      }
    >
      {error && !data ? <ErrorNote error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <SkeletonRows rows={1} /> : null}
      {vendors?.length === 0 ? <p>{say.noneToAdd}</p> : null}
      {vendors && vendors.length > 0 ? (
        <form
          id={form}
          onSubmit={(event) => {
            event.preventDefault();
            onChoose(value);
          }}
        >
          <Field label={say.choose}>
            {(control) => (
              <Select {...control} value={value} onChange={({ target }) => setChosen(target.value)}>
                {vendors.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        </form>
      ) : null}
    </Dialog>
  );
}

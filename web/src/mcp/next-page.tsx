import { Button } from "../ui/button";
import { words } from "../words";

type Paged = {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => Promise<unknown>;
};

/** The way to the next page, where there is one. It is taken by hand only: another list stands below. */
export const NextPage = ({ list }: { list: Paged }) =>
  list.hasNextPage ? (
    <div>
      <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
        {words.common.loadMore}
      </Button>
    </div>
  ) : null;

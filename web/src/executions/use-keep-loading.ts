import { useEffect, useRef, type RefObject } from "react";
import type { Feed } from "./feed";

/** So many rows are loaded beyond what is seen, and so many times the last movement more. */
const ahead = 600;
const aheadOfMovement = 6;

type Reader = {
  feed: Feed;
  scroller: RefObject<HTMLElement | null>;
  lastRow: number;
  /** Hears when the end of all was looked for and is there. */
  onEnd: () => void;
};

/** `stand`: a list that grew would slip away under a scrollbar that is being dragged. */
type Loading = "ahead" | "stand" | "to the end";

/**
 * Loads ahead of the reader. Whoever drags the scrollbar to the end, or presses End, wants the end of all: the list goes
 * on loading and stays at its end until it is there, or until they turn back.
 */
export function useKeepLoading({ feed, scroller, lastRow, onEnd }: Reader): void {
  const before = useRef(0);
  const loading = useRef<Loading>("ahead");
  useEffect(() => {
    const movement = Math.min(1000, Math.abs(lastRow - before.current));
    before.current = lastRow;
    if (loading.current === "ahead") feed.want(lastRow + ahead + movement * aheadOfMovement);
  }, [feed, lastRow]);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    let mayJump = false;
    let offset = element.scrollTop;
    const load = (next: Loading) => {
      if (loading.current === next) return;
      loading.current = next;
      feed.want({ ahead: before.current + ahead, stand: 0, "to the end": Infinity }[next]);
    };
    const byHand = () => {
      mayJump = false;
      load("ahead");
    };
    // A press on the element itself, not on a row in it, is one on its scrollbar.
    const onPress = ({ target, pointerType }: PointerEvent) => {
      if (target !== element || pointerType !== "mouse") return;
      mayJump = true;
      load("stand");
    };
    const onKey = ({ key }: KeyboardEvent) => {
      if (key === "End") mayJump = true;
      else byHand();
    };
    const onScroll = () => {
      const { scrollTop, scrollHeight, clientHeight } = element;
      const isAtEnd = scrollTop + clientHeight >= scrollHeight - 2;
      if (mayJump && scrollTop > offset && isAtEnd) load("to the end");
      else if (scrollTop < offset && loading.current === "to the end") load("ahead");
      offset = scrollTop;
    };
    const onRest = () => {
      if (loading.current === "stand") load("ahead");
    };
    const stopStaying = feed.subscribe(() => {
      if (loading.current !== "to the end") return;
      requestAnimationFrame(() => {
        element.scrollTop = element.scrollHeight;
        if (!feed.state().complete) return;
        load("ahead");
        onEnd();
      });
    });
    const listening = new AbortController();
    const options = { passive: true, signal: listening.signal };
    element.addEventListener("wheel", byHand, options);
    element.addEventListener("touchstart", byHand, options);
    element.addEventListener("pointerdown", onPress, options);
    element.addEventListener("keydown", onKey, options);
    element.addEventListener("scroll", onScroll, options);
    element.addEventListener("scrollend", onRest, options);
    addEventListener("pointerup", onRest, options);
    return () => {
      stopStaying();
      listening.abort();
    };
  }, [feed, scroller, onEnd]);
}
